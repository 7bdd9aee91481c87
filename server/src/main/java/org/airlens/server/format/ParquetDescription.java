package org.airlens.server.format;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.airlens.model.BoundingBox;
import org.airlens.model.Measure;
import org.airlens.model.Measures;
import org.airlens.store.ReadingFilter;
import org.airlens.store.ReadingQuery;
import tools.jackson.core.JsonGenerator;

/** What a Parquet file tells of itself: units, where its data is from, what was asked for. */
final class ParquetDescription {

  private static final String SOURCE =
      "Sensor.Community (https://sensor.community) and its contributors";

  private static final String LICENCE =
      "database: ODbL 1.0 (https://opendatacommons.org/licenses/odbl/1-0/); contents: DbCL 1.0"
          + " (https://opendatacommons.org/licenses/dbcl/1-0/)";

  /** The columns that are no measures but have a unit, in UCUM. */
  private static final Map<String, String> UNITS =
      Map.of("latitude", "deg", "longitude", "deg", "altitude", "m");

  private final List<String> columns;
  private final ReadingQuery query;

  ParquetDescription(List<String> columns, ReadingQuery query) {
    this.columns = columns;
    this.query = query;
  }

  /** Names and texts for the file's end. */
  Map<String, String> entries() {
    Map<String, String> entries = new TreeMap<>();
    entries.put("airlens.source", SOURCE);
    entries.put("airlens.licence", LICENCE);
    entries.put("airlens.query", json(this::asked));
    entries.put("airlens.columns", json(this::units));
    for (String column : columns) {
      Optional<Measure> measure = Measures.find(column);
      if (measure.isPresent()) {
        entries.put("airlens.unit." + column, measure.get().unit());
        entries.put("airlens.label." + column, measure.get().label());
        entries.put("airlens.quantity." + column, measure.get().quantity());
      }
    }
    return entries;
  }

  private void units(JsonGenerator json) {
    for (String column : columns) {
      Optional<Measure> measure = Measures.find(column);
      if (measure.isPresent()) {
        json.writeObjectPropertyStart(column);
        json.writeStringProperty("unit", measure.get().unit());
        json.writeStringProperty("label", measure.get().label());
        json.writeStringProperty("quantity", measure.get().quantity());
        json.writeEndObject();
      } else if (UNITS.containsKey(column)) {
        json.writeObjectPropertyStart(column);
        json.writeStringProperty("unit", UNITS.get(column));
        json.writeEndObject();
      }
    }
  }

  private void asked(JsonGenerator json) {
    // Taken from the record, so that no condition is left out that a filter gets later.
    for (RecordComponent condition : ReadingFilter.class.getRecordComponents()) {
      List<Object> values = values(condition);
      if (!values.isEmpty()) {
        json.writeArrayPropertyStart(snakeCase(condition.getName()));
        values.stream().map(ParquetDescription::text).sorted().forEach(json::writeString);
        json.writeEndArray();
      }
    }
    json.writeStringProperty("sort", (query.sort().descending() ? "-" : "") + query.sort().key());
    if (query.limit().isPresent()) {
      json.writeNumberProperty("limit", query.limit().getAsLong());
    }
  }

  private List<Object> values(RecordComponent condition) {
    try {
      return switch (condition.getAccessor().invoke(query.filter())) {
        case Optional<?> one -> new ArrayList<>(one.stream().toList());
        case Collection<?> some -> new ArrayList<>(some);
        case null -> List.of();
        case Object value -> List.of(value);
      };
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record's component can't be read: " + condition, e);
    }
  }

  private static String text(Object value) {
    return value instanceof BoundingBox box
        ? "%s,%s,%s,%s".formatted(box.west(), box.south(), box.east(), box.north())
        : value.toString();
  }

  private static String snakeCase(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  private static String json(Consumer<JsonGenerator> members) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = Json.generator(bytes)) {
      json.writeStartObject();
      members.accept(json);
      json.writeEndObject();
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
