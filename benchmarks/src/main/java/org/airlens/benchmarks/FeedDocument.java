package org.airlens.benchmarks;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.airlens.model.Location;
import org.airlens.model.Position;
import org.airlens.model.Reading;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Readings in the form in which Sensor.Community publishes them: numbers as strings, new ids. */
final class FeedDocument {

  private static final DateTimeFormatter FEED_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final JsonFactory JSON = new JsonFactory();

  private FeedDocument() {}

  /** The UTF-8 bytes of a feed that holds these readings. */
  static byte[] of(List<Reading> readings) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(readings.size() * 500);
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartArray();
      long id = 30_000_000_000L;
      for (Reading reading : readings) {
        write(json, reading, id += 10);
      }
      json.writeEndArray();
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator json, Reading reading, long id) {
    json.writeStartObject();
    json.writeNumberProperty("id", id);
    json.writeNullProperty("sampling_rate");
    json.writeStringProperty("timestamp", feedTime(reading.timestamp()));
    writeLocation(json, reading.location());
    json.writeObjectPropertyStart("sensor");
    json.writeNumberProperty("id", reading.sensor().id());
    json.writeStringProperty("pin", reading.sensor().pin());
    json.writeObjectPropertyStart("sensor_type");
    json.writeNumberProperty("id", reading.sensor().type().id());
    json.writeStringProperty("name", reading.sensor().type().name());
    json.writeStringProperty("manufacturer", reading.sensor().type().manufacturer());
    json.writeEndObject();
    json.writeEndObject();
    json.writeArrayPropertyStart("sensordatavalues");
    for (int i = 0; i < reading.values().size(); i++) {
      json.writeStartObject();
      json.writeNumberProperty("id", id + i);
      json.writeStringProperty("value", Double.toString(reading.values().value(i)));
      json.writeStringProperty("value_type", reading.values().name(i));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeLocation(JsonGenerator json, Location location) {
    json.writeObjectPropertyStart("location");
    json.writeNumberProperty("id", location.id());
    Position position = location.position().orElseThrow();
    json.writeStringProperty("latitude", Double.toString(position.latitude()));
    json.writeStringProperty("longitude", Double.toString(position.longitude()));
    json.writeStringProperty("altitude", Double.toString(location.altitude().orElse(0)));
    json.writeStringProperty("country", location.country());
    json.writeNumberProperty("exact_location", location.exact() ? 1 : 0);
    json.writeNumberProperty("indoor", location.indoor().orElse(false) ? 1 : 0);
    json.writeEndObject();
  }

  private static String feedTime(Instant instant) {
    return FEED_TIME.format(instant);
  }
}
