package org.airlens.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The peer of a backfill, in a process of its own: DuckDB's CSV reader into a DuckDB table of the
 * same columns, made durable at the end. Nothing is checked, indexed or deduplicated unless the way
 * says so.
 */
final class DuckDbLoad {

  private static final String COLUMNS =
      "sensor_id BIGINT, sensor_type VARCHAR, location BIGINT, lat DOUBLE, lon DOUBLE,"
          + " timestamp TIMESTAMP";

  /** Each make's columns after the common ones. */
  private static final List<Make> MAKES =
      List.of(
          new Make("sds011", List.of("P1", "durP1", "ratioP1", "P2", "durP2", "ratioP2")),
          new Make("dht22", List.of("temperature", "humidity")),
          new Make(
              "bme280",
              List.of("pressure", "altitude", "pressure_sealevel", "temperature", "humidity")));

  private record Make(String name, List<String> values) {}

  /** How it is told to read. */
  enum Way {
    /** A statement for each make that names the columns and their types: its fastest. */
    TYPED,
    /** As before, into a table with a primary key that drops duplicates. */
    KEYED,
    /** One statement that finds out the columns of each file. */
    SNIFFED
  }

  private DuckDbLoad() {}

  /** Loads: the way, the archive's folder, the database's file. */
  public static void main(String[] arguments) throws SQLException {
    Way way = Way.valueOf(arguments[0]);
    Path archive = Path.of(arguments[1]);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + arguments[2]);
        Statement statement = connection.createStatement()) {
      if (way == Way.SNIFFED) {
        statement.execute(
            "CREATE TABLE readings AS FROM read_csv('%s/*/*.csv', delim = ';', union_by_name = true)"
                .formatted(archive));
      } else {
        typed(statement, archive, way == Way.KEYED);
      }
      statement.execute("CHECKPOINT");
      try (ResultSet result = statement.executeQuery("SELECT count(*) FROM readings")) {
        result.next();
        System.out.println("rows: " + result.getLong(1));
      }
    }
  }

  private static void typed(Statement statement, Path archive, boolean keyed) throws SQLException {
    statement.execute(
        "CREATE TABLE readings("
            + COLUMNS
            + ", P1 DOUBLE, durP1 DOUBLE, ratioP1 DOUBLE, P2 DOUBLE, durP2 DOUBLE, ratioP2 DOUBLE,"
            + " pressure DOUBLE, altitude DOUBLE, pressure_sealevel DOUBLE, temperature DOUBLE,"
            + " humidity DOUBLE"
            + (keyed ? ", PRIMARY KEY (sensor_id, timestamp))" : ")"));
    for (Make make : MAKES) {
      StringBuilder columns = new StringBuilder();
      for (String column : (COLUMNS + ", " + doubles(make)).split(", ", -1)) {
        String[] parts = column.split(" ", -1);
        columns
            .append(columns.isEmpty() ? "" : ", ")
            .append("'%s': '%s'".formatted(parts[0], parts[1]));
      }
      statement.execute(
          "INSERT INTO readings BY NAME FROM read_csv('%s/*/*_%s_sensor_*.csv', delim = ';', header = true, auto_detect = false, columns = {%s})%s"
              .formatted(archive, make.name(), columns, keyed ? " ON CONFLICT DO NOTHING" : ""));
    }
  }

  private static String doubles(Make make) {
    return String.join(" DOUBLE, ", make.values()) + " DOUBLE";
  }
}
