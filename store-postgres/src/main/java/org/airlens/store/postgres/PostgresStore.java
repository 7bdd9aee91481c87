package org.airlens.store.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.airlens.store.Durability;
import org.airlens.store.ReadingChanges;
import org.airlens.store.ReadingReader;
import org.airlens.store.ReadingWriter;
import org.airlens.store.SensorDirectory;
import org.airlens.store.SeriesReader;
import org.airlens.store.Store;
import org.airlens.store.StoreException;
import org.airlens.store.StoreStatus;

/**
 * Readings in PostgreSQL. Of all processes that open a schema, one writes; the others read, and
 * follow it. Thread-safe.
 */
public final class PostgresStore implements Store {

  private static final Duration SIZE_HOLDS = Duration.ofMinutes(1);

  private final Connections connections;
  private final Optional<TableWriting> writing;
  private final Optional<RollUps> rollUps;
  private final OtherNames otherNames;
  private final TableReadings readings;
  private final TableSeries series;
  private final TableSensors sensors;
  private final Changes changes;

  private long size;
  private long sizeKnownUntil;

  private PostgresStore(Connections connections, Optional<Durability> toWrite) {
    this.connections = connections;
    Origins origins = new Origins();
    RowReading rows = new RowReading(origins);
    otherNames = new OtherNames(connections);
    writing =
        toWrite.map(durability -> new TableWriting(connections, origins, otherNames, durability));
    rollUps = toWrite.map(_ -> new RollUps(connections));
    readings = new TableReadings(connections, rows, otherNames);
    series = new TableSeries(connections, origins, otherNames);
    sensors = new TableSensors(connections, rows);
    changes = new Changes(connections, rows, readings);
    sizeKnownUntil = System.nanoTime();
  }

  /**
   * Opens the store to write and read; makes its tables, or brings them up to date.
   *
   * @param uri {@code postgresql://…}
   * @throws StoreException when the server can't be reached or refuses, when another process
   *     writes, or when the tables are of a newer AirLens
   */
  public static PostgresStore open(String uri, Durability durability) {
    return opened(
        PostgresAddress.parse(uri),
        connections -> {
          Schema.migrate(connections);
          PostgresStore store = new PostgresStore(connections, Optional.of(durability));
          store.writing.ifPresent(TableWriting::begin);
          return store;
        });
  }

  /**
   * Opens the store to read only, beside the process that writes and others that read.
   *
   * @param uri {@code postgresql://…}
   * @throws StoreException when the server can't be reached or refuses, or when the tables are not
   *     there or of another version
   */
  public static PostgresStore openForReading(String uri) {
    return opened(
        PostgresAddress.parse(uri),
        connections -> {
          Schema.check(connections);
          return new PostgresStore(connections, Optional.empty());
        });
  }

  private static PostgresStore opened(PostgresAddress address, Opening opening) {
    Connections connections = Connections.to(address);
    try {
      return opening.with(connections);
    } catch (RuntimeException | Error e) {
      connections.close();
      throw e;
    }
  }

  @Override
  public ReadingWriter writer() {
    return writing.orElseThrow(this::onlyReading);
  }

  @Override
  public ReadingReader readings() {
    return readings;
  }

  @Override
  public SeriesReader series() {
    return series;
  }

  @Override
  public SensorDirectory sensors() {
    return sensors;
  }

  @Override
  public Optional<ReadingChanges> changes() {
    return Optional.of(changes);
  }

  @Override
  public StoreStatus status() {
    long bytes = bytes();
    return connections
        .first(
            "ask for the status",
            Sql.of(
                """
                SELECT coalesce((SELECT sum(readings) FROM days), 0)::bigint,
                  min(first_ts), max(newest_ts)
                FROM sensors
                """),
            row ->
                new StoreStatus(
                    PostgresAddress.SCHEME,
                    connections.address().description(),
                    row.getLong(1),
                    bytes,
                    instant(row, 2),
                    instant(row, 3),
                    writing.flatMap(TableWriting::problem).or(changes::problem)))
        .orElseThrow();
  }

  private static Optional<Instant> instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column) == null
        ? Optional.empty()
        : Optional.of(RowReading.instant(row, column));
  }

  /** Why what follows the writer lags behind; empty when it does not. */
  Optional<String> followersProblem() {
    return changes.problem();
  }

  /** The size on disk, asked for now and then: it is a look at every file. */
  private synchronized long bytes() {
    if (System.nanoTime() - sizeKnownUntil >= 0) {
      size =
          connections
              .first("ask for the size", Sql.of("SELECT bytes_on_disk()"), row -> row.getLong(1))
              .orElse(0L);
      sizeKnownUntil = System.nanoTime() + SIZE_HOLDS.toNanos();
    }
    return size;
  }

  @Override
  public int dropBefore(Instant cutoff) {
    TableWriting writer = writing.orElseThrow(this::onlyReading);
    LocalDate day = Sql.timestamp(cutoff).withOffsetSameInstant(ZoneOffset.UTC).toLocalDate();
    boolean isSomeOlder =
        connections
            .first(
                "look for old days",
                Sql.of("SELECT EXISTS (SELECT FROM days WHERE day < ?)", day),
                row -> row.getBoolean(1))
            .orElseThrow();
    return isSomeOlder ? rollUps.orElseThrow().instead(() -> writer.dropBefore(day)) : 0;
  }

  @Override
  public boolean rollUp(Duration quiet) {
    return rollUps.orElseThrow(this::onlyReading).rollUp(quiet);
  }

  @Override
  public void close() {
    connections.refuse();
    changes.close();
    rollUps.ifPresent(RollUps::close);
    // The write under way ends first: it is acknowledged, or was not done.
    writing.ifPresent(TableWriting::close);
    connections.close();
  }

  private StoreException onlyReading() {
    return new StoreException(
        "%s was opened to read only; airlens up and airlens collect write"
            .formatted(connections.address().description()));
  }

  /** What is done once there are connections. */
  @FunctionalInterface
  private interface Opening {
    PostgresStore with(Connections connections);
  }
}
