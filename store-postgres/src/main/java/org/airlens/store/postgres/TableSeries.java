package org.airlens.store.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.airlens.store.Distribution;
import org.airlens.store.DistributionCollector;
import org.airlens.store.ReadingFilter;
import org.airlens.store.SensorSeries;
import org.airlens.store.SeriesCollector;
import org.airlens.store.SeriesPage;
import org.airlens.store.SeriesQuery;
import org.airlens.store.SeriesReader;

/** Aggregates over the tables. */
final class TableSeries implements SeriesReader {

  private static final int FETCHED = 10_000;
  private static final int MOST_SENSORS_AT_ONCE = 4_000;
  private static final long POINTS_EXPECTED = 1_000;

  /** Instead of the origin where a bucket has several. */
  private static final long SEVERAL = -1;

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
    return connections.read(
        "read series", connection -> inOneState(connection, () -> series(connection, query)));
  }

  /** So that all statements are of one state: of what is rolled up, and of portions. */
  private static <T> T inOneState(Connection connection, Reading<T> reading) throws SQLException {
    connection.setAutoCommit(false); // For cursors, too.
    try (PreparedStatement statement =
        connection.prepareStatement("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")) {
      statement.execute();
      return reading.read();
    } finally {
      connection.rollback();
    }
  }

  /** Portion by portion of sensors: nobody computes the points of thousands to return a page. */
  private SeriesPage series(Connection connection, SeriesQuery query) throws SQLException {
    SeriesCollector collector = new SeriesCollector(query.maxPoints());
    Pieces pieces = RolledUp.pieces(connection, query);
    long portion = Math.clamp(query.maxPoints() / mostPoints(query), 8, MOST_SENSORS_AT_ONCE);
    OptionalLong after = query.afterSensor();
    while (!pieces.isEmpty() && !collector.isCut()) {
      long[] sensors = sensors(connection, query.filter(), after, portion);
      if (sensors.length == 0) {
        break;
      }
      Sql points = SeriesStatement.of(query, pieces, sensors);
      read(connection, points, SeriesStatement.scale(query), collector);
      after = OptionalLong.of(sensors[sensors.length - 1]);
      portion = Math.min(portion * 2, MOST_SENSORS_AT_ONCE);
    }
    return located(connection, query, collector.page());
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

  /** Reads points, their origins in the place of locations. */
  private static void read(
      Connection connection, Sql points, double scale, SeriesCollector collector)
      throws SQLException {
    try (PreparedStatement statement = points.prepare(connection)) {
      statement.setFetchSize(FETCHED);
      try (ResultSet rows = statement.executeQuery()) {
        boolean wanted = true;
        while (wanted && rows.next()) {
          int origin = rows.getInt(4);
          wanted =
              collector.take(
                  rows.getLong(1),
                  origin == rows.getInt(5) ? origin : SEVERAL,
                  rows.getLong(2),
                  rows.getDouble(3) * scale);
        }
      }
    }
  }

  /** The page with locations in the place of origins. */
  private SeriesPage located(Connection connection, SeriesQuery query, SeriesPage page)
      throws SQLException {
    List<Integer> last = new ArrayList<>();
    for (SensorSeries one : page.series()) {
      last.add(
          one.locationId() == SEVERAL
              ? lastOrigin(connection, query, one)
              : Math.toIntExact(one.locationId()));
    }
    Map<Integer, Origin> found = origins.of(connection, new HashSet<>(last));
    List<SensorSeries> series = new ArrayList<>();
    for (int i = 0; i < last.size(); i++) {
      SensorSeries one = page.series().get(i);
      Origin origin = found.get(last.get(i));
      if (origin == null) {
        throw new SQLException("the row " + last.get(i) + " of origins is missing");
      }
      series.add(
          new SensorSeries(
              one.sensorId(), origin.location().id(), one.epochSeconds(), one.values()));
    }
    return new SeriesPage(series, page.nextAfterSensor());
  }

  /** The origin of the last reading of a series whose last bucket has several. */
  private static int lastOrigin(Connection connection, SeriesQuery query, SensorSeries series)
      throws SQLException {
    long bucket = series.epochSeconds()[series.epochSeconds().length - 1];
    Conditions conditions =
        Conditions.of(query.filter())
            .orElseThrow()
            .and(
                "r.sensor_id = ? AND r.ts >= to_timestamp(?) AND r.ts < to_timestamp(?)",
                series.sensorId(),
                bucket,
                bucket + bucketSeconds(query));
    return Connections.list(
            connection,
            conditions.select("r.origin_id", " ORDER BY r.ts DESC LIMIT 1"),
            row -> row.getInt(1))
        .getFirst();
  }

  @Override
  public Distribution distribution(ReadingFilter filter) {
    if (!otherNames.mayBe(filter.measure().orElseThrow())) {
      return new DistributionCollector().of(0);
    }
    return connections.read(
        "read a distribution",
        connection -> inOneState(connection, () -> distribution(connection, filter)));
  }

  private static Distribution distribution(Connection connection, ReadingFilter filter)
      throws SQLException {
    Pieces pieces = RolledUp.pieces(connection, filter);
    DistributionCollector collector = new DistributionCollector();
    if (pieces.isEmpty()) {
      return collector.of(0);
    }
    // Read at once, for several processes of the server work only on what is not read in portions.
    try (PreparedStatement statement =
            DistributionStatement.values(filter, pieces).prepare(connection);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        collector.take(rows.getDouble(1), rows.getLong(2));
      }
    }
    List<Long> sensors =
        Connections.list(
            connection, DistributionStatement.sensors(filter, pieces), row -> row.getLong(1));
    return collector.of(sensors.getFirst());
  }

  /** What is read in a transaction. */
  @FunctionalInterface
  private interface Reading<T> {
    /** Reads it. */
    T read() throws SQLException;
  }
}
