package org.airlens.collect.push;

import java.util.List;
import java.util.Map;

/**
 * A sensor of a station, as its pin or its types' prefix tells.
 *
 * @param pin the board's pin, empty when not told
 * @param typeId Sensor.Community's number of the make; 0 when not told
 * @param typeName the make, empty when not told
 */
record PushedSensor(String pin, int typeId, String typeName) {

  private static final PushedSensor SDS011 = new PushedSensor("1", 14, "SDS011");
  private static final PushedSensor PPD42NS = new PushedSensor("5", 1, "PPD42NS");
  private static final PushedSensor DHT22 = new PushedSensor("7", 9, "DHT22");

  /** The firmware's prefixes, the longer of two that begin alike first. */
  private static final List<Map.Entry<String, PushedSensor>> PREFIXES =
      List.of(
          Map.entry("SDS_", SDS011),
          Map.entry("PMS_", new PushedSensor("1", 16, "PMS")),
          Map.entry("HPM_", new PushedSensor("1", 0, "HPM")),
          Map.entry("NPM_", new PushedSensor("1", 0, "NPM")),
          Map.entry("SPS30_", new PushedSensor("1", 0, "SPS30")),
          Map.entry("IPS_", new PushedSensor("1", 0, "IPS-7100")),
          Map.entry("PPD_", PPD42NS),
          Map.entry("BME280_", new PushedSensor("11", 17, "BME280")),
          Map.entry("BMP280_", new PushedSensor("3", 20, "BMP280")),
          Map.entry("BMP_", new PushedSensor("3", 8, "BMP180")),
          Map.entry("DHT_", DHT22),
          Map.entry("HTU21D_", new PushedSensor("7", 0, "HTU21D")),
          Map.entry("SHT3X_", new PushedSensor("7", 0, "SHT3X")),
          Map.entry("DS18B20_", new PushedSensor("13", 0, "DS18B20")),
          Map.entry("SCD30_", new PushedSensor("17", 0, "SCD30")),
          Map.entry("DNMS_", new PushedSensor("15", 29, "DNMS (Laerm)")),
          Map.entry("GPS_", new PushedSensor("9", 0, "GPS")));

  private static final Map<String, PushedSensor> BY_PIN = Map.of("1", SDS011, "5", PPD42NS);

  /** A measured value's measure, and the sensor it came from. */
  record Measured(PushedSensor sensor, String measure) {}

  /** Tells a value type of a station's body apart. */
  static Measured of(String type, String pin) {
    for (Map.Entry<String, PushedSensor> prefix : PREFIXES) {
      if (type.startsWith(prefix.getKey())) {
        return new Measured(prefix.getValue(), type.substring(prefix.getKey().length()));
      }
    }
    boolean plainClimate = pin.isEmpty() && (type.equals("temperature") || type.equals("humidity"));
    if (plainClimate) {
      return new Measured(DHT22, type); // Old firmware sends the DHT22 without a prefix.
    }
    boolean dust = type.equals("P1") || type.equals("P2");
    if (dust && BY_PIN.containsKey(pin)) {
      return new Measured(BY_PIN.get(pin), type);
    }
    return new Measured(new PushedSensor(pin, 0, ""), type);
  }
}
