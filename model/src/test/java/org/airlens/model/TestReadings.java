package org.airlens.model;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Readings that every module's tests share. */
public final class TestReadings {

  /** An instant in the bundled capture's time. */
  public static final Instant NOON = Instant.parse("2018-12-20T12:00:00Z");

  /** The dust sensor of most stations. */
  public static final SensorType SDS011 = new SensorType(14, "SDS011", "Nova Fitness");

  /** A climate sensor. */
  public static final SensorType DHT22 = new SensorType(9, "DHT22", "various");

  private TestReadings() {}

  /** A dust reading in Aberdeen, not indexed. */
  public static Reading dust(long sensorId, Instant timestamp, double pm10, double pm25) {
    return new Reading(
        new Sensor(sensorId, "1", SDS011),
        aberdeen(sensorId + 1000),
        timestamp,
        MeasureValues.of(Measures.P1, pm10, Measures.P2, pm25),
        OptionalInt.empty());
  }

  /** A climate reading in Aberdeen. */
  public static Reading climate(
      long sensorId, Instant timestamp, double temperature, double humidity) {
    return new Reading(
        new Sensor(sensorId, "7", DHT22),
        aberdeen(sensorId + 1000),
        timestamp,
        MeasureValues.of("temperature", temperature, "humidity", humidity),
        OptionalInt.empty());
  }

  /** The same reading elsewhere. */
  public static Reading at(Reading reading, double latitude, double longitude, String country) {
    Location old = reading.location();
    return new Reading(
        reading.sensor(),
        new Location(
            old.id(),
            Optional.of(new Position(latitude, longitude)),
            old.altitude(),
            country,
            old.exact(),
            old.indoor()),
        reading.timestamp(),
        reading.values(),
        reading.aqi());
  }

  private static Location aberdeen(long locationId) {
    return new Location(
        locationId,
        Optional.of(new Position(57.149, -2.094)),
        OptionalDouble.of(20.5),
        "GB",
        false,
        Optional.of(false));
  }
}
