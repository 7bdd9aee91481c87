package org.airlens.store.timestream;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * A table of the fake: takes and rejects records as the service documents, and keeps them in
 * DuckDB, whose SQL is close enough to the service's that statements run as they are, with a few
 * functions added. A record that is replaced keeps the values that the new one lacks: the harder of
 * the two readings of the documentation.
 */
final class FakeTable implements AutoCloseable {

  private static final Duration AHEAD = Duration.ofMinutes(15);

  private final String database;
  private final String name;
  private final Duration memory;
  private final Duration magnetic;
  private final boolean takesLate;
  private final boolean isBySensor;
  private final Connection connection;
  private final Map<String, String> columns = new LinkedHashMap<>();
  private final Set<String> measures = new HashSet<>();
  private final Map<Key, Kept> kept = new HashMap<>();
  private long records;

  FakeTable(
      String database,
      String name,
      Duration memory,
      Duration magnetic,
      boolean takesLate,
      boolean isBySensor) {
    this.database = database;
    this.name = name;
    this.memory = memory;
    this.magnetic = magnetic;
    this.takesLate = takesLate;
    this.isBySensor = isBySensor;
    try {
      connection = DriverManager.getConnection("jdbc:duckdb:");
      execute("SET threads TO 1");
      // It turns row_number() into an aggregate that loses the sign of zero.
      execute("SET disabled_optimizers TO 'top_n_window_elimination'");
      execute("CREATE SCHEMA \"%s\"".formatted(database));
      execute("CREATE MACRO from_milliseconds(x) AS epoch_ms(CAST(x AS BIGINT))");
      execute("CREATE MACRO to_milliseconds(t) AS epoch_ms(t)");
      execute("CREATE MACRO regexp_like(s, pattern) AS regexp_matches(s, pattern)");
      execute("CREATE MACRO bin(t, width) AS time_bucket(width, t)");
      execute("CREATE MACRO create_time_series(t, v) AS list({time: t, value: v} ORDER BY t)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    clear();
  }

  Duration memory() {
    return memory;
  }

  Duration magnetic() {
    return magnetic;
  }

  boolean takesLate() {
    return takesLate;
  }

  boolean isBySensor() {
    return isBySensor;
  }

  /** Forgets everything. */
  void clear() {
    kept.clear();
    columns.clear();
    measures.clear();
    columns.put("measure_name", "MEASURE_NAME");
    columns.put("time", "TIMESTAMP");
    try {
      execute("DROP TABLE IF EXISTS " + sqlName());
      execute(
          "CREATE TABLE %s (\"#\" BIGINT, \"measure_name\" VARCHAR, \"time\" TIMESTAMP)"
              .formatted(sqlName()));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How many records there are. */
  int size() {
    return kept.size();
  }

  /** Takes what can be taken, and tells the rest. */
  List<ServiceError.Rejected> write(List<WrittenRecord> batch, Instant now) {
    List<ServiceError.Rejected> rejected = new ArrayList<>();
    Set<Key> inRequest = new HashSet<>();
    Map<Key, Kept> taken = new LinkedHashMap<>();
    List<Long> replaced = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      WrittenRecord one = batch.get(i);
      Key key = new Key(one.dimensions(), one.time());
      Kept former = kept.get(key);
      String problem = problem(one, now);
      if (problem == null && !inRequest.add(key)) {
        problem = "A duplicate of the record is in the same request.";
      }
      if (problem != null) {
        rejected.add(new ServiceError.Rejected(i, problem, null));
      } else if (former != null && former.version() >= one.version()) {
        if (!former.values().entrySet().containsAll(one.values().entrySet())) {
          rejected.add(
              new ServiceError.Rejected(
                  i,
                  "The record version %d is lower than or equal to the existing version %d."
                      .formatted(one.version(), former.version()),
                  former.version()));
        }
      } else {
        Map<String, WrittenRecord.Value> values = new LinkedHashMap<>();
        if (former != null) {
          values.putAll(former.values());
          replaced.add(former.id());
        }
        values.putAll(one.values());
        taken.put(key, new Kept(records++, one.version(), values));
      }
    }
    store(taken, replaced);
    return rejected;
  }

  private @Nullable String problem(WrittenRecord one, Instant now) {
    Instant oldest = takesLate ? now.minus(memory).minus(magnetic) : now.minus(memory);
    if (one.time().isBefore(oldest) || one.time().isAfter(now.plus(AHEAD))) {
      return "The record timestamp is outside the time range [%s, %s) of the data ingestion window."
          .formatted(oldest, now.plus(AHEAD));
    }
    if (isBySensor && !one.dimensions().containsKey("sensor_id")) {
      return "The partition key dimension sensor_id is missing.";
    }
    if (one.dimensionBytes() > 2_048 || one.bytes() > 2_048) {
      return "The record exceeds the maximum size of 2 KB.";
    }
    Set<String> names = new HashSet<>(measures);
    names.addAll(one.values().keySet());
    if (names.size() > 1_024) {
      return "The table exceeds the limit of 1024 unique measures.";
    }
    for (Map.Entry<String, WrittenRecord.Value> value : one.values().entrySet()) {
      String type = columns.get(value.getKey());
      if (type != null && !type.equals(value.getValue().type())) {
        return "Measure %s is of type %s.".formatted(value.getKey(), type);
      }
    }
    for (String column : one.values().keySet()) {
      for (String known : columns.keySet()) {
        if (known.equalsIgnoreCase(column) && !known.equals(column)) {
          return "Columns %s and %s differ only in case.".formatted(known, column);
        }
      }
    }
    return null;
  }

  private void store(Map<Key, Kept> taken, List<Long> replaced) {
    try {
      for (Map.Entry<Key, Kept> one : taken.entrySet()) {
        for (String dimension : one.getKey().dimensions().keySet()) {
          addColumn(dimension, "DIMENSION", "VARCHAR");
        }
        for (Map.Entry<String, WrittenRecord.Value> value : one.getValue().values().entrySet()) {
          addColumn(value.getKey(), value.getValue().type(), value.getValue().type());
          measures.add(value.getKey());
        }
      }
      execute("BEGIN");
      if (!replaced.isEmpty()) {
        execute(
            "DELETE FROM %s WHERE \"#\" IN (%s)"
                .formatted(
                    sqlName(), String.join(",", replaced.stream().map(String::valueOf).toList())));
      }
      try (DuckDBAppender appender =
          ((DuckDBConnection) connection).createAppender(database, name)) {
        for (Map.Entry<Key, Kept> one : taken.entrySet()) {
          append(appender, one.getKey(), one.getValue());
        }
      }
      execute("COMMIT");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    kept.putAll(taken);
  }

  private void append(DuckDBAppender appender, Key key, Kept one) throws SQLException {
    appender.beginRow();
    appender.append(one.id());
    for (Map.Entry<String, String> column : columns.entrySet()) {
      String dimension = key.dimensions().get(column.getKey());
      WrittenRecord.Value value = one.values().get(column.getKey());
      switch (column.getValue()) {
        case "MEASURE_NAME" -> appender.append("air_quality");
        case "TIMESTAMP" -> appender.appendEpochMicros(key.time().getEpochSecond() * 1_000_000);
        default -> {
          if (dimension != null) {
            appender.append(dimension);
          } else if (value == null) {
            appender.appendNull();
          } else {
            append(appender, value);
          }
        }
      }
    }
    appender.endRow();
  }

  private static void append(DuckDBAppender appender, WrittenRecord.Value value)
      throws SQLException {
    switch (value.type()) {
      case "DOUBLE" -> appender.append(Double.parseDouble(value.text()));
      case "BIGINT" -> appender.append(Long.parseLong(value.text()));
      case "BOOLEAN" -> appender.append(Boolean.parseBoolean(value.text()));
      default -> appender.append(value.text());
    }
  }

  private void addColumn(String column, String kind, String type) throws SQLException {
    if (columns.putIfAbsent(column, kind) == null) {
      execute("ALTER TABLE %s ADD COLUMN \"%s\" %s".formatted(sqlName(), column, type));
    }
  }

  /** Answers a statement; a cell is text or nothing. */
  List<List<@Nullable String>> query(String sql) {
    if (sql.equals("DESCRIBE " + sqlName())) {
      List<List<@Nullable String>> described = new ArrayList<>();
      columns.forEach((column, kind) -> described.add(List.of(column, "varchar", kind)));
      return described;
    }
    if (!sql.contains("\"time\" >= from_milliseconds(")
        || !sql.contains("measure_name = 'air_quality'")) {
      throw ServiceError.validation("the query would read the whole table: " + sql);
    }
    return answer(sql);
  }

  /** Answers a statement, whatever it would cost. */
  List<List<@Nullable String>> answer(String sql) {
    List<List<@Nullable String>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int width = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<@Nullable String> row = new ArrayList<>(width);
        for (int i = 1; i <= width; i++) {
          Object cell = result.getObject(i);
          row.add(cell == null ? null : cell.toString());
        }
        rows.add(row);
      }
    } catch (SQLException e) {
      throw ServiceError.validation(String.valueOf(e.getMessage()));
    }
    return rows;
  }

  private String sqlName() {
    return "\"%s\".\"%s\"".formatted(database, name);
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private record Key(Map<String, String> dimensions, Instant time) {}

  private record Kept(long id, long version, Map<String, WrittenRecord.Value> values) {}
}
