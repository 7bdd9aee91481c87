package org.airlens.store.lake;

import java.util.List;
import java.util.Optional;
import org.airlens.store.Aggregate;
import org.airlens.store.Distribution;
import org.airlens.store.DistributionCollector;
import org.airlens.store.ReadingFilter;
import org.airlens.store.SeriesCollector;
import org.airlens.store.SeriesPage;
import org.airlens.store.SeriesQuery;
import org.airlens.store.SeriesReader;

/** Aggregates in DuckDB, of which only the points become objects. */
record LakeSeries(Lake lake) implements SeriesReader {

  @Override
  public SeriesPage series(SeriesQuery query) {
    return lake.answer(snapshot -> series(snapshot, query));
  }

  private SeriesPage series(Snapshot snapshot, SeriesQuery query) {
    SeriesCollector collected = new SeriesCollector(query.maxPoints());
    Optional<Scan> scan = lake.scan(snapshot, query.filter());
    if (scan.isPresent()) {
      query.afterSensor().ifPresent(after -> scan.get().where("r.sensor_id > " + after));
      try (Cursor<Point> points =
          lake.database()
              .cursor(
                  "read series",
                  sql(scan.get(), query),
                  row ->
                      new Point(
                          row.getLong(1), row.getLong(2), row.getDouble(3), row.getLong(4)))) {
        List<Point> page;
        do {
          page = points.read(Cursor.PAGE);
        } while (takeAll(page, collected));
      }
    }
    return collected.page();
  }

  private record Point(long sensor, long second, double value, long location) {}

  /** Takes points; false when more are not wanted, or there are none. */
  private static boolean takeAll(List<Point> page, SeriesCollector collected) {
    for (Point point : page) {
      if (!collected.take(point.sensor, point.location, point.second, point.value)) {
        return false;
      }
    }
    return !page.isEmpty();
  }

  private static String sql(Scan scan, SeriesQuery query) {
    String value = Columns.number(query.filter().measure().orElseThrow());
    if (query.interval().isEmpty()) {
      return scan.sql(
          "r.sensor_id, %s, %s, r.location_id".formatted(Columns.SECOND, value), "ORDER BY 1, 2");
    }
    long width = query.interval().get().toSeconds();
    return scan.sql(
        "r.sensor_id, %1$s // %2$d * %2$d, %3$s, arg_max(r.location_id, r.timestamp)"
            .formatted(Columns.SECOND, width, aggregate(query.aggregate(), value)),
        "GROUP BY 1, 2 ORDER BY 1, 2");
  }

  private static String aggregate(Aggregate aggregate, String value) {
    return switch (aggregate) {
      case MEAN -> "avg(" + value + ")";
      case MIN -> "min(" + value + ")";
      case MAX -> "max(" + value + ")";
      case SUM -> "sum(" + value + ")";
      case COUNT -> "count(*)::DOUBLE";
      case FIRST -> "arg_min(" + value + ", r.timestamp)";
      case LAST -> "arg_max(" + value + ", r.timestamp)";
      case P95 -> "quantile_cont(" + value + ", 0.95)";
    };
  }

  @Override
  public Distribution distribution(ReadingFilter filter) {
    return lake.answer(snapshot -> distribution(snapshot, filter));
  }

  private Distribution distribution(Snapshot snapshot, ReadingFilter filter) {
    DistributionCollector found = new DistributionCollector();
    Optional<Scan> scan = lake.scan(snapshot, filter);
    if (scan.isEmpty()) {
      return found.of(0);
    }
    String value = Columns.number(filter.measure().orElseThrow());
    // Values and sensors of one reading of the files.
    String sql =
        scan.get()
            .sql(
                "%1$s, count(*), grouping(%1$s)".formatted(value),
                "GROUP BY GROUPING SETS ((%1$s), (r.sensor_id)) ORDER BY 3, 1".formatted(value));
    List<Counted> rows =
        lake.database()
            .list(
                "read a distribution",
                sql,
                row -> new Counted(row.getDouble(1), row.getLong(2), row.getInt(3) == 0));
    long sensors = 0;
    for (Counted row : rows) {
      if (row.isOfValue) {
        found.take(row.value, row.count);
      } else {
        sensors++;
      }
    }
    return found.of(sensors);
  }

  /** How often a value occurs, or a sensor has one. */
  private record Counted(double value, long count, boolean isOfValue) {}
}
