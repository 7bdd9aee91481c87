package org.airlens.model;

/**
 * A named quantity of the catalogue.
 *
 * @param name Sensor.Community's name, as in a reading's {@code value_type}: {@code P1} is PM10
 * @param label what a person reads
 * @param unit the unit's UCUM code
 * @param quantity what is measured, in words
 * @param validMin smallest value a working sensor can report, in {@code unit}
 * @param validMax largest value a working sensor can report, in {@code unit}
 */
public record Measure(
    String name, String label, String unit, String quantity, double validMin, double validMax) {

  /** Whether a working sensor can have reported this value. */
  public boolean isPlausible(double value) {
    return value >= validMin && value <= validMax;
  }
}
