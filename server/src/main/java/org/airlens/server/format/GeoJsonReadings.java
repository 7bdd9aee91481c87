package org.airlens.server.format;

import java.io.OutputStream;
import java.util.Optional;
import org.airlens.model.Reading;
import tools.jackson.core.JsonGenerator;

/** Readings as a GeoJSON FeatureCollection. */
public final class GeoJsonReadings implements ReadingOutput {

  private final JsonGenerator json;
  private Optional<String> nextCursor = Optional.empty();

  /** Begins a collection. */
  public GeoJsonReadings(OutputStream out) {
    json = Json.generator(out);
    json.writeStartObject();
    json.writeStringProperty("type", "FeatureCollection");
    json.writeArrayPropertyStart("features");
  }

  /** Says where the listing goes on, as a foreign member. */
  public void nextCursor(Optional<String> cursor) {
    nextCursor = cursor;
  }

  @Override
  public void write(Reading reading) {
    Json.feature(json, reading);
  }

  @Override
  public void finish() {
    json.writeEndArray();
    if (nextCursor.isPresent()) {
      json.writeStringProperty("next_cursor", nextCursor.get());
    }
    json.writeEndObject();
    json.close();
  }

  /** Nothing: the generator would write the brackets that are missing. */
  @Override
  public void close() {}
}
