package org.airlens.model;

import java.time.Instant;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What one sensor reported at one instant. Its identity is (sensor id, timestamp).
 *
 * @param sensor which sensor
 * @param location where it stood
 * @param timestamp when, UTC, at one-second precision
 * @param values what it measured, as reported
 * @param aqi the UK Daily Air Quality Index of the reading itself, 1–10; empty before indexing and
 *     when no concentration counts
 */
public record Reading(
    Sensor sensor, Location location, Instant timestamp, MeasureValues values, OptionalInt aqi) {

  /** This reading with the index {@code aqi}. */
  public Reading withAqi(OptionalInt newAqi) {
    return new Reading(sensor, location, timestamp, values, newAqi);
  }

  /**
   * Whether a working sensor can have reported all of its values: those that the catalogue knows
   * lie in their valid range, and a concentration below the sensor's saturation.
   */
  public boolean isPlausible() {
    boolean countsParticles = sensor.type().countsParticles();
    for (int i = 0; i < values.size(); i++) {
      String name = values.name(i);
      boolean isCount = countsParticles && Measures.SATURATIONS.containsKey(name);
      if (!isCount && !Measures.isPlausible(name, values.value(i))) {
        return false;
      }
    }
    return true;
  }

  /** The value of a measure, {@code aqi} included; empty when the reading does not have it. */
  public OptionalDouble value(String measure) {
    if (measure.equals(Measures.AQI)) {
      return aqi.isPresent() ? OptionalDouble.of(aqi.getAsInt()) : OptionalDouble.empty();
    }
    return values.get(measure);
  }
}
