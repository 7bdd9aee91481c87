package org.airlens.store.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.airlens.model.Measures;

/** How a day is rolled up, in SQL. */
final class RollUpStatements {

  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd");
  private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("yyyyMM");

  /** What a double can hold, scaled: a mean of such values may be rounded to something above. */
  private static final double LARGEST = Double.MAX_VALUE / Scaled.SCALE;

  /** One row for each value of a reading. */
  private static final String VALUES =
      """
      CROSS JOIN LATERAL (
        VALUES %s
        UNION ALL
        SELECT key, value::double precision FROM jsonb_each_text(r.others)
        WHERE r.others IS NOT NULL) v (measure, value)
      WHERE v.value IS NOT NULL
      """
          .formatted(
              Stream.concat(Stream.of(Measures.AQI), MeasureColumns.CATALOGUE.stream())
                  .map(name -> "('%s', %s)".formatted(name, MeasureColumns.number(name)))
                  .collect(Collectors.joining(", ")));

  private static final String COLUMNS =
      "measure, sensor_id, origin_id, count, mean, min, max, p95, first, last, first_ts, last_ts";

  /** Hours and the day of one sort: the hours of a sensor at a place are parts of its day. */
  private static final String AGGREGATE =
      """
      WITH parts AS MATERIALIZED (
        SELECT v.measure COLLATE "C" AS measure, r.sensor_id, r.origin_id,
          date_trunc('hour', r.ts) AS hour, count(*) AS count,
          least(greatest(sum(%s) / count(*), -%s), %s) * %s AS mean,
          min(v.value), max(v.value),
          percentile_cont(0.95) WITHIN GROUP (ORDER BY v.value) AS p95,
          (array_agg(v.value ORDER BY r.ts))[1] AS first,
          (array_agg(v.value ORDER BY r.ts DESC))[1] AS last,
          min(r.ts) AS first_ts, max(r.ts) AS last_ts
        FROM %%1$s r %s
        GROUP BY GROUPING SETS ((1, 2, 3, 4), (1, 2, 3))),
      hours AS (
        INSERT INTO %%2$s (hour, %6$s) SELECT hour, %6$s FROM parts WHERE hour IS NOT NULL)
      INSERT INTO %%3$s (day, %6$s) SELECT ?, %6$s FROM parts WHERE hour IS NULL
      """
          .formatted(
              Scaled.of("v.value"),
              Scaled.literal(LARGEST),
              Scaled.literal(LARGEST),
              Scaled.literal(Scaled.SCALE),
              VALUES,
              COLUMNS);

  private static final String COUNT =
      """
      WITH counted AS (
        SELECT v.measure COLLATE "C" AS measure, o.country, o.sensor_type_name, v.value,
          count(*) AS count
        FROM %%1$s r JOIN origins o ON o.id = r.origin_id %s
        GROUP BY 1, 2, 3, 4),
      gathered AS (
        SELECT measure, country, sensor_type_name, array_agg(value ORDER BY value) AS values,
          array_agg(count ORDER BY value) AS counts
        FROM counted GROUP BY 1, 2, 3),
      seen AS (
        SELECT d.measure, o.country, o.sensor_type_name,
          array_agg(DISTINCT d.sensor_id) AS sensors
        FROM %%2$s d JOIN origins o ON o.id = d.origin_id
        WHERE d.day = ? GROUP BY 1, 2, 3)
      INSERT INTO %%3$s (day, measure, country, sensor_type_name, values, counts, sensors)
      SELECT ?, measure, country, sensor_type_name, values, counts, sensors
      FROM gathered JOIN seen USING (measure, country, sensor_type_name)
      """
          .formatted(VALUES);

  private RollUpStatements() {}

  /** The newest day that is due: its neighbours are asked for most. */
  static Sql due(double quietSeconds) {
    return Sql.of(
        """
        SELECT day FROM days
        WHERE readings > 0 AND NOT rolled_up
          AND written_at <= clock_timestamp() - make_interval(secs => ?)
        ORDER BY day DESC LIMIT 1
        """,
        quietSeconds);
  }

  /**
   * Rolls up a day, unless something is written to it meanwhile.
   *
   * <p>The day's row is what writers and this agree by: each holds it from its change to its
   * commit. What was written before the row is marked here is committed then, and is read below;
   * what is written later removes the mark.
   *
   * @return whether it is rolled up
   */
  static boolean rollUp(Connection connection, LocalDate day) throws SQLException {
    connection.setAutoCommit(false);
    Optional<UUID> mark = begin(connection, day);
    connection.commit();
    if (mark.isEmpty()) {
      return false;
    }
    String hours = "hourly_" + day.format(DAY);
    String days = "daily_" + day.format(MONTH);
    String counts = "value_counts_" + day.format(MONTH);
    String readings = readings(connection, day);
    // Not truncated: who reads an older state must find what belongs to it.
    update(connection, Sql.of("DELETE FROM " + hours));
    update(connection, Sql.of("DELETE FROM " + days + " WHERE day = ?", day));
    update(connection, Sql.of("DELETE FROM " + counts + " WHERE day = ?", day));
    update(connection, Sql.of(AGGREGATE.formatted(readings, hours, days), day));
    update(connection, Sql.of(COUNT.formatted(readings, days, counts), day, day));
    boolean unchanged =
        update(
                connection,
                Sql.of(
                    """
                    UPDATE days SET rolled_up = true, rolling = NULL
                    WHERE day = ? AND rolling = ?
                    """,
                    day,
                    mark.get()))
            == 1;
    if (unchanged) {
      connection.commit();
    } else {
      connection.rollback();
    }
    return unchanged;
  }

  private static Optional<UUID> begin(Connection connection, LocalDate day) throws SQLException {
    List<UUID> mark =
        Connections.list(
            connection,
            Sql.of(
                """
                UPDATE days SET rolling = gen_random_uuid() WHERE day = ? AND NOT rolled_up
                RETURNING rolling
                """,
                day),
            row -> row.getObject(1, UUID.class));
    if (!mark.isEmpty()) {
      Connections.list(connection, Sql.of("SELECT ensure_roll_ups(?)", day), row -> 0);
    }
    return mark.stream().findFirst();
  }

  /**
   * Where the day's readings are. A partition is read by its own name: with a lock on the whole
   * table, other days could not be dropped for as long as this takes.
   */
  private static String readings(Connection connection, LocalDate day) throws SQLException {
    String partition = "readings_" + day.format(DAY);
    boolean isThere =
        Connections.list(
                connection,
                Sql.of("SELECT to_regclass(?) IS NOT NULL", partition),
                row -> row.getBoolean(1))
            .getFirst();
    return isThere
        ? partition
        : "(SELECT * FROM readings WHERE ts >= '%sT00:00:00Z' AND ts < '%sT00:00:00Z')"
            .formatted(day, day.plusDays(1));
  }

  private static long update(Connection connection, Sql sql) throws SQLException {
    try (PreparedStatement statement = sql.prepare(connection)) {
      return statement.executeLargeUpdate();
    }
  }
}
