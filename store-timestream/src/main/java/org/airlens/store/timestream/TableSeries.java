package org.airlens.store.timestream;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.airlens.store.Aggregate;
import org.airlens.store.Distribution;
import org.airlens.store.DistributionCollector;
import org.airlens.store.ReadingFilter;
import org.airlens.store.SeriesCollector;
import org.airlens.store.SeriesPage;
import org.airlens.store.SeriesQuery;
import org.airlens.store.SeriesReader;
import org.airlens.store.timestream.Scan.Field;
import software.amazon.awssdk.services.timestreamquery.model.Datum;

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
    SeriesCollector collected = new SeriesCollector(query.maxPoints());
    try (QueryRows rows = table.query(sql(scan.get(), query))) {
      while (rows.hasNext() && take(rows.next(), collected)) {
        // Until the page is full; what comes then is not fetched.
      }
    }
    return collected.page();
  }

  private static boolean take(List<Datum> row, SeriesCollector collected) {
    return collected.take(
        Long.parseLong(row.get(0).scalarValue()),
        Long.parseLong(row.get(3).scalarValue()),
        Long.parseLong(row.get(1).scalarValue()) / 1_000,
        Double.parseDouble(row.get(2).scalarValue()));
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
    if (query.aggregate() == Aggregate.P95) {
      return quantileSql(scan, sensor, bucket, value, location, millis);
    }
    return scan.sql(
        "%s, %s AS bucket, %s AS v, max_by(%s, %s)"
            .formatted(
                sensor, bucket, aggregate(query.aggregate(), value, millis), location, millis),
        "GROUP BY %1$s, %2$s ORDER BY %1$s, bucket".formatted(sensor, bucket));
  }

  /** The service's own quantiles are approximate, so the values around the rank are looked up. */
  private static String quantileSql(
      Scan scan, String sensor, String bucket, String value, String location, String millis) {
    String ofBucket = "PARTITION BY %s, %s".formatted(sensor, bucket);
    String ranked =
        scan.sql(
            ("%1$s AS id, %2$s AS bucket, %3$s AS v, %4$s AS place, %5$s AS moment,"
                    + " row_number() OVER (%6$s ORDER BY %3$s) - 1 AS below,"
                    + " 95e-2 * (count(*) OVER (%6$s) - 1) AS wanted")
                .formatted(sensor, bucket, value, location, millis, ofBucket),
            "");
    return ("SELECT id, bucket, low + (high - low) * (wanted - floor(wanted)), place FROM"
            + " (SELECT id, bucket, max(wanted) AS wanted,"
            + " max(CASE WHEN below = floor(wanted) THEN v END) AS low,"
            + " max(CASE WHEN below = ceil(wanted) THEN v END) AS high,"
            + " max_by(place, moment) AS place FROM (%s) GROUP BY id, bucket) ORDER BY id, bucket")
        .formatted(ranked);
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
      case P95 -> throw new IllegalArgumentException("no single function computes it");
    };
  }

  @Override
  public Distribution distribution(ReadingFilter filter) {
    table.service().checkOpen();
    Optional<Scan> scan = scan(filter);
    if (scan.isEmpty()) {
      return new DistributionCollector().of(0);
    }
    String value = scan.get().measure(filter.measure().orElseThrow()).orElseThrow();
    String sensor = scan.get().field(Field.SENSOR);
    DistributionCollector found = new DistributionCollector();
    table.query(
        scan.get().sql(value + " AS v, count(*)", "GROUP BY " + value + " ORDER BY v"),
        row ->
            found.take(
                Double.parseDouble(row.get(0).scalarValue()),
                Long.parseLong(row.get(1).scalarValue())));
    long[] sensors = new long[1];
    table.query(
        scan.get().sql("count(DISTINCT " + sensor + ")", ""),
        row -> sensors[0] = Long.parseLong(row.getFirst().scalarValue()));
    return found.of(sensors[0]);
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
