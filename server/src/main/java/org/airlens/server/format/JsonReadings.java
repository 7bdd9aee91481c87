package org.airlens.server.format;

import java.io.OutputStream;
import java.util.Optional;
import org.airlens.model.Reading;
import tools.jackson.core.JsonGenerator;

/** Readings as {@code {"readings":[…],"next_cursor":…}}. */
public final class JsonReadings implements ReadingOutput {

  private final JsonGenerator json;
  private Optional<String> nextCursor = Optional.empty();

  JsonReadings(OutputStream out) {
    json = Json.generator(out);
    json.writeStartObject();
    json.writeArrayPropertyStart("readings");
  }

  /** Says where the listing goes on. */
  public void nextCursor(Optional<String> cursor) {
    nextCursor = cursor;
  }

  @Override
  public void write(Reading reading) {
    Json.reading(json, reading);
  }

  @Override
  public void finish() {
    json.writeEndArray();
    if (nextCursor.isPresent()) {
      json.writeStringProperty("next_cursor", nextCursor.get());
    } else {
      json.writeNullProperty("next_cursor");
    }
    json.writeEndObject();
    json.close();
  }

  /** Nothing: the generator would write the brackets that are missing. */
  @Override
  public void close() {}
}
