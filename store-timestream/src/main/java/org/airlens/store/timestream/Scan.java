package org.airlens.store.timestream;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A statement over the readings that count, of the columns it needs and of no others: each column
 * costs. A sensor that moved or changed its make between two writes of an identity has two records
 * of it, in two series, of which the one written last counts. Hence conditions hold for what is
 * left, and only the time and the sensor, which are the identity, narrow what is read.
 */
final class Scan {

  private final Table table;
  private final Set<String> columns;
  private final TimeRange range;
  private final Map<String, String> selected = new LinkedHashMap<>();
  private final List<String> conditions = new ArrayList<>();
  private String sensors = "";
  private boolean isNewestOnly;

  Scan(Table table, Set<String> columns, TimeRange range) {
    this.table = table;
    this.columns = columns;
    this.range = range;
  }

  /** Whether there can be a reading at all. */
  boolean isPossible() {
    return columns.contains(Columns.SENSOR_ID) && !range.isEmpty();
  }

  /** Only these sensors. */
  void ofSensors(Set<Long> ids) {
    if (!ids.isEmpty()) {
      sensors =
          " AND \"sensor_id\" IN ("
              + ids.stream().sorted().map(id -> "'" + id + "'").collect(Collectors.joining(","))
              + ")";
    }
  }

  /** Of each sensor only its newest reading. */
  void newestOnly() {
    isNewestOnly = true;
  }

  /** The name of a field in conditions and results. */
  String field(Field field) {
    String expression =
        columns.contains(field.column()) || field.column().equals(Columns.TIME)
            ? field.expression()
            : "CAST(NULL AS %s)".formatted(field.type());
    selected.putIfAbsent(field.alias(), expression);
    return field.alias();
  }

  /** The name of a measure's value, {@code aqi} included; empty when no reading has it. */
  Optional<String> measure(String measure) {
    String column = MeasureColumns.column(measure);
    if (!columns.contains(column)) {
      return Optional.empty();
    }
    String alias = "\"v_" + column + "\"";
    selected.putIfAbsent(
        alias,
        "CASE WHEN strpos(\"reported\", %s) > 0 THEN CAST(\"%s\" AS DOUBLE) END"
            .formatted(Sql.text("," + measure + ","), column));
    return Optional.of(alias);
  }

  /** Only readings for which this holds. */
  void where(String condition) {
    conditions.add(condition);
  }

  /** The statement that selects {@code what}, with what stands behind the conditions. */
  String sql(String what, String behind) {
    String inner =
        selected.entrySet().stream()
            .map(entry -> entry.getValue() + " AS " + entry.getKey())
            .collect(Collectors.joining(", "));
    String partition =
        isNewestOnly
            ? "PARTITION BY \"sensor_id\" ORDER BY \"time\" DESC, \"written\" DESC"
            : "PARTITION BY \"sensor_id\", \"time\" ORDER BY \"written\" DESC";
    String outer = conditions.isEmpty() ? "" : " AND " + String.join(" AND ", conditions);
    return ("SELECT %s FROM (SELECT %s, row_number() OVER (%s) AS nth FROM %s WHERE %s%s)"
            + " WHERE nth = 1%s %s")
        .formatted(
            what,
            inner,
            partition,
            table.address().sqlName(),
            range.condition(),
            sensors,
            outer,
            behind);
  }

  /** What a reading has beside its measures. */
  enum Field {
    SENSOR("sensor", Columns.SENSOR_ID, "BIGINT"),
    MILLIS("ms", Columns.TIME, "BIGINT"),
    PIN("pin", Columns.SENSOR_PIN, "VARCHAR"),
    TYPE_ID("type_id", Columns.TYPE_ID, "BIGINT"),
    TYPE_NAME("type_name", Columns.TYPE_NAME, "VARCHAR"),
    MANUFACTURER("maker", Columns.MANUFACTURER, "VARCHAR"),
    LOCATION("location", Columns.LOCATION_ID, "BIGINT"),
    COUNTRY("land", Columns.COUNTRY, "VARCHAR"),
    LATITUDE("lat", Columns.LATITUDE, "DOUBLE"),
    LONGITUDE("lon", Columns.LONGITUDE, "DOUBLE"),
    ALTITUDE("alt", Columns.ALTITUDE, "DOUBLE"),
    EXACT("exact", Columns.EXACT, "BOOLEAN"),
    INDOOR("inside", Columns.INDOOR, "BOOLEAN"),
    WRITTEN("version", Columns.WRITTEN, "BIGINT"),
    REPORTED("names", Columns.REPORTED, "VARCHAR");

    private final String alias;
    private final String column;
    private final String type;

    Field(String alias, String column, String type) {
      this.alias = alias;
      this.column = column;
      this.type = type;
    }

    String alias() {
      return alias;
    }

    String column() {
      return column;
    }

    String type() {
      return type;
    }

    /** Its value as SQL; a text that is missing was empty, which the service does not take. */
    String expression() {
      return switch (this) {
        case MILLIS -> "to_milliseconds(\"time\")";
        case PIN, TYPE_NAME, MANUFACTURER, COUNTRY -> "COALESCE(\"%s\", '')".formatted(column);
        case INDOOR -> "CASE WHEN strpos(\"reported\", ',indoor,') > 0 THEN \"indoor\" END";
        case EXACT, WRITTEN, REPORTED -> "\"" + column + "\"";
        case SENSOR, TYPE_ID, LOCATION, LATITUDE, LONGITUDE, ALTITUDE ->
            "CAST(\"%s\" AS %s)".formatted(column, type);
      };
    }
  }
}
