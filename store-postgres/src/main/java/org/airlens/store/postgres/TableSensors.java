package org.airlens.store.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.airlens.model.Reading;
import org.airlens.store.ReadingFilter;
import org.airlens.store.SensorDirectory;
import org.airlens.store.SensorSummary;

/** What is known of sensors, by the table of their newest readings. */
final class TableSensors implements SensorDirectory {

  private final Connections connections;
  private final RowReading rows;

  TableSensors(Connections connections, RowReading rows) {
    this.connections = connections;
    this.rows = rows;
  }

  @Override
  public List<SensorSummary> sensors(ReadingFilter filter, OptionalLong after, int limit) {
    Conditions conditions = Conditions.ofOrigins(filter);
    after.ifPresent(id -> conditions.and("s.sensor_id > ?", id));
    return summaries(conditions, " LIMIT " + limit);
  }

  @Override
  public Optional<SensorSummary> sensor(long id) {
    return summaries(new Conditions().and("s.sensor_id = ?", id), "").stream().findFirst();
  }

  @Override
  public List<SensorSummary> atLocation(long locationId) {
    return summaries(new Conditions().and("o.location_id = ?", locationId), "");
  }

  private List<SensorSummary> summaries(Conditions conditions, String limit) {
    Sql query =
        new Sql(
            """
            WITH wanted AS MATERIALIZED (
              SELECT s.sensor_id, s.newest_ts, s.first_ts
              FROM sensors s JOIN origins o ON o.id = s.origin_id%s ORDER BY s.sensor_id%s)
            SELECT r.*, w.first_ts FROM wanted w CROSS JOIN LATERAL (
              SELECT %s FROM readings r
              WHERE r.sensor_id = w.sensor_id AND r.ts = w.newest_ts LIMIT 1) r
            ORDER BY w.sensor_id
            """
                .formatted(conditions.where(), limit, MeasureColumns.SELECTED),
            conditions.parameters());
    return connections.read("list sensors", connection -> summaries(connection, query));
  }

  private List<SensorSummary> summaries(Connection connection, Sql query) throws SQLException {
    Map<Long, Instant> first = new HashMap<>();
    List<Reading> newest;
    try (PreparedStatement statement = query.prepare(connection);
        ResultSet found = statement.executeQuery()) {
      newest =
          rows.read(
              connection,
              found,
              Integer.MAX_VALUE,
              row -> first.put(row.getLong(1), RowReading.instant(row, RowReading.NEXT_COLUMN)));
    }
    List<SensorSummary> summaries = new ArrayList<>(newest.size());
    for (Reading reading : newest) {
      Instant since = first.getOrDefault(reading.sensor().id(), reading.timestamp());
      summaries.add(new SensorSummary(reading, since));
    }
    return summaries;
  }
}
