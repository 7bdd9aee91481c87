package org.airlens.store.postgres;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.airlens.store.StoreException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.postgresql.ds.PGSimpleDataSource;

/** The tables' version: brought up to date by the writer, checked by everybody. */
final class Schema {

  private static final String MIGRATIONS = "classpath:org/airlens/store/postgres/migrations";
  private static final String HISTORY = "schema_history";

  /** The oldest server with all that the statements use. */
  private static final int OLDEST_SERVER = 140_000;

  /** A migration may rewrite tables. */
  private static final Duration LONGEST_STEP = Duration.ofHours(24);

  private final Connections connections;
  private final Flyway flyway;

  private Schema(Connections connections) {
    this.connections = connections;
    flyway =
        Flyway.configure()
            .dataSource(source(connections.address()))
            .schemas(connections.address().schema())
            .defaultSchema(connections.address().schema())
            .table(HISTORY)
            .locations(MIGRATIONS)
            .failOnMissingLocations(true)
            .placeholderReplacement(false)
            .loggers("slf4j")
            .load();
  }

  /**
   * Makes the tables, or brings them up to date; several processes may try at once.
   *
   * @throws StoreException when that fails, or they are of a newer AirLens
   */
  static void migrate(Connections connections) {
    checkServer(connections);
    Schema schema = new Schema(connections);
    try {
      schema.checkNotNewer();
      schema.flyway.migrate();
    } catch (FlywayException e) {
      throw schema.failure("bring its tables up to date", e);
    }
  }

  /**
   * Checks that the tables are there and of this version.
   *
   * @throws StoreException when they are not
   */
  static void check(Connections connections) {
    checkServer(connections);
    Schema schema = new Schema(connections);
    try {
      schema.checkNotNewer();
      schema.checkNotOlder();
    } catch (FlywayException e) {
      throw schema.failure("check its tables", e);
    }
  }

  private static void checkServer(Connections connections) {
    List<Integer> version;
    try (var connection = connections.single("start", Duration.ofSeconds(30))) {
      version =
          Connections.list(
              connection,
              Sql.of("SELECT current_setting('server_version_num')::int"),
              row -> row.getInt(1));
    } catch (SQLException e) {
      throw connections.failure("open the store", e);
    }
    if (version.getFirst() < OLDEST_SERVER) {
      throw new StoreException(
          "%s runs PostgreSQL %d; AirLens needs 14 or newer"
              .formatted(connections.address().description(), version.getFirst() / 10_000));
    }
  }

  private void checkNotNewer() {
    List<String> unknown =
        Arrays.stream(flyway.info().applied())
            .filter(applied -> applied.getState().isApplied() && !applied.getState().isResolved())
            .map(applied -> String.valueOf(applied.getVersion()))
            .toList();
    if (!unknown.isEmpty()) {
      throw new StoreException(
          "the tables in %s were made by a newer AirLens (version %s); run that one or a newer"
              .formatted(connections.address().description(), unknown.getLast()));
    }
  }

  private void checkNotOlder() {
    Optional<MigrationInfo> current = Optional.ofNullable(flyway.info().current());
    if (current.isEmpty()) {
      throw new StoreException(
          "%s holds no AirLens tables yet; start airlens up or airlens collect on it first"
              .formatted(connections.address().description()));
    }
    if (flyway.info().pending().length > 0) {
      throw new StoreException(
          "the tables in %s are of an older AirLens (version %s); start this one's airlens up or"
                  .formatted(
                      connections.address().description(),
                      String.valueOf(current.get().getVersion()))
              + " airlens collect first, which brings them up to date");
    }
  }

  private StoreException failure(String doing, FlywayException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return connections.failure(doing, sql);
      }
    }
    return new StoreException(
        "can't %s: %s: %s"
            .formatted(doing, connections.address().description(), failure.getMessage()),
        failure);
  }

  private static PGSimpleDataSource source(PostgresAddress address) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(address.jdbcUrl());
    Properties properties = address.driverProperties("migration", LONGEST_STEP);
    try {
      for (String name : properties.stringPropertyNames()) {
        source.setProperty(name, properties.getProperty(name));
      }
    } catch (SQLException e) {
      throw new StoreException("the driver takes no such parameter: " + e.getMessage(), e);
    }
    return source;
  }
}
