package org.airlens.store.lake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.airlens.model.Measures;

/** The columns of the lake's files, by name with DuckDB's type, and how a measure is read. */
final class Columns {

  /** Who, where and when: every file has these. */
  static final Map<String, String> FIELDS = fields();

  /** The catalogue's measures: one that came into it later is in newer files only. */
  static final List<String> MEASURES = Measures.reported();

  static final String OTHERS = "other_measures";
  static final String OTHERS_TYPE = "MAP(VARCHAR, DOUBLE)";
  static final String AQI_TYPE = "INTEGER";
  static final String MEASURE_TYPE = "DOUBLE";

  /** Seconds since 1970. */
  static final String SECOND = "(epoch_us(r.timestamp) // 1000000)";

  private Columns() {}

  private static Map<String, String> fields() {
    Map<String, String> types = new LinkedHashMap<>();
    types.put("sensor_id", "BIGINT");
    types.put("timestamp", "TIMESTAMP WITH TIME ZONE");
    types.put("location_id", "BIGINT");
    types.put("latitude", "DOUBLE");
    types.put("longitude", "DOUBLE");
    types.put("altitude", "DOUBLE");
    types.put("country", "VARCHAR");
    types.put("exact_location", "BOOLEAN");
    types.put("indoor", "BOOLEAN");
    types.put("sensor_type_id", "INTEGER");
    types.put("sensor_type_name", "VARCHAR");
    types.put("sensor_type_manufacturer", "VARCHAR");
    types.put("sensor_pin", "VARCHAR");
    return types;
  }

  /** All columns with their types, in the order of the files. */
  static Map<String, String> all() {
    Map<String, String> types = new LinkedHashMap<>(FIELDS);
    types.put(Measures.AQI, AQI_TYPE);
    MEASURES.forEach(measure -> types.put(measure, MEASURE_TYPE));
    types.put(OTHERS, OTHERS_TYPE);
    return types;
  }

  /** A measure's value in the readings {@code r}; empty when no reading can have it. */
  static Optional<String> value(String measure) {
    if (measure.equals(Measures.AQI) || MEASURES.contains(measure)) {
      return Optional.of("r." + Sql.identifier(measure));
    }
    return Measures.isAcceptableName(measure)
        ? Optional.of("map_extract_value(r.%s, %s)".formatted(OTHERS, Sql.text(measure)))
        : Optional.empty();
  }

  /** The value as a double, of a measure that can have one. */
  static String number(String measure) {
    return value(measure).orElseThrow() + "::DOUBLE";
  }

  /** What {@link RowReading} reads, in its order. */
  static String selected() {
    List<String> columns = new ArrayList<>();
    for (String field : FIELDS.keySet()) {
      columns.add(field.equals("timestamp") ? SECOND : "r." + field);
    }
    columns.add("r." + Measures.AQI);
    MEASURES.forEach(measure -> columns.add("r." + Sql.identifier(measure)));
    // Mostly there are none, and no map is made of nothing.
    columns.add("CASE WHEN cardinality(r.%1$s) > 0 THEN r.%1$s END".formatted(OTHERS));
    return String.join(", ", columns);
  }
}
