package org.airlens.store.embedded;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.airlens.model.BoundingBox;
import org.airlens.model.Measures;
import org.airlens.store.Condition;
import org.airlens.store.ReadingFilter;
import org.airlens.store.WholeSeconds;

/** Conditions in SQL. Numbers and quoted text only: no input reaches a statement unescaped. */
final class Sql {

  private Sql() {}

  /** The expression of a measure's value, empty when no reading can have it. */
  static Optional<String> measure(MeasureColumns columns, String measure) {
    return measure.equals(Measures.AQI)
        ? Optional.of("aqi")
        : columns.column(measure).map(column -> "\"" + column + "\"");
  }

  /** A timestamp literal that bounds the same readings as the instant. */
  static String timestamp(Instant instant) {
    return "'" + WholeSeconds.bound(instant) + "'";
  }

  /** A text literal. */
  static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  /**
   * The filter's conditions, joined by {@code AND}; empty when no reading can pass, because no
   * reading has the measure.
   */
  static Optional<List<String>> conditions(MeasureColumns columns, ReadingFilter filter) {
    List<String> conditions = new ArrayList<>();
    if (filter.measure().isPresent()) {
      Optional<String> measure = measure(columns, filter.measure().get());
      if (measure.isEmpty()) {
        return Optional.empty();
      }
      conditions.add(measure.get() + " IS NOT NULL");
    }
    filter.from().ifPresent(from -> conditions.add("ts >= " + timestamp(from)));
    filter.to().ifPresent(to -> conditions.add("ts < " + timestamp(to)));
    numbers(conditions, "sensor_id", filter.sensorIds());
    numbers(conditions, "location_id", filter.locationIds());
    texts(conditions, "country", filter.countries());
    texts(conditions, "sensor_type_name", filter.sensorTypes());
    filter.bbox().ifPresent(box -> bbox(conditions, box));
    for (Condition condition : filter.conditions()) {
      if (!MoreConditions.add(conditions, columns, condition)) {
        return Optional.empty();
      }
    }
    return Optional.of(conditions);
  }

  /** {@code WHERE …}, or nothing without conditions. */
  static String where(List<String> conditions) {
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }

  static void numbers(List<String> conditions, String column, Collection<? extends Number> values) {
    if (!values.isEmpty()) {
      conditions.add(
          column
              + " IN ("
              + values.stream().map(String::valueOf).collect(Collectors.joining(","))
              + ")");
    }
  }

  static void texts(List<String> conditions, String column, Collection<String> values) {
    if (!values.isEmpty()) {
      conditions.add(
          column + " IN (" + values.stream().map(Sql::text).collect(Collectors.joining(",")) + ")");
    }
  }

  static void bbox(List<String> conditions, BoundingBox box) {
    conditions.add("latitude >= " + box.south());
    conditions.add("latitude <= " + box.north());
    if (box.crossesAntimeridian()) {
      conditions.add("(longitude >= " + box.west() + " OR longitude <= " + box.east() + ")");
    } else {
      conditions.add("longitude >= " + box.west());
      conditions.add("longitude <= " + box.east());
    }
  }
}
