package org.airlens.store.embedded;

import java.time.Duration;
import java.util.ArrayList;
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

/** Aggregates over the table. */
final class TableSeries implements SeriesReader {

  private final Database database;
  private final MeasureColumns columns;
  private final RolledSeries rolled;

  TableSeries(Database database, MeasureColumns columns, RolledSeries rolled) {
    this.database = database;
    this.columns = columns;
    this.rolled = rolled;
  }

  @Override
  public SeriesPage series(SeriesQuery query) {
    String measure = query.filter().measure().orElseThrow();
    Optional<List<String>> filter = Sql.conditions(columns, query.filter());
    if (filter.isEmpty()) {
      return new SeriesPage(List.of(), OptionalLong.empty());
    }
    Optional<SeriesPage> ofRollUps = rolled.series(query);
    if (ofRollUps.isPresent()) {
      return ofRollUps.get();
    }
    List<String> conditions = new ArrayList<>(filter.get());
    query.afterSensor().ifPresent(sensor -> conditions.add("sensor_id > " + sensor));
    String value = Sql.measure(columns, measure).orElseThrow();
    SeriesCollector collector = new SeriesCollector(query.maxPoints());
    for (SensorPortion portion :
        SensorPortion.of(database, conditions, query.maxPoints(), mostBuckets(query))) {
      read(query, value, portion.of(conditions), collector);
      if (collector.isCut()) {
        break;
      }
    }
    return collector.page();
  }

  /** How many points a series can have at most. */
  private static long mostBuckets(SeriesQuery query) {
    ReadingFilter filter = query.filter();
    if (query.interval().isEmpty() || filter.from().isEmpty() || filter.to().isEmpty()) {
      return Long.MAX_VALUE;
    }
    Duration window = Duration.between(filter.from().get(), filter.to().get());
    return window.dividedBy(query.interval().get()) + 2;
  }

  private void read(
      SeriesQuery query, String value, List<String> conditions, SeriesCollector collector) {
    long width = query.interval().map(Duration::toSeconds).orElse(1L);
    if (query.interval().isPresent() && query.aggregate() == Aggregate.P95) {
      try (Quantiles quantiles = new Quantiles(width, collector::take)) {
        database.query(Quantiles.sql(value, conditions), quantiles::take);
      }
      return;
    }
    database.query(
        sql(query.interval(), query.aggregate(), value, conditions),
        row ->
            collector.take(
                row.getLong(0), row.getLong(3), row.getLong(1) * width, row.getDouble(2)));
  }

  private static String sql(
      Optional<Duration> interval, Aggregate aggregate, String value, List<String> conditions) {
    return interval.isPresent()
        ? """
        SELECT sensor_id, cast(ts AS LONG) / %1$d bucket, cast(%2$s AS DOUBLE) v,
          last(location_id) place
        FROM readings%3$s GROUP BY sensor_id, bucket ORDER BY sensor_id, bucket
        """
            .formatted(
                interval.get().toMillis() * 1000,
                aggregate(aggregate, value),
                Sql.where(conditions))
        : """
        SELECT sensor_id, cast(ts AS LONG) / 1000000 bucket, cast(%s AS DOUBLE) v,
          location_id place
        FROM readings%s ORDER BY sensor_id, bucket
        """
            .formatted(value, Sql.where(conditions));
  }

  @Override
  public Distribution distribution(ReadingFilter filter) {
    String measure = filter.measure().orElseThrow();
    Optional<List<String>> conditions = Sql.conditions(columns, filter);
    if (conditions.isEmpty()) {
      return new DistributionCollector().of(0);
    }
    Optional<Distribution> ofRollUps = rolled.distribution(filter);
    if (ofRollUps.isPresent()) {
      return ofRollUps.get();
    }
    String where = Sql.where(conditions.get());
    DistributionCollector found =
        values(database, Sql.measure(columns, measure).orElseThrow(), where);
    List<Long> sensors =
        database.list(
            "SELECT count_distinct(sensor_id) FROM readings" + where, row -> row.getLong(0));
    return found.of(sensors.getFirst());
  }

  /** How often each value occurs in rows. */
  static DistributionCollector values(Database database, String value, String where) {
    DistributionCollector found = new DistributionCollector();
    database.query(
        "SELECT cast(%s AS DOUBLE), count() FROM readings%s GROUP BY 1 ORDER BY 1"
            .formatted(value, where),
        row -> {
          found.take(row.getDouble(0), row.getLong(1));
          return true;
        });
    return found;
  }

  private static String aggregate(Aggregate aggregate, String value) {
    return switch (aggregate) {
      case MEAN -> "avg(" + value + ")";
      case MIN -> "min(" + value + ")";
      case MAX -> "max(" + value + ")";
      case SUM -> "sum(" + value + ")";
      case COUNT -> "count(" + value + ")";
      case FIRST -> "first(" + value + ")";
      case LAST -> "last(" + value + ")";
      case P95 -> throw new IllegalArgumentException("QuestDB's quantiles are approximate");
    };
  }
}
