package org.airlens.model;

/**
 * A make of sensor.
 *
 * @param id Sensor.Community's number: 14 is SDS011; 0 when unknown
 * @param name model name, as reported
 * @param manufacturer maker's name, empty when unknown
 */
public record SensorType(int id, String name, String manufacturer) {

  /** The name of the type whose P1 and P2 are particle counts and not µg/m³. */
  public static final String PPD42NS = "PPD42NS";

  /** Its number. */
  public static final int PPD42NS_ID = 1;

  /**
   * Whether P1 and P2 of this type are particle counts, from which there is no index. Its number
   * tells as well as its name, which may be missing.
   */
  public boolean countsParticles() {
    return id == PPD42NS_ID || name.equalsIgnoreCase(PPD42NS);
  }
}
