package org.airlens.collect.push;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.airlens.model.Location;
import org.airlens.model.MeasureValues;
import org.airlens.model.Measures;
import org.airlens.model.Reading;
import org.airlens.model.Sensor;
import org.airlens.model.SensorType;

/**
 * Reads what an airrohr station pushes. A station names itself and not its sensors, so each
 * (station, pin) becomes a sensor and each station a location, under ids above Sensor.Community's:
 * 2⁵⁰ and 50 bits of a hash. To a server of its own choice a station sends all its sensors in one
 * body with prefixed types, {@code SDS_P1}; each prefix is its own sensor.
 */
public final class AirrohrPush {

  /** Where the ids of pushing stations begin. */
  public static final long FIRST_ID = 1L << 50;

  private static final int LONGEST_NAME = 64;

  /** Values about the station itself, which are no measures of the environment. */
  private static final List<String> HOUSEKEEPING =
      List.of("signal", "samples", "min_micro", "max_micro", "interval");

  private AirrohrPush() {}

  /**
   * The readings of one push, not indexed yet; at least one.
   *
   * @param headers names in lower case
   * @param body JSON
   * @param now when it arrived, which is the readings' time
   * @throws RefusedPushException when the station made a mistake
   */
  public static List<Reading> readings(Map<String, String> headers, byte[] body, Instant now)
      throws RefusedPushException {
    String station = station(headers);
    String pin = pin(headers);
    List<PushedValue> values = PushBody.read(body);
    Map<PushedSensor, MeasureValues.Builder> sensors = new LinkedHashMap<>();
    Map<String, String> repeated = new TreeMap<>();
    for (PushedValue value : values) {
      if (HOUSEKEEPING.contains(value.type())) {
        continue;
      }
      PushedSensor.Measured measured = PushedSensor.of(value.type(), pin);
      if (!Measures.isAcceptableName(measured.measure())) {
        throw new RefusedPushException(
            "value_type", "'" + shortened(value.type()) + "' can't be a measure's name");
      }
      MeasureValues.Builder taken =
          sensors.computeIfAbsent(measured.sensor(), s -> MeasureValues.builder());
      if (taken.has(measured.measure())) {
        repeated.put(value.type(), measured.measure());
      } else {
        taken.add(measured.measure(), value.value());
      }
    }
    if (!repeated.isEmpty()) {
      throw new RefusedPushException(
          "value_type",
          "'" + shortened(repeated.keySet().iterator().next()) + "' stands there twice");
    }
    if (sensors.isEmpty()) {
      throw new RefusedPushException("sensordatavalues", "there is no measured value in it");
    }
    Location place =
        new Location(
            id(station), Optional.empty(), OptionalDouble.empty(), "", false, Optional.empty());
    Instant time = now.truncatedTo(ChronoUnit.SECONDS);
    List<Reading> readings = new ArrayList<>();
    sensors.forEach((sensor, taken) ->
        readings.add(
            new Reading(
                new Sensor(
                    id(station + " " + sensor.pin()),
                    sensor.pin(),
                    new SensorType(sensor.typeId(), sensor.typeName(), "")),
                place,
                time,
                taken.build(),
                OptionalInt.empty())));
    return readings;
  }

  private static String station(Map<String, String> headers) throws RefusedPushException {
    String name = headers.getOrDefault("x-sensor", headers.getOrDefault("sensor", "")).strip();
    if (name.isEmpty()) {
      throw new RefusedPushException(
          "X-Sensor", "the header is missing; it names the station, as in esp8266-1234567");
    }
    if (name.length() > LONGEST_NAME || !name.matches("[A-Za-z0-9._:-]+")) {
      throw new RefusedPushException(
          "X-Sensor", "'" + shortened(name) + "' is no station's name, as in esp8266-1234567");
    }
    return name;
  }

  private static String pin(Map<String, String> headers) throws RefusedPushException {
    String pin = headers.getOrDefault("x-pin", headers.getOrDefault("pin", "")).strip();
    if (!pin.isEmpty() && !pin.matches("[0-9]{1,3}")) {
      throw new RefusedPushException("X-Pin", "'" + shortened(pin) + "' is no pin's number");
    }
    return pin;
  }

  private static long id(String name) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      long bits = 0;
      for (int i = 0; i < Long.BYTES; i++) {
        bits = bits << 8 | (hash[i] & 0xFF);
      }
      return FIRST_ID | bits >>> 14;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_NAME ? text : text.substring(0, LONGEST_NAME) + "…";
  }
}
