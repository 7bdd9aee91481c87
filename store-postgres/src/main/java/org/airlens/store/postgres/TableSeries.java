package org.airlens.store.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.airlens.store.Aggregate;
import org.airlens.store.Distribution;
import org.airlens.store.ReadingFilter;
import org.airlens.store.SeriesPage;
import org.airlens.store.SeriesQuery;
import org.airlens.store.SeriesReader;

/** Aggregates over the tables. */
final class TableSeries implements SeriesReader {

  private static final int FETCHED = 10_000;
  private static final int MOST_SENSORS_AT_ONCE = 4_000;
  private static final long POINTS_EXPECTED = 1_000;

  /**
   * Sums are made of values divided by 2⁶⁴, which loses nothing: PostgreSQL fails where a sum
   * leaves what a double can hold, as it also does where a division leaves nothing of a value.
   */
  private static final String SCALED =
      "sum(CASE WHEN abs(%1$s) > 1e-250 THEN %1$s * 5.421010862427522e-20::double precision"
          + " ELSE 0 END)";

  private static final double SCALE = 0x1p64;

  private final Connections connections;
  private final Origins origins;
  private final OtherNames otherNames;

  TableSeries(Connections connections, Origins origins, OtherNames otherNames) {
    this.connections = connections;
    this.origins = origins;
    this.otherNames = otherNames;
  }

  @Override
  public SeriesPage series(SeriesQuery query) {
    if (!otherNames.mayBe(query.filter().measure().orElseThrow())) {
      return new SeriesPage(List.of(), OptionalLong.empty());
    }
    return connections.read("read series", connection -> series(connection, query));
  }

  /** Portion by portion of sensors: nobody computes the points of thousands to return a page. */
  private SeriesPage series(Connection connection, SeriesQuery query) throws SQLException {
    connection.setAutoCommit(false); // For cursors, and so that all portions are of one state.
    try (PreparedStatement statement =
        connection.prepareStatement("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")) {
      statement.execute();
      SeriesCollector collector = new SeriesCollector(query.maxPoints());
      long portion = Math.clamp(query.maxPoints() / mostPoints(query), 8, MOST_SENSORS_AT_ONCE);
      OptionalLong after = query.afterSensor();
      while (!collector.isCut()) {
        long[] sensors = sensors(connection, query.filter(), after, portion);
        if (sensors.length == 0) {
          break;
        }
        read(connection, query, sensors, collector);
        after = OptionalLong.of(sensors[sensors.length - 1]);
        portion = Math.min(portion * 2, MOST_SENSORS_AT_ONCE);
      }
      return collector.page(
          last -> origins.of(connection, last), moved -> lastOrigin(connection, query, moved));
    } finally {
      connection.rollback();
    }
  }

  private static long bucketSeconds(SeriesQuery query) {
    return query.interval().map(Duration::toSeconds).orElse(1L);
  }

  /** How many points a series has at most, or may be expected to have. */
  private static long mostPoints(SeriesQuery query) {
    ReadingFilter filter = query.filter();
    if (query.interval().isEmpty() || filter.from().isEmpty() || filter.to().isEmpty()) {
      return POINTS_EXPECTED;
    }
    Duration window = Duration.between(filter.from().get(), filter.to().get());
    return Math.max(1, window.dividedBy(query.interval().get()) + 2);
  }

  /** The next sensors that were ever where the filter asks. */
  private static long[] sensors(
      Connection connection, ReadingFilter filter, OptionalLong after, long most)
      throws SQLException {
    Conditions conditions = Conditions.ofOrigins(filter);
    after.ifPresent(id -> conditions.and("o.sensor_id > ?", id));
    Sql query =
        new Sql(
            "SELECT DISTINCT o.sensor_id FROM origins o%s ORDER BY 1 LIMIT %d"
                .formatted(conditions.where(), most),
            conditions.parameters());
    return Connections.list(connection, query, row -> row.getLong(1)).stream()
        .mapToLong(Long::longValue)
        .toArray();
  }

  private static void read(
      Connection connection, SeriesQuery query, long[] sensors, SeriesCollector collector)
      throws SQLException {
    String value = value(query.filter());
    Conditions conditions = conditions(query.filter()).and("r.sensor_id = ANY(?)", sensors);
    Sql sql =
        query.interval().isPresent()
            ? conditions.select(
                "r.sensor_id, extract(epoch FROM %s)::bigint, %s, min(r.origin_id), max(r.origin_id)"
                    .formatted(bucket(query), aggregate(query.aggregate(), value)),
                " GROUP BY 1, 2 ORDER BY 1, 2")
            : conditions.select(
                "r.sensor_id, extract(epoch FROM r.ts)::bigint, %s, r.origin_id, r.origin_id"
                    .formatted(value),
                " ORDER BY r.sensor_id, r.ts");
    double scale = isScaled(query) ? SCALE : 1;
    try (PreparedStatement statement = sql.prepare(connection)) {
      statement.setFetchSize(FETCHED);
      try (ResultSet rows = statement.executeQuery()) {
        boolean wanted = true;
        while (wanted && rows.next()) {
          wanted =
              collector.take(
                  rows.getLong(1),
                  rows.getLong(2),
                  rows.getDouble(3) * scale,
                  rows.getInt(4),
                  rows.getInt(5));
        }
      }
    }
  }

  /** The origin of the last reading of a series whose last bucket has several. */
  private static int lastOrigin(
      Connection connection, SeriesQuery query, SeriesCollector.Ending ending) throws SQLException {
    Conditions conditions =
        conditions(query.filter())
            .and(
                "r.sensor_id = ? AND r.ts >= to_timestamp(?) AND r.ts < to_timestamp(?)",
                ending.sensorId(),
                ending.bucketSecond(),
                ending.bucketSecond() + bucketSeconds(query));
    return Connections.list(
            connection,
            conditions.select("r.origin_id", " ORDER BY r.ts DESC LIMIT 1"),
            row -> row.getInt(1))
        .getFirst();
  }

  @Override
  public Distribution distribution(ReadingFilter filter) {
    if (!otherNames.mayBe(filter.measure().orElseThrow())) {
      return new Distribution(new double[0], new long[0], 0);
    }
    Conditions conditions = conditions(filter);
    return connections.read(
        "read a distribution",
        connection -> {
          Columns found = new Columns();
          try (PreparedStatement statement =
                  conditions
                      .select(value(filter) + ", count(*)", " GROUP BY 1 ORDER BY 1")
                      .prepare(connection);
              ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              found.add(rows.getLong(2), rows.getDouble(1));
            }
          }
          List<Long> sensors =
              Connections.list(
                  connection,
                  conditions.select("count(DISTINCT r.sensor_id)", ""),
                  row -> row.getLong(1));
          return new Distribution(found.values(), found.numbers(), sensors.getFirst());
        });
  }

  private static Conditions conditions(ReadingFilter filter) {
    return Conditions.of(filter).orElseThrow();
  }

  private static String value(ReadingFilter filter) {
    String expression = MeasureColumns.value(filter.measure().orElseThrow()).orElseThrow();
    return expression + "::double precision";
  }

  private static String bucket(SeriesQuery query) {
    return "date_bin(interval '%d seconds', r.ts, timestamptz '1970-01-01 00:00:00+00')"
        .formatted(bucketSeconds(query));
  }

  private static boolean isScaled(SeriesQuery query) {
    return query.interval().isPresent()
        && (query.aggregate() == Aggregate.MEAN || query.aggregate() == Aggregate.SUM);
  }

  private static String aggregate(Aggregate aggregate, String value) {
    return switch (aggregate) {
      case MEAN -> SCALED.formatted(value) + " / count(*)";
      case MIN -> "min(" + value + ")";
      case MAX -> "max(" + value + ")";
      case SUM -> SCALED.formatted(value);
      case COUNT -> "count(*)::double precision";
      case FIRST -> "(array_agg(" + value + " ORDER BY r.ts))[1]";
      case LAST -> "(array_agg(" + value + " ORDER BY r.ts DESC))[1]";
      case P95 -> "percentile_cont(0.95) WITHIN GROUP (ORDER BY " + value + ")";
    };
  }
}
