package org.airlens.server.format;

import java.io.OutputStream;
import java.util.Optional;
import org.airlens.model.Location;
import org.airlens.model.MeasureValues;
import org.airlens.model.Measures;
import org.airlens.model.Position;
import org.airlens.model.Reading;
import org.airlens.model.SensorType;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/** How a reading looks in JSON: flat, with the names of the table. */
public final class Json {

  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private Json() {}

  /** A generator onto a stream, which it does not close. */
  public static JsonGenerator generator(OutputStream out) {
    return FACTORY.createGenerator(ObjectWriteContext.empty(), out);
  }

  /** Writes a reading as an object: every column of the table, then its measures. */
  public static void reading(JsonGenerator json, Reading reading) {
    json.writeStartObject();
    json.writeStringProperty("timestamp", reading.timestamp().toString());
    json.writeNumberProperty("sensor_id", reading.sensor().id());
    place(json, reading.location());
    SensorType type = reading.sensor().type();
    json.writeNumberProperty("sensor_type_id", type.id());
    json.writeStringProperty("sensor_type_name", type.name());
    json.writeStringProperty("sensor_type_manufacturer", type.manufacturer());
    json.writeStringProperty("sensor_pin", reading.sensor().pin());
    measures(json, reading);
    json.writeEndObject();
  }

  /** Writes where a sensor stands, as properties. */
  public static void place(JsonGenerator json, Location place) {
    json.writeNumberProperty("location_id", place.id());
    Optional<Position> position = place.position();
    number(json, "latitude", position.isPresent() ? position.get().latitude() : Double.NaN);
    number(json, "longitude", position.isPresent() ? position.get().longitude() : Double.NaN);
    number(json, "altitude", place.altitude().orElse(Double.NaN));
    country(json, place);
    if (place.indoor().isPresent()) {
      json.writeBooleanProperty("indoor", place.indoor().get());
    } else {
      json.writeNullProperty("indoor");
    }
  }

  /** Writes a GeoJSON Feature; its geometry is null when the position is not known. */
  public static void feature(JsonGenerator json, Reading reading) {
    json.writeStartObject();
    json.writeStringProperty("type", "Feature");
    json.writeName("geometry");
    Optional<Position> position = reading.location().position();
    if (position.isPresent()) {
      json.writeStartObject();
      json.writeStringProperty("type", "Point");
      json.writeArrayPropertyStart("coordinates");
      json.writeNumber(position.get().longitude());
      json.writeNumber(position.get().latitude());
      json.writeEndArray();
      json.writeEndObject();
    } else {
      json.writeNull();
    }
    json.writeObjectPropertyStart("properties");
    json.writeNumberProperty("sensor_id", reading.sensor().id());
    json.writeNumberProperty("location_id", reading.location().id());
    json.writeStringProperty("timestamp", reading.timestamp().toString());
    json.writeStringProperty("sensor_type_name", reading.sensor().type().name());
    country(json, reading.location());
    measures(json, reading);
    json.writeEndObject();
    json.writeEndObject();
  }

  /** Writes a number, or null for NaN. */
  public static void number(JsonGenerator json, String name, double value) {
    if (Double.isNaN(value)) {
      json.writeNullProperty(name);
    } else {
      json.writeNumberProperty(name, value);
    }
  }

  private static void country(JsonGenerator json, Location place) {
    if (place.country().isEmpty()) {
      json.writeNullProperty("country");
    } else {
      json.writeStringProperty("country", place.country());
    }
  }

  private static void measures(JsonGenerator json, Reading reading) {
    if (reading.aqi().isPresent()) {
      json.writeNumberProperty(Measures.AQI, reading.aqi().getAsInt());
    } else {
      json.writeNullProperty(Measures.AQI);
    }
    MeasureValues values = reading.values();
    for (int i = 0; i < values.size(); i++) {
      json.writeNumberProperty(values.name(i), values.value(i));
    }
  }
}
