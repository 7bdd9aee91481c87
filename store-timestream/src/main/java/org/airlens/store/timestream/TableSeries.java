package org.airlens.store.timestream;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.airlens.store.Aggregate;
import org.airlens.store.Distribution;
import org.airlens.store.ReadingFilter;
import org.airlens.store.SeriesPage;
import org.airlens.store.SeriesQuery;
import org.airlens.store.SeriesReader;
import org.airlens.store.timestream.Scan.Field;

/** Aggregates in the service, of which only the points come over the wire. */
final class TableSeries implements SeriesReader {

  private final Table table;
  private final TableColumns columns;

  TableSeries(Table table, TableColumns columns) {
    this.table = table;
    this.columns = columns;
  }

  @Override
  public SeriesPage series(SeriesQuery query) {
    table.service().checkOpen();
    Optional<Scan> scan = scan(query.filter());
    if (scan.isEmpty()) {
      return new SeriesPage(List.of(), OptionalLong.empty());
    }
    SeriesRows collected = new SeriesRows(query.maxPoints());
    try (QueryRows rows = table.query(sql(scan.get(), query))) {
      while (rows.hasNext() && collected.take(rows.next())) {
        // Until the page is full; what comes then is not fetched.
      }
    }
    return collected.page();
  }

  private static String sql(Scan scan, SeriesQuery query) {
    String value = scan.measure(query.filter().measure().orElseThrow()).orElseThrow();
    String sensor = scan.field(Field.SENSOR);
    String millis = scan.field(Field.MILLIS);
    String location = scan.field(Field.LOCATION);
    query.afterSensor().ifPresent(after -> scan.where(sensor + " > " + after));
    if (query.interval().isEmpty()) {
      return scan.sql(
          "%s, %s, %s, %s".formatted(sensor, millis, value, location),
          "ORDER BY %s, %s".formatted(sensor, millis));
    }
    String bucket = "(%1$s - %1$s %% %2$d)".formatted(millis, query.interval().get().toMillis());
    return scan.sql(
        "%s, %s AS bucket, %s AS v, max_by(%s, %s)"
            .formatted(
                sensor, bucket, aggregate(query.aggregate(), value, millis), location, millis),
        "GROUP BY %1$s, %2$s ORDER BY %1$s, bucket".formatted(sensor, bucket));
  }

  private static String aggregate(Aggregate aggregate, String value, String millis) {
    return switch (aggregate) {
      case MEAN -> "avg(" + value + ")";
      case MIN -> "min(" + value + ")";
      case MAX -> "max(" + value + ")";
      case SUM -> "sum(" + value + ")";
      case COUNT -> "count(" + value + ")";
      case FIRST -> "min_by(" + value + ", " + millis + ")";
      case LAST -> "max_by(" + value + ", " + millis + ")";
    };
  }

  @Override
  public Distribution distribution(ReadingFilter filter) {
    table.service().checkOpen();
    Optional<Scan> scan = scan(filter);
    if (scan.isEmpty()) {
      return new Distribution(new double[0], new long[0], 0);
    }
    String value = scan.get().measure(filter.measure().orElseThrow()).orElseThrow();
    String sensor = scan.get().field(Field.SENSOR);
    List<double[]> found = new ArrayList<>();
    table.query(
        scan.get().sql(value + " AS v, count(*)", "GROUP BY " + value + " ORDER BY v"),
        row ->
            count(
                found,
                Double.parseDouble(row.get(0).scalarValue()),
                Long.parseLong(row.get(1).scalarValue())));
    long[] sensors = new long[1];
    table.query(
        scan.get().sql("count(DISTINCT " + sensor + ")", ""),
        row -> sensors[0] = Long.parseLong(row.getFirst().scalarValue()));
    return new Distribution(
        found.stream().mapToDouble(pair -> pair[0]).toArray(),
        found.stream().mapToLong(pair -> (long) pair[1]).toArray(),
        sensors[0]);
  }

  /** Adds a value's count, to that of the same value before: 0 and -0 may be two to the service. */
  private static void count(List<double[]> found, double value, long count) {
    if (!found.isEmpty() && found.getLast()[0] == value) {
      found.getLast()[1] += count;
    } else {
      found.add(new double[] {value, count});
    }
  }

  /** The filter's scan; empty when no reading passes. */
  private Optional<Scan> scan(ReadingFilter filter) {
    TimeRange range = TimeRange.of(filter, table);
    TimeRange.warnOfAll(filter, table);
    Scan scan = new Scan(table, columns.current(), range);
    return scan.isPossible() && Conditions.add(scan, filter, columns.stored())
        ? Optional.of(scan)
        : Optional.empty();
  }
}
