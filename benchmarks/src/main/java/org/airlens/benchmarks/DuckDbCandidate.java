package org.airlens.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.airlens.model.Position;
import org.airlens.model.Reading;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * The peer: the same columns in a DuckDB table with a primary key, written through its appender
 * into a staging table, as its manual recommends for batches with conflicts.
 */
final class DuckDbCandidate implements StoreCandidate {

  private final Path file;
  private DuckDBConnection connection;

  DuckDbCandidate(Path folder) throws Exception {
    Files.createDirectories(folder);
    file = folder.resolve("readings.duckdb");
    connection = connect();
    try (Statement statement = connection.createStatement()) {
      String columns =
          "ts BIGINT, sensor_id BIGINT, location_id BIGINT, latitude DOUBLE, longitude DOUBLE,"
              + " altitude DOUBLE, country VARCHAR, indoor BOOLEAN, pin VARCHAR, type_id INTEGER,"
              + " type_name VARCHAR, manufacturer VARCHAR, aqi INTEGER, "
              + String.join(" DOUBLE, ", MEASURES)
              + " DOUBLE";
      statement.execute("CREATE TABLE readings(" + columns + ", PRIMARY KEY (sensor_id, ts))");
    }
    prepareStaging();
  }

  @Override
  public String name() {
    return "DuckDB";
  }

  @Override
  public void write(List<Reading> batch) throws SQLException {
    try (DuckDBAppender appender =
        connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, "staging")) {
      for (Reading reading : batch) {
        append(appender, reading);
      }
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO readings SELECT * FROM staging ON CONFLICT DO NOTHING");
      statement.execute("TRUNCATE staging");
    }
  }

  @Override
  public void settle() {
    // Its manual advises nothing.
  }

  @Override
  public int latest() throws SQLException {
    return ask(
            1,
            "SELECT * FROM readings"
                + " QUALIFY row_number() OVER (PARTITION BY sensor_id ORDER BY ts DESC) = 1")
        .size();
  }

  @Override
  public Answer series(long sensorId, Instant from, Instant to, Duration bucket)
      throws SQLException {
    return ask(
        2,
        "SELECT ts // %1$d * %1$d AS bucket, avg(P2) FROM readings WHERE sensor_id = ? AND ts >= ? AND ts < ? AND P2 IS NOT NULL GROUP BY bucket ORDER BY bucket"
            .formatted(bucket.toSeconds()),
        sensorId,
        from.getEpochSecond(),
        to.getEpochSecond());
  }

  @Override
  public Answer series(String country, Instant from, Instant to, Duration bucket)
      throws SQLException {
    return ask(
        3,
        "SELECT sensor_id, ts // %1$d * %1$d AS bucket, avg(P2) FROM readings WHERE country = ? AND ts >= ? AND ts < ? AND P2 IS NOT NULL GROUP BY sensor_id, bucket ORDER BY sensor_id, bucket"
            .formatted(bucket.toSeconds()),
        country,
        from.getEpochSecond(),
        to.getEpochSecond());
  }

  @Override
  public Answer table(String country, Instant from, Instant to) throws SQLException {
    return ask(
        3 + MEASURES.size(),
        "SELECT ts, sensor_id, aqi, %s, location_id, latitude, longitude, altitude, country, indoor, pin, type_id, type_name, manufacturer FROM readings WHERE country = ? AND ts >= ? AND ts < ? ORDER BY ts DESC, sensor_id LIMIT 1000"
            .formatted(String.join(", ", MEASURES)),
        country,
        from.getEpochSecond(),
        to.getEpochSecond());
  }

  @Override
  public Answer stats(Instant from, Instant to) throws SQLException {
    return ask(
        6,
        "SELECT count(P2), min(P2), avg(P2), max(P2), quantile_cont(P2, %s), count(DISTINCT sensor_id) FROM readings WHERE ts >= ? AND ts < ? AND P2 IS NOT NULL"
            .formatted(QUANTILE),
        from.getEpochSecond(),
        to.getEpochSecond());
  }

  @Override
  public long count() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT count(*) FROM readings")) {
      result.next();
      return result.getLong(1);
    }
  }

  @Override
  public long bytes() throws Exception {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CHECKPOINT");
    }
    try (Stream<Path> files = Files.list(file.getParent())) {
      long total = 0;
      for (Path each : files.toList()) {
        total += Files.size(each);
      }
      return total;
    }
  }

  @Override
  public void open() throws Exception {
    connection = connect();
    prepareStaging();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private DuckDBConnection connect() throws SQLException {
    return (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:" + file);
  }

  private void prepareStaging() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TEMP TABLE staging AS FROM readings LIMIT 0");
    }
  }

  private Answer ask(int columns, String sql, Object... parameters) throws SQLException {
    // A connection of its own for each query: readers run beside the writer.
    try (Connection reader = connection.duplicate()) {
      return SqlAnswers.ask(reader, columns, sql, parameters);
    }
  }

  private static void append(DuckDBAppender appender, Reading reading) throws SQLException {
    appender.beginRow();
    appender.append(reading.timestamp().getEpochSecond());
    appender.append(reading.sensor().id());
    appender.append(reading.location().id());
    Position position = reading.location().position().orElseThrow();
    appender.append(position.latitude());
    appender.append(position.longitude());
    append(appender, reading.location().altitude());
    appender.append(reading.location().country());
    appender.append(reading.location().indoor().orElse(false));
    appender.append(reading.sensor().pin());
    appender.append(reading.sensor().type().id());
    appender.append(reading.sensor().type().name());
    appender.append(reading.sensor().type().manufacturer());
    if (reading.aqi().isPresent()) {
      appender.append(reading.aqi().getAsInt());
    } else {
      appender.appendNull();
    }
    for (String measure : MEASURES) {
      append(appender, reading.values().get(measure));
    }
    appender.endRow();
  }

  private static void append(DuckDBAppender appender, OptionalDouble value) throws SQLException {
    if (value.isPresent()) {
      appender.append(value.getAsDouble());
    } else {
      appender.appendNull();
    }
  }
}
