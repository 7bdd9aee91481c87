package org.airlens.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.airlens.store.StoreException;
import org.postgresql.Driver;

/**
 * Connections to the database: a pool that readers share, read-only, and single ones for who keeps
 * theirs. Thread-safe.
 */
final class Connections implements AutoCloseable {

  private static final Duration ROOM_WITHIN = Duration.ofSeconds(5);
  private static final int VALID_WITHIN_SECONDS = 5;
  private static final Duration OLDEST = Duration.ofMinutes(30);
  private static final Duration AFTER_THE_TIMEOUT = Duration.ofSeconds(15);

  private final PostgresAddress address;
  private final Failures failures;
  private final HikariDataSource pool;
  private volatile boolean closed;

  private Connections(PostgresAddress address, HikariDataSource pool) {
    this.address = address;
    this.pool = pool;
    failures = new Failures(address);
  }

  /** Makes the pool; it connects when it is asked to. */
  static Connections to(PostgresAddress address) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("airlens-postgres");
    config.setJdbcUrl(address.jdbcUrl());
    config.setDataSourceProperties(
        address.driverProperties("reader", address.statementTimeout().plus(AFTER_THE_TIMEOUT)));
    config.setConnectionInitSql(
        settings(address)
            + "SET default_transaction_read_only = on;"
            + "SET statement_timeout = '%ds';".formatted(address.statementTimeout().toSeconds())
            // Plans depend on the time asked for, more than planning costs.
            + "SET plan_cache_mode = force_custom_plan;"
            // Who reads too slowly must not keep old rows for ever.
            + "SET idle_in_transaction_session_timeout = '10min'");
    config.setMaximumPoolSize(address.connections());
    config.setMinimumIdle(1);
    config.setMaxLifetime(OLDEST.toMillis());
    config.setConnectionTimeout(ROOM_WITHIN.toMillis());
    config.setInitializationFailTimeout(-1);
    // The pool would ask the first connection, and refuse all others when the server goes
    // meanwhile.
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    return new Connections(address, new HikariDataSource(config));
  }

  /** What every session is told first. */
  private static String settings(PostgresAddress address) {
    return "SET search_path TO "
        + Sql.identifier(address.schema())
        + ';'
        + "SET timezone TO 'UTC';"
        // A server of another system than Linux may not be able to: it is a comfort only.
        + "DO $$BEGIN PERFORM set_config('client_connection_check_interval', '1s', false);"
        + " EXCEPTION WHEN OTHERS THEN NULL; END$$;";
  }

  /**
   * A connection of one's own, which the caller closes.
   *
   * @param purpose shown in {@code pg_stat_activity}
   * @param silence after how much silence of the server it is given up
   */
  Connection single(String purpose, Duration silence) throws SQLException {
    if (closed) {
      throw closed();
    }
    Properties properties = address.driverProperties(purpose, silence);
    Connection connection = new Driver().connect(address.jdbcUrl(), properties);
    if (connection == null) {
      throw new IllegalStateException("no JDBC URL: " + address.jdbcUrl());
    }
    try (PreparedStatement statement = connection.prepareStatement(settings(address))) {
      statement.execute();
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Where this is. */
  PostgresAddress address() {
    return address;
  }

  /**
   * Runs work on a reader's connection, each statement a transaction of its own.
   *
   * @param doing what it does, told when it fails
   */
  <T> T read(String doing, Work<T> work) {
    try (Connection connection = borrow()) {
      return work.on(connection);
    } catch (SQLException e) {
      throw failure(doing, e);
    }
  }

  /** A reader's connection, which the caller closes. */
  Connection borrow() throws SQLException {
    if (closed) {
      throw closed();
    }
    for (int attempt = 1; ; attempt++) {
      Connection connection = pool.getConnection();
      if (closed) { // What a pool gives away while it is being closed may be nothing.
        pool.evictConnection(connection);
        throw closed();
      }
      // The pool itself trusts one that was used a moment ago, and the server may be another since.
      if (attempt > address.connections() || connection.isValid(VALID_WITHIN_SECONDS)) {
        return connection;
      }
      pool.evictConnection(connection);
      connection.close();
    }
  }

  /** The rows of a query, which must be few. */
  <T> List<T> list(String doing, Sql sql, Row<T> row) {
    return read(doing, connection -> list(connection, sql, row));
  }

  /** The only row of a query. */
  <T> Optional<T> first(String doing, Sql sql, Row<T> row) {
    return list(doing, sql, row).stream().findFirst();
  }

  /** The rows of a query on a connection. */
  static <T> List<T> list(Connection connection, Sql sql, Row<T> row) throws SQLException {
    try (PreparedStatement statement = sql.prepare(connection);
        ResultSet rows = statement.executeQuery()) {
      List<T> read = new ArrayList<>();
      while (rows.next()) {
        read.add(row.read(rows));
      }
      return read;
    }
  }

  /** A failure in words; also when it is one because the store was closed. */
  StoreException failure(String doing, SQLException failure) {
    return closed ? closed() : failures.of(doing, failure);
  }

  /** That the store is closed. */
  StoreException closed() {
    return new StoreException("the store " + address.description() + " is closed");
  }

  /** Whether the store is closed. */
  boolean isClosed() {
    return closed;
  }

  /** Lets nobody begin anything any more. */
  void refuse() {
    closed = true;
  }

  /** Cuts off who still reads: they learn that the store is closed. */
  @Override
  public void close() {
    closed = true;
    pool.close();
  }

  /** What is done with a connection. */
  @FunctionalInterface
  interface Work<T> {
    /** Does it. */
    T on(Connection connection) throws SQLException;
  }

  /** What is made of a row. */
  @FunctionalInterface
  interface Row<T> {
    /** Reads the current row. */
    T read(ResultSet row) throws SQLException;
  }
}
