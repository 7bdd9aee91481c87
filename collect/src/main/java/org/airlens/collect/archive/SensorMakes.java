package org.airlens.collect.archive;

import java.util.Map;
import org.airlens.model.SensorType;

/**
 * What the live feed tells of a make of sensor and the archive does not: its number and its maker.
 */
final class SensorMakes {

  private static final Map<String, SensorType> KNOWN =
      Map.of(
          "PPD42NS", new SensorType(1, "PPD42NS", "Shinyei"),
          "BMP180", new SensorType(8, "BMP180", "Bosch"),
          "DHT22", new SensorType(9, "DHT22", "various"),
          "SDS011", new SensorType(14, "SDS011", "Nova Fitness"),
          "PMS3003", new SensorType(16, "PMS3003", "Plantower"),
          "BME280", new SensorType(17, "BME280", "Bosch"),
          "BMP280", new SensorType(20, "BMP280", "Bosch"));

  private SensorMakes() {}

  /** The make of a name, as much as is known of it. */
  static SensorType of(String name) {
    SensorType known = KNOWN.get(name);
    return known == null ? new SensorType(0, name, "") : known;
  }
}
