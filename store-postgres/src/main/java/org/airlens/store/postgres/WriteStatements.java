package org.airlens.store.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.airlens.model.Reading;

/** What happens in the transaction of a write, in SQL. */
final class WriteStatements {

  /** How many writes pass between two clean-ups of their list. */
  private static final int CLEAN_EVERY = 256;

  private static final String COLUMNS = String.join(", ", CopyRows.COLUMNS);

  private static final List<String> REPLACEABLE =
      CopyRows.COLUMNS.stream()
          .filter(column -> !column.equals("sensor_id") && !column.equals("ts"))
          .toList();

  /** That a day is no longer rolled up, and that a roll-up under way is in vain. */
  private static final String WRITTEN_TO = "written_at = now(), rolled_up = false, rolling = NULL";

  /** Most writes hold nothing but new readings, and then this is all. */
  private static final String INSERT_NEW =
      """
      WITH fresh AS (
        INSERT INTO readings (%1$s, write_number) SELECT %1$s, ? FROM incoming
        ON CONFLICT (sensor_id, ts) DO NOTHING
        RETURNING ts),
      counted AS (
        SELECT (ts AT TIME ZONE 'UTC')::date AS day, count(*) AS readings FROM fresh GROUP BY 1),
      noted AS (
        UPDATE days SET readings = days.readings + counted.readings, %2$s FROM counted
        WHERE days.day = counted.day
        RETURNING counted.readings)
      SELECT coalesce(sum(readings), 0)::bigint FROM noted
      """
          .formatted(COLUMNS, WRITTEN_TO);

  /** Leaves alone what is the same already, so that a repeated write costs nothing further. */
  private static final String REPLACE_CHANGED =
      """
      WITH changed AS (
        UPDATE readings r SET (%1$s, write_number) = ROW(%3$s, ?) FROM incoming i
        WHERE r.sensor_id = i.sensor_id AND r.ts = i.ts AND r.ts BETWEEN ? AND ?
          AND r.write_number <> ? AND (%2$s) IS DISTINCT FROM (%3$s)
        RETURNING r.ts),
      noted AS (
        UPDATE days SET %4$s
        WHERE day IN (SELECT (ts AT TIME ZONE 'UTC')::date FROM changed))
      SELECT count(*) FROM changed
      """
          .formatted(String.join(", ", REPLACEABLE), prefixed("r."), prefixed("i."), WRITTEN_TO);

  private static final String NOTE_SENSORS =
      """
      INSERT INTO sensors AS s (sensor_id, first_ts, newest_ts, origin_id)
      SELECT sensor_id, min(ts), max(ts), (array_agg(origin_id ORDER BY ts DESC))[1]
      FROM incoming GROUP BY sensor_id
      ON CONFLICT (sensor_id) DO UPDATE SET
        first_ts = least(s.first_ts, excluded.first_ts),
        newest_ts = greatest(s.newest_ts, excluded.newest_ts),
        origin_id = CASE WHEN excluded.newest_ts >= s.newest_ts
          THEN excluded.origin_id ELSE s.origin_id END
      WHERE excluded.newest_ts >= s.newest_ts OR excluded.first_ts < s.first_ts
      """;

  private static final String NOTE_WRITE =
      """
      INSERT INTO writes (number, day, first_ts, last_ts, readings)
      SELECT ?, (ts AT TIME ZONE 'UTC')::date, min(ts), max(ts), count(*) FROM incoming GROUP BY 2
      """;

  private WriteStatements() {}

  /**
   * Moves {@code incoming} to where it belongs, and tells followers when that is committed.
   *
   * @param channel where followers listen
   */
  static void move(Connection connection, List<Reading> readings, String channel)
      throws SQLException {
    long number = number(connection, Sql.of("SELECT nextval('write_numbers')"));
    long fresh = number(connection, Sql.of(INSERT_NEW, number));
    long replaced = 0;
    if (fresh < readings.size()) {
      Instant first = readings.stream().map(Reading::timestamp).min(order()).orElseThrow();
      Instant last = readings.stream().map(Reading::timestamp).max(order()).orElseThrow();
      replaced =
          number(
              connection,
              Sql.of(REPLACE_CHANGED, number, Sql.timestamp(first), Sql.timestamp(last), number));
    }
    if (fresh + replaced == 0) {
      return;
    }
    update(connection, Sql.of(NOTE_SENSORS));
    update(connection, Sql.of(NOTE_WRITE, number));
    if (number % CLEAN_EVERY == 0) {
      update(
          connection, Sql.of("DELETE FROM writes WHERE written_at < now() - interval '2 hours'"));
    }
    Connections.list(
        connection, Sql.of("SELECT pg_notify(?, ?)", channel, Long.toString(number)), row -> 0);
  }

  /** Forgets whole days; everything that might wait for others comes last, and is then short. */
  static void forget(Connection connection, List<LocalDate> days, OffsetDateTime cutoff)
      throws SQLException {
    update(connection, Sql.of("DELETE FROM sensors WHERE newest_ts < ?", cutoff));
    update(
        connection,
        Sql.of(
            """
            UPDATE sensors s SET first_ts =
              (SELECT min(r.ts) FROM readings r WHERE r.sensor_id = s.sensor_id AND r.ts >= ?)
            WHERE s.first_ts < ?
            """,
            cutoff,
            cutoff));
    for (LocalDate day : days) {
      Connections.list(connection, Sql.of("SELECT drop_day(?)", day), row -> 0);
    }
  }

  private static Comparator<Instant> order() {
    return Comparator.naturalOrder();
  }

  private static long number(Connection connection, Sql sql) throws SQLException {
    return Connections.list(connection, sql, row -> row.getLong(1)).getFirst();
  }

  private static long update(Connection connection, Sql sql) throws SQLException {
    try (PreparedStatement statement = sql.prepare(connection)) {
      return statement.executeLargeUpdate();
    }
  }

  private static String prefixed(String prefix) {
    return REPLACEABLE.stream().map(column -> prefix + column).collect(Collectors.joining(", "));
  }
}
