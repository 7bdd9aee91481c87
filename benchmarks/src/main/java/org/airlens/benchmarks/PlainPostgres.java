package org.airlens.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalDouble;
import org.airlens.model.Position;
import org.airlens.model.Reading;
import org.postgresql.PGConnection;

/**
 * The peer of the PostgreSQL store: the same server without AirLens's layout, as one would make it
 * in an afternoon. One table with all fields in each row, loaded with COPY, then a primary key
 * (sensor, time) and an index on time. Only for histories: what it has already it takes for an
 * error once {@link #settle}d.
 */
final class PlainPostgres implements StoreCandidate {

  private static final int CONNECTIONS = 10;

  /** The columns that answers tell come first, those that they only carry after. */
  private static final String COLUMNS =
      "extract(epoch FROM ts), sensor_id, aqi, \"P1\", \"P2\", temperature, humidity, pressure,"
          + " country, latitude, longitude, altitude, location_id, sensor_pin, sensor_type_id,"
          + " sensor_type_name, sensor_type_manufacturer, indoor";

  private static final int TOLD = 3 + MEASURES.size();

  private final PostgresServer.Place place;
  private HikariDataSource connections;

  PlainPostgres(PostgresServer.Place place) throws SQLException {
    this.place = place;
    connections = connect();
    execute(
        """
        CREATE TABLE readings (
          ts timestamptz NOT NULL, country text, latitude float8, longitude float8, altitude float8,
          location_id bigint, sensor_id bigint NOT NULL, sensor_pin text, sensor_type_id integer,
          sensor_type_name text, sensor_type_manufacturer text, indoor boolean, aqi integer,
          "P1" float8, "P2" float8, temperature float8, humidity float8, pressure float8)
        """);
  }

  @Override
  public String name() {
    return "plain PostgreSQL";
  }

  @Override
  public void write(List<Reading> batch) throws SQLException, IOException {
    try (Connection connection = connections.getConnection()) {
      StringBuilder rows = new StringBuilder();
      batch.forEach(reading -> append(rows, reading));
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(
              "COPY readings FROM STDIN",
              new ByteArrayInputStream(rows.toString().getBytes(StandardCharsets.UTF_8)));
    }
  }

  @Override
  public void settle() throws SQLException {
    execute("ALTER TABLE readings ADD PRIMARY KEY (sensor_id, ts)");
    execute("CREATE INDEX ON readings (ts)");
    place.vacuum();
  }

  @Override
  public int latest() throws SQLException {
    return ask(1, "SELECT DISTINCT ON (sensor_id) * FROM readings ORDER BY sensor_id, ts DESC")
        .size();
  }

  @Override
  public Answer series(long sensorId, Instant from, Instant to, Duration bucket)
      throws SQLException {
    return ask(
        2,
        """
        SELECT floor(extract(epoch FROM ts) / %1$d) * %1$d AS bucket, avg("P2") FROM readings
        WHERE sensor_id = ? AND ts >= ? AND ts < ? AND "P2" IS NOT NULL GROUP BY 1 ORDER BY 1
        """
            .formatted(bucket.toSeconds()),
        sensorId,
        utc(from),
        utc(to));
  }

  @Override
  public Answer series(String country, Instant from, Instant to, Duration bucket)
      throws SQLException {
    return ask(
        3,
        """
        SELECT sensor_id, floor(extract(epoch FROM ts) / %1$d) * %1$d AS bucket, avg("P2")
        FROM readings WHERE country = ? AND ts >= ? AND ts < ? AND "P2" IS NOT NULL
        GROUP BY 1, 2 ORDER BY 1, 2
        """
            .formatted(bucket.toSeconds()),
        country,
        utc(from),
        utc(to));
  }

  @Override
  public Answer table(String country, Instant from, Instant to) throws SQLException {
    return ask(
        TOLD,
        "SELECT "
            + COLUMNS
            + " FROM readings WHERE country = ? AND ts >= ? AND ts < ? ORDER BY ts DESC, sensor_id"
            + " LIMIT 1000",
        country,
        utc(from),
        utc(to));
  }

  @Override
  public Answer stats(Instant from, Instant to) throws SQLException {
    return ask(
        6,
        """
        SELECT count("P2"), min("P2"), avg("P2"), max("P2"),
          percentile_cont(%s) WITHIN GROUP (ORDER BY "P2"), count(DISTINCT sensor_id)
        FROM readings WHERE ts >= ? AND ts < ? AND "P2" IS NOT NULL
        """
            .formatted(QUANTILE),
        utc(from),
        utc(to));
  }

  @Override
  public long count() throws SQLException {
    return (long) ask(1, "SELECT count(*) FROM readings").numbers()[0];
  }

  @Override
  public long bytes() throws SQLException {
    return (long) ask(1, "SELECT pg_total_relation_size('readings')").numbers()[0];
  }

  @Override
  public void open() {
    connections = connect();
  }

  @Override
  public void close() {
    connections.close();
  }

  private HikariDataSource connect() {
    HikariConfig config = new HikariConfig();
    config.setDataSource(place.source());
    config.setMaximumPoolSize(CONNECTIONS);
    return new HikariDataSource(config);
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connections.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Answer ask(int columns, String sql, Object... parameters) throws SQLException {
    try (Connection connection = connections.getConnection()) {
      return SqlAnswers.ask(connection, columns, sql, parameters);
    }
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  /** In COPY's text format; names of the synthetic network need no escape. */
  private static void append(StringBuilder rows, Reading reading) {
    Position position = reading.location().position().orElseThrow();
    rows.append(reading.timestamp()).append('\t');
    rows.append(reading.location().country()).append('\t');
    rows.append(position.latitude()).append('\t').append(position.longitude()).append('\t');
    append(rows, reading.location().altitude()).append('\t');
    rows.append(reading.location().id()).append('\t');
    rows.append(reading.sensor().id()).append('\t').append(reading.sensor().pin()).append('\t');
    rows.append(reading.sensor().type().id()).append('\t');
    rows.append(reading.sensor().type().name()).append('\t');
    rows.append(reading.sensor().type().manufacturer()).append('\t');
    rows.append(reading.location().indoor().orElse(false) ? 't' : 'f').append('\t');
    if (reading.aqi().isPresent()) {
      rows.append(reading.aqi().getAsInt());
    } else {
      rows.append("\\N");
    }
    for (String measure : MEASURES) {
      append(rows.append('\t'), reading.values().get(measure));
    }
    rows.append('\n');
  }

  private static StringBuilder append(StringBuilder rows, OptionalDouble value) {
    return value.isPresent() ? rows.append(value.getAsDouble()) : rows.append("\\N");
  }
}
