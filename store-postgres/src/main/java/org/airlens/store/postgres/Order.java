package org.airlens.store.postgres;

import java.util.Optional;
import org.airlens.store.PageKey;
import org.airlens.store.ReadingSort;

/** The orders of {@link org.airlens.store.ReadingReader#find} in SQL. */
final class Order {

  static final String NEWEST_FIRST = " ORDER BY r.ts DESC, r.sensor_id";
  static final String OLDEST_FIRST = " ORDER BY r.ts, r.sensor_id";

  private Order() {}

  /** Only what comes after a place in the order of time. */
  static void afterTime(Conditions conditions, PageKey place, boolean descending) {
    conditions.and(
        descending
            ? "(r.ts < ? OR (r.ts = ? AND r.sensor_id > ?))"
            : "(r.ts > ? OR (r.ts = ? AND r.sensor_id > ?))",
        Sql.timestamp(place.timestamp()),
        Sql.timestamp(place.timestamp()),
        place.sensorId());
  }

  /** Only what comes after a place that has a value in the order of that value. */
  static void afterValue(Conditions conditions, String key, PageKey place, boolean descending) {
    double value = place.value().orElseThrow();
    conditions.and(
        """
        (%1$s %2$s ? OR (%1$s = ?
          AND (r.ts < ? OR (r.ts = ? AND r.sensor_id > ?))))
        """
            .formatted(key, descending ? "<" : ">")
            .strip(),
        value,
        value,
        Sql.timestamp(place.timestamp()),
        Sql.timestamp(place.timestamp()),
        place.sensorId());
  }

  /** What is sorted by, empty for the time or for a measure that none can have. */
  static Optional<String> key(ReadingSort sort) {
    return switch (sort.key()) {
      case ReadingSort.TIMESTAMP -> Optional.empty();
      case ReadingSort.SENSOR_ID -> Optional.of("r.sensor_id");
      case String field when ReadingSort.FIELDS.contains(field) -> Optional.of("o." + field);
      default -> MeasureColumns.value(sort.key());
    };
  }
}
