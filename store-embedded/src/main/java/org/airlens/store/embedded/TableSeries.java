package org.airlens.store.embedded;

import io.questdb.cairo.sql.Record;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.airlens.store.Aggregate;
import org.airlens.store.Distribution;
import org.airlens.store.ReadingFilter;
import org.airlens.store.SensorSeries;
import org.airlens.store.SeriesPage;
import org.airlens.store.SeriesQuery;
import org.airlens.store.SeriesReader;

/** Aggregates over the table. */
final class TableSeries implements SeriesReader {

  private final Database database;
  private final MeasureColumns columns;

  TableSeries(Database database, MeasureColumns columns) {
    this.database = database;
    this.columns = columns;
  }

  @Override
  public SeriesPage series(SeriesQuery query) {
    String measure = query.filter().measure().orElseThrow();
    Optional<List<String>> filter = Sql.conditions(columns, query.filter());
    if (filter.isEmpty()) {
      return new SeriesPage(List.of(), OptionalLong.empty());
    }
    List<String> conditions = new ArrayList<>(filter.get());
    query.afterSensor().ifPresent(sensor -> conditions.add("sensor_id > " + sensor));
    String value = Sql.measure(columns, measure).orElseThrow();
    long bucketSeconds = query.interval().isPresent() ? query.interval().get().toSeconds() : 1;
    Collector collector = new Collector(bucketSeconds, query.maxPoints());
    long after = Long.MIN_VALUE;
    for (long last : portions(query, conditions)) {
      List<String> portion = new ArrayList<>(conditions);
      portion.add("sensor_id > " + after);
      portion.add("sensor_id <= " + last);
      database.query(sql(query, value, portion), collector::take);
      if (collector.cut) {
        break;
      }
      after = last;
    }
    return collector.page();
  }

  /**
   * The last sensor of each portion of sensors that is worth a query of its own: grouping all
   * sensors to return the first page of them would take memory for all their points.
   */
  private List<Long> portions(SeriesQuery query, List<String> conditions) {
    long mostBuckets = mostBuckets(query);
    List<Long> lasts = new ArrayList<>();
    long[] portion = new long[2]; // Its points so far, and its last sensor.
    database.query(
        "SELECT sensor_id, count() FROM readings%s GROUP BY sensor_id ORDER BY sensor_id"
            .formatted(Sql.where(conditions)),
        row -> {
          portion[0] += Math.min(row.getLong(1), mostBuckets);
          portion[1] = row.getLong(0);
          if (portion[0] >= query.maxPoints()) {
            lasts.add(portion[1]);
            portion[0] = 0;
          }
          return true;
        });
    if (portion[0] > 0) {
      lasts.add(portion[1]);
    }
    return lasts;
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

  private static String sql(SeriesQuery query, String value, List<String> conditions) {
    return query.interval().isPresent()
        ? """
        SELECT sensor_id, cast(ts AS LONG) / %1$d bucket, cast(%2$s AS DOUBLE) v,
          last(location_id) place
        FROM readings%3$s GROUP BY sensor_id, bucket ORDER BY sensor_id, bucket
        """
            .formatted(
                query.interval().get().toMillis() * 1000,
                aggregate(query.aggregate(), value),
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
      return new Distribution(new double[0], new long[0], 0);
    }
    String where = Sql.where(conditions.get());
    Columns found = new Columns();
    database.query(
        "SELECT cast(%s AS DOUBLE) v, count() FROM readings%s GROUP BY v ORDER BY v"
            .formatted(Sql.measure(columns, measure).orElseThrow(), where),
        row -> {
          found.count(row.getDouble(0), row.getLong(1));
          return true;
        });
    List<Long> sensors =
        database.list(
            "SELECT count_distinct(sensor_id) FROM readings" + where, row -> row.getLong(0));
    return new Distribution(found.values(), found.counts(), sensors.getFirst());
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
    };
  }

  /** Rows in order of sensor and time become series. */
  private static final class Collector {

    private final long bucketSeconds;
    private final int maxPoints;
    private final List<SensorSeries> series = new ArrayList<>();
    private Columns points = new Columns();
    private long sensor;
    private long place;
    private long collected;
    private boolean cut;

    Collector(long bucketSeconds, int maxPoints) {
      this.bucketSeconds = bucketSeconds;
      this.maxPoints = maxPoints;
    }

    boolean take(Record row) {
      long next = row.getLong(0);
      if (points.size() > 0 && next != sensor) {
        finish();
        if (collected >= maxPoints) {
          cut = true;
          return false;
        }
      }
      sensor = next;
      place = row.getLong(3);
      double value = row.getDouble(2);
      if (Double.isFinite(value)) { // A sum may leave what a double can hold.
        points.add(value, row.getLong(1) * bucketSeconds);
      }
      return true;
    }

    SeriesPage page() {
      if (!cut && points.size() > 0) {
        finish();
      }
      return new SeriesPage(
          List.copyOf(series), cut ? OptionalLong.of(sensor) : OptionalLong.empty());
    }

    private void finish() {
      series.add(new SensorSeries(sensor, place, points.counts(), points.values()));
      collected += points.size();
      points = new Columns();
    }
  }

  /** A growing column of doubles beside one of longs. */
  private static final class Columns {

    private double[] values = new double[64];
    private long[] counts = new long[64];
    private int size;

    /** Adds a value's count, to that of the same value before: 0 and -0 are two to QuestDB. */
    void count(double value, long count) {
      if (size > 0 && values[size - 1] == value) {
        counts[size - 1] += count;
      } else {
        add(value, count);
      }
    }

    void add(double value, long count) {
      if (size == values.length) {
        values = Arrays.copyOf(values, size * 2);
        counts = Arrays.copyOf(counts, size * 2);
      }
      values[size] = value;
      counts[size++] = count;
    }

    int size() {
      return size;
    }

    double[] values() {
      return Arrays.copyOf(values, size);
    }

    long[] counts() {
      return Arrays.copyOf(counts, size);
    }
  }
}
