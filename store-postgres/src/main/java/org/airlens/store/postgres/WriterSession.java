package org.airlens.store.postgres;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.airlens.store.Durability;
import org.airlens.store.StoreException;

/**
 * The one connection that writes. The right to write is an advisory lock that this connection
 * holds: who lost the one has lost the other, so two can never write. Not thread-safe.
 */
final class WriterSession implements AutoCloseable {

  /** The first half of the lock's key, in which no other program is likely to lock. */
  private static final int LOCK = 0x41_69_72_4C; // AirL

  /** One who was killed just now still holds the lock until the server notices. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final Duration LONGEST_STATEMENT = Duration.ofMinutes(5);
  private static final Duration LONGEST_SILENCE = LONGEST_STATEMENT.plusSeconds(15);

  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final Connection connection;

  private WriterSession(Connection connection) {
    this.connection = connection;
  }

  /**
   * Connects and takes the right to write.
   *
   * @throws StoreException when another process has it
   */
  static WriterSession open(Connections connections, Durability durability) throws SQLException {
    Connection connection = connections.single("writer " + here(), LONGEST_SILENCE);
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "SET statement_timeout = '%ds'; SET lock_timeout = '%ds';"
                  .formatted(LONGEST_STATEMENT.toSeconds(), PATIENCE.toSeconds())
              // A writer whose machine is gone must not keep the lock for hours.
              + "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5;"
              + "SET tcp_keepalives_count = 3");
      statement.execute(durability(durability));
      checkOwner(connections, connection);
      lock(connections, connection);
      statement.execute(
          "CREATE TEMPORARY TABLE incoming ON COMMIT DELETE ROWS AS SELECT "
              + String.join(", ", CopyRows.COLUMNS)
              + " FROM readings WITH NO DATA");
      return new WriterSession(connection);
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  Connection connection() {
    return connection;
  }

  /** Undoes what was not committed; returns whether the session can be used further. */
  boolean rollback() {
    try {
      if (!connection.getAutoCommit()) {
        connection.rollback();
      }
      return connection.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // It is gone all the same.
    }
  }

  /**
   * A commit that the server only promised to make durable survives the end of this process, not
   * that of the server's machine.
   */
  private static String durability(Durability durability) {
    return switch (durability) {
      case PROCESS -> "SET synchronous_commit = off";
      case POWER ->
          "SELECT set_config('synchronous_commit', 'on', false)"
              + " WHERE current_setting('synchronous_commit') = 'off'";
    };
  }

  /** Days get partitions, which only the tables' owner can make. */
  private static void checkOwner(Connections connections, Connection connection)
      throws SQLException {
    Sql query =
        Sql.of(
            "SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = 'readings'::regclass");
    if (!Connections.list(connection, query, row -> row.getBoolean(1)).getFirst()) {
      throw new StoreException(
          "the user '%s' does not own the tables in %s; write as their owner, or GRANT that role"
              .formatted(connections.address().user(), connections.address().description()));
    }
  }

  private static void lock(Connections connections, Connection connection) throws SQLException {
    String schema = connections.address().schema();
    try {
      Connections.list(
          connection, Sql.of("SELECT pg_advisory_lock(?, hashtext(?))", LOCK, schema), row -> 0);
    } catch (SQLException e) {
      if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        throw new StoreException(
            "another process writes to %s%s, and only one may; stop that one, or run airlens serve"
                .formatted(connections.address().description(), holder(connection, schema)),
            e);
      }
      throw e;
    }
  }

  private static String holder(Connection connection, String schema) throws SQLException {
    List<String> holders =
        Connections.list(
            connection,
            Sql.of(
                """
                SELECT format(' (%s, from %s, since %s)', a.application_name,
                  coalesce(host(a.client_addr), 'the same machine'),
                  to_char(a.backend_start, 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
                FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
                WHERE l.locktype = 'advisory' AND l.granted AND l.classid = ?::bigint::oid
                  AND l.objid = hashtext(?)::oid AND l.objsubid = 2
                  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
                """,
                LOCK, schema),
            row -> row.getString(1));
    return holders.isEmpty() ? "" : holders.getFirst();
  }

  private static String here() {
    String machine;
    try {
      machine = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      machine = "?";
    }
    return ProcessHandle.current().pid() + "@" + machine;
  }
}
