package org.airlens.pipeline;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.airlens.model.Reading;

/** Readings as the feed has them. */
final class Documents {

  private static final DateTimeFormatter FEED_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private Documents() {}

  static String of(Reading... readings) {
    return of(List.of(readings));
  }

  static String of(List<Reading> readings) {
    return readings.stream().map(Documents::entry).collect(Collectors.joining(",\n", "[", "]"));
  }

  static String entry(Reading reading) {
    String values =
        reading.values().toMap().entrySet().stream()
            .map(Documents::value)
            .collect(Collectors.joining(","));
    return """
    {"timestamp":"%s","location":{"id":%d,"latitude":"57.149","longitude":"-2.094",\
    "altitude":"20.5","country":"GB","indoor":0,"exact_location":0},\
    "sensor":{"id":%d,"pin":"%s","sensor_type":{"id":%d,"name":"%s","manufacturer":"%s"}},\
    "sensordatavalues":[%s]}\
    """
        .formatted(
            FEED_TIME.format(reading.timestamp()),
            reading.location().id(),
            reading.sensor().id(),
            reading.sensor().pin(),
            reading.sensor().type().id(),
            reading.sensor().type().name(),
            reading.sensor().type().manufacturer(),
            values);
  }

  /** An entry of a sensor at an instant with one value as text. */
  static String entry(long sensorId, Instant timestamp, String type, String value) {
    return """
    {"timestamp":"%s","location":{"id":7},\
    "sensor":{"id":%d,"pin":"1","sensor_type":{"id":14,"name":"SDS011"}},\
    "sensordatavalues":[{"value_type":"%s","value":"%s"}]}\
    """
        .formatted(FEED_TIME.format(timestamp), sensorId, type, value);
  }

  private static String value(Map.Entry<String, Double> value) {
    return "{\"value_type\":\"%s\",\"value\":\"%s\"}".formatted(value.getKey(), value.getValue());
  }
}
