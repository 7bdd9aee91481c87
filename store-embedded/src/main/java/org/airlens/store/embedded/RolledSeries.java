package org.airlens.store.embedded;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.airlens.store.Aggregate;
import org.airlens.store.Distribution;
import org.airlens.store.DistributionCollector;
import org.airlens.store.ReadingFilter;
import org.airlens.store.RollUpUse;
import org.airlens.store.SeriesCollector;
import org.airlens.store.SeriesPage;
import org.airlens.store.SeriesQuery;
import org.airlens.store.StoreException;
import org.airlens.store.embedded.Spans.Read;
import org.airlens.store.embedded.Spans.Rolled;
import org.airlens.store.embedded.Spans.Span;
import org.airlens.store.embedded.rollup.Bucket;
import org.airlens.store.embedded.rollup.DamagedRollUpException;
import org.airlens.store.embedded.rollup.DayFile;
import org.airlens.store.embedded.rollup.DayFile.OriginSink;
import org.airlens.store.embedded.rollup.DayFile.Selection;
import org.airlens.store.embedded.rollup.Days;
import org.airlens.store.embedded.rollup.RolledDays;
import org.airlens.store.embedded.rollup.SensorBuckets;
import org.airlens.store.embedded.rollup.ValueCounts;

/**
 * Long questions, answered out of roll-ups and, for the hours that a window cuts and the days that
 * are not rolled up, out of readings.
 */
final class RolledSeries {

  private static final int FEWEST_SENSORS = 8;
  private static final int MOST_SENSORS = 4_000;

  private final Database database;
  private final MeasureColumns columns;
  private final KnownSensors known;
  private final RolledDays days;

  RolledSeries(Database database, MeasureColumns columns, KnownSensors known, RolledDays days) {
    this.database = database;
    this.columns = columns;
    this.known = known;
    this.days = days;
  }

  /** The series; empty when roll-ups are of no use for them. */
  Optional<SeriesPage> series(SeriesQuery query) {
    RollUpUse use = RollUpUse.of(query);
    return answer(query.filter(), use, spans -> new Series(query, use.byDay(), spans).page());
  }

  /** The distribution; empty when roll-ups are of no use for it. */
  Optional<Distribution> distribution(ReadingFilter filter) {
    return answer(filter, RollUpUse.ofDistribution(filter), spans -> distribution(filter, spans));
  }

  /** The answer, if there are roll-ups for it; looked for again, without it, if one is damaged. */
  private <T> Optional<T> answer(
      ReadingFilter filter, RollUpUse use, Function<Spans, T> answering) {
    while (use.isAny()) {
      Spans spans = Spans.of(filter, days, use);
      if (!spans.isAnyRolled()) {
        return Optional.empty();
      }
      try {
        return Optional.of(answering.apply(spans));
      } catch (DamagedRollUpException e) {
        try {
          days.damaged(e.day());
        } catch (IOException failure) {
          throw new StoreException(e.getMessage() + " and can't be removed", failure);
        }
      }
    }
    return Optional.empty();
  }

  private Distribution distribution(ReadingFilter filter, Spans spans) {
    String measure = filter.measure().orElseThrow();
    ValueCounts counts = new ValueCounts();
    Set<Long> sensors = new HashSet<>();
    Passing passing = new Passing(filter);
    for (Span span : spans.all()) {
      switch (span) {
        case Rolled(DayFile file, _, _) -> {
          file.counts(measure, filter.countries(), filter.sensorTypes(), counts);
          Selection all =
              new Selection(measure, Set.of(), Long.MIN_VALUE, Long.MAX_VALUE, passing.of(file));
          file.days(all, (sensor, _, _) -> sensors.add(sensor));
        }
        case Read read -> count(read.of(filter), counts, sensors);
      }
    }
    DistributionCollector all = new DistributionCollector();
    counts.tell(all);
    return all.of(sensors.size());
  }

  private void count(ReadingFilter filter, ValueCounts counts, Set<Long> sensors) {
    String where = Sql.where(Sql.conditions(columns, filter).orElseThrow());
    String value = Sql.measure(columns, filter.measure().orElseThrow()).orElseThrow();
    Distribution read = TableSeries.values(database, value, where).of(0);
    counts.add(read.values(), read.counts());
    sensors.addAll(
        database.list("SELECT DISTINCT sensor_id FROM readings" + where, row -> row.getLong(0)));
  }

  /** Whether the readings of origins pass a filter, looked at once each. */
  private final class Passing {

    private final ReadingFilter timeless;
    private final Map<Integer, Boolean> looked = new HashMap<>();

    Passing(ReadingFilter filter) {
      timeless = filter.ofSensors();
    }

    IntPredicate of(DayFile file) {
      return number ->
          looked.computeIfAbsent(number, _ -> days.origin(file, number).passes(timeless));
    }
  }

  /** A page of series. */
  private final class Series {

    private final SeriesQuery query;
    private final long width;
    private final boolean byDay;
    private final Spans spans;
    private final String measure;
    private final Passing passing;
    private final SeriesCollector collector;
    private final long mostPoints;

    Series(SeriesQuery query, boolean byDay, Spans spans) {
      this.query = query;
      this.byDay = byDay;
      this.spans = spans;
      width = query.interval().orElseThrow().toSeconds();
      measure = query.filter().measure().orElseThrow();
      passing = new Passing(query.filter());
      collector = new SeriesCollector(query.maxPoints());
      mostPoints = Math.max(1, spans.days() * Math.max(1, Days.SECONDS / width));
    }

    /** Portion by portion of sensors, so that nobody adds up thousands to return a page of them. */
    SeriesPage page() {
      long after = query.afterSensor().orElse(Long.MIN_VALUE);
      Set<Long> asked = query.filter().sensorIds();
      Iterator<Long> sensors =
          (asked.isEmpty() ? known.ids() : new TreeSet<>(asked)).tailSet(after + 1).iterator();
      long most = Math.clamp(4L * query.maxPoints() / mostPoints, FEWEST_SENSORS, MOST_SENSORS);
      long portion = Math.clamp(query.maxPoints() / mostPoints, FEWEST_SENSORS, most);
      while (!collector.isCut() && sensors.hasNext()) {
        long last = after;
        for (long left = portion; left > 0 && sensors.hasNext(); left--) {
          last = sensors.next();
        }
        long points = collect(after, last);
        after = last;
        if (points < query.maxPoints() / 4) {
          portion = Math.min(portion * 2, most);
        }
      }
      return collector.page();
    }

    /**
     * Collects the series of sensors with {@code after < id <= last}; how many points they have.
     */
    private long collect(long after, long last) {
      SortedMap<Long, SensorBuckets> found = new TreeMap<>();
      for (Span span : spans.all()) {
        switch (span) {
          case Rolled rolled -> read(rolled, after, last, found);
          case Read read -> read(read, after, last, found);
        }
      }
      long points = 0;
      for (Map.Entry<Long, SensorBuckets> sensor : found.entrySet()) {
        SensorBuckets buckets = sensor.getValue();
        points += buckets.size();
        for (int i = 0; i < buckets.size() && !collector.isCut(); i++) {
          collector.take(
              sensor.getKey(),
              buckets.bucket(i).location(),
              buckets.start(i),
              value(sensor.getKey(), buckets.start(i), buckets.bucket(i)));
        }
      }
      return points;
    }

    private void read(Rolled rolled, long after, long last, SortedMap<Long, SensorBuckets> found) {
      DayFile file = rolled.file();
      Selection selection =
          new Selection(measure, query.filter().sensorIds(), after, last, passing.of(file));
      OriginSink sink =
          (sensor, origin, bucket) -> {
            bucket.setLocation(days.origin(file, origin).location().id());
            add(sensor, bucket, found);
          };
      if (byDay && rolled.isWholeDay()) {
        file.days(selection, sink);
      } else {
        file.hours(selection, rolled.firstHour(), rolled.endHour(), sink);
      }
    }

    private void read(Read read, long after, long last, SortedMap<Long, SensorBuckets> found) {
      List<String> conditions =
          new ArrayList<>(Sql.conditions(columns, read.of(query.filter())).orElseThrow());
      conditions.add("sensor_id > " + after);
      conditions.add("sensor_id <= " + last);
      Bucket bucket = new Bucket();
      if (query.aggregate() == Aggregate.P95) {
        quantiles(
            conditions,
            (sensor, location, second, value) -> {
              bucket.setP95(second, value);
              bucket.setLocation(location);
              add(sensor, bucket, found);
              return true;
            });
        return;
      }
      database.query(
          """
          SELECT sensor_id, cast(ts AS LONG) / %1$d bucket, count(), cast(min(ts) AS LONG),
            cast(max(ts) AS LONG), cast(sum(%2$s) AS DOUBLE), cast(min(%2$s) AS DOUBLE),
            cast(max(%2$s) AS DOUBLE), cast(first(%2$s) AS DOUBLE), cast(last(%2$s) AS DOUBLE),
            last(location_id)
          FROM readings%3$s GROUP BY sensor_id, bucket ORDER BY sensor_id, bucket
          """
              .formatted(width * 1_000_000, expression(), Sql.where(conditions)),
          row -> {
            bucket.setTimes(row.getLong(2), row.getLong(3) / 1_000_000, row.getLong(4) / 1_000_000);
            bucket.setValues(
                row.getDouble(5),
                row.getDouble(6),
                row.getDouble(7),
                row.getDouble(8),
                row.getDouble(9));
            bucket.setLocation(row.getLong(10));
            add(row.getLong(0), bucket, found);
            return true;
          });
    }

    private void add(long sensor, Bucket part, SortedMap<Long, SensorBuckets> found) {
      long start = Math.floorDiv(part.firstSecond(), width) * width;
      found.computeIfAbsent(sensor, _ -> new SensorBuckets()).add(start, part);
    }

    private double value(long sensor, long start, Bucket bucket) {
      return switch (query.aggregate()) {
        case MEAN -> bucket.sum() / bucket.count();
        case MIN -> bucket.min();
        case MAX -> bucket.max();
        case SUM -> bucket.sum();
        case COUNT -> bucket.count();
        case FIRST -> bucket.first();
        case LAST -> bucket.last();
        case P95 -> Double.isNaN(bucket.p95()) ? p95(sensor, start) : bucket.p95();
      };
    }

    /** The percentile of a sensor that moved meanwhile. */
    private double p95(long sensor, long start) {
      Instant begin = Instant.ofEpochSecond(start);
      Instant end = Instant.ofEpochSecond(start + width);
      ReadingFilter filter = query.filter();
      ReadingFilter ofBucket =
          filter.between(
              filter.from().filter(begin::isBefore).orElse(begin),
              filter.to().filter(end::isAfter).orElse(end));
      List<String> conditions = new ArrayList<>(Sql.conditions(columns, ofBucket).orElseThrow());
      conditions.add("sensor_id = " + sensor);
      double[] found = {Double.NaN};
      quantiles(
          conditions,
          (_, _, _, value) -> {
            found[0] = value;
            return true;
          });
      return found[0];
    }

    private void quantiles(List<String> conditions, Quantiles.PointSink sink) {
      try (Quantiles quantiles = new Quantiles(width, sink)) {
        database.query(Quantiles.sql(expression(), conditions), quantiles::take);
      }
    }

    private String expression() {
      return Sql.measure(columns, measure).orElseThrow();
    }
  }
}
