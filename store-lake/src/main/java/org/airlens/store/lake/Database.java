package org.airlens.store.lake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.airlens.store.StoreException;
import org.duckdb.DuckDBConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DuckDB in this process: it reads the lake's files and nothing else, fetches nothing, and puts
 * what does not fit its memory into a folder that goes with it. Thread-safe.
 */
final class Database implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  private static final long ASK_AGAIN_MILLIS = 20;

  private final LakeAddress address;
  private final Path temporary;
  private final DuckDBConnection root;

  /** Held to read by whoever is in the database, to write by the one who closes it. */
  private final ReentrantReadWriteLock inside = new ReentrantReadWriteLock();

  private final Set<Statement> running = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;
  private Optional<Path> index = Optional.empty();

  private Database(LakeAddress address, Path temporary, DuckDBConnection root) {
    this.address = address;
    this.temporary = temporary;
    this.root = root;
  }

  /**
   * Opens a database without tables but those of the index.
   *
   * @param readable the folder whose files it may read
   * @param index the folder where the {@link LakeIndex} is to be kept; empty for nowhere
   */
  static Database open(LakeAddress address, Path readable, Optional<Path> index) {
    try {
      Path temporary = Files.createTempDirectory("airlens-lake-");
      DuckDBConnection root =
          DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class);
      Database database = new Database(address, temporary, root);
      try (Statement statement = root.createStatement()) {
        // Before it may open nothing more.
        database.index = LakeIndex.attach(root, index);
        for (String setting : database.settings(readable)) {
          statement.execute("SET " + setting);
        }
      } catch (SQLException e) {
        database.close();
        throw e;
      }
      return database;
    } catch (IOException e) {
      throw new StoreException("can't make a temporary folder: " + e.getMessage(), e);
    } catch (SQLException e) {
      throw new StoreException("can't start DuckDB: " + said(e), e);
    }
  }

  private List<String> settings(Path readable) {
    return List.of(
        "memory_limit = '%s'".formatted(address.memory()),
        "threads = " + address.threads(),
        "temp_directory = " + Sql.text(temporary.toString()),
        "preserve_insertion_order = false",
        "parquet_metadata_cache = true",
        "autoinstall_known_extensions = false",
        "autoload_known_extensions = false",
        "allowed_directories = [%s]".formatted(Sql.text(readable.toString())),
        "enable_external_access = false");
  }

  /**
   * Does work on a connection of its own.
   *
   * @param doing what it is, told when it fails
   */
  <T> T use(String doing, Work<T> work) {
    return entered(
        doing,
        () -> {
          try (Connection connection = connection()) {
            return work.on(connection);
          }
        });
  }

  /** The rows of a query, which must be few. */
  <T> List<T> list(String doing, String sql, Row<T> row) {
    return use(
        doing,
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet rows = query(statement, sql)) {
            List<T> all = new ArrayList<>();
            while (rows.next()) {
              all.add(row.read(rows));
            }
            return all;
          }
        });
  }

  /** The rows of a query as they come, some at a time. */
  <T> Cursor<T> cursor(String doing, String sql, Row<T> row) {
    return new Cursor<>(this, doing, sql, row);
  }

  /** A new connection, from inside {@link #entered}, which the caller closes. */
  Connection connection() throws SQLException {
    return root.duplicate();
  }

  /** Has the statement's work ended when the database is closed. */
  void began(Statement statement) {
    running.add(statement);
  }

  /** The statement has no more work. */
  void ended(Statement statement) {
    running.remove(statement);
  }

  /** Runs a query, which ends when its time is over. */
  ResultSet query(Statement statement, String sql) throws SQLException {
    statement.setQueryTimeout(Math.toIntExact(address.statementTimeout().toSeconds()));
    return unlimited(statement, sql);
  }

  /** Runs what is no query. */
  void execute(Statement statement, String sql) throws SQLException {
    began(statement);
    try {
      statement.execute(sql);
    } finally {
      ended(statement);
    }
  }

  /** Runs a query that takes its time. */
  ResultSet unlimited(Statement statement, String sql) throws SQLException {
    began(statement);
    try {
      return statement.executeQuery(sql);
    } finally {
      ended(statement);
    }
  }

  /** Does work that the end of the database waits for. */
  <T> T entered(String doing, Call<T> call) {
    inside.readLock().lock();
    try {
      checkOpen();
      return call.now();
    } catch (SQLException e) {
      throw failure(doing, e);
    } finally {
      inside.readLock().unlock();
    }
  }

  /** Why a query failed whose rows were to come as they are made: DuckDB tells only of others. */
  SQLException reason(Connection connection, String sql, SQLException failure) {
    checkOpen();
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET SESSION jdbc_stream_results = false");
      query(statement, "SELECT * FROM (" + sql + ") LIMIT 1").close();
      return failure;
    } catch (SQLException e) {
      return e;
    }
  }

  /** The file of the index; empty when that is in memory. */
  Optional<Path> index() {
    return index;
  }

  void checkOpen() {
    if (closed) {
      throw new StoreException("the store " + address.description() + " is closed");
    }
  }

  private StoreException failure(String doing, SQLException failure) {
    checkOpen();
    String said = said(failure);
    String told =
        said.startsWith("INTERRUPT")
            ? "it took more than %d s; narrow the question, or raise ?statementTimeout="
                .formatted(address.statementTimeout().toSeconds())
            : said.startsWith("Out of Memory")
                ? "it needs more than %s; narrow the question, or raise ?memory= (%s)"
                    .formatted(address.memory(), said)
                : said;
    return new StoreException(
        "%s: can't %s: %s".formatted(address.description(), doing, told), failure);
  }

  static String said(SQLException failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }

  /** Stops who is inside, waits until nobody is, and lets nobody in any more. */
  @Override
  public void close() {
    closed = true;
    boolean isInterrupted = false;
    while (!isAlone()) {
      // A statement that is only about to begin does not hear the first call.
      for (Statement statement : running) {
        try {
          statement.cancel();
        } catch (SQLException e) {
          LOG.debug("a query that ends by itself", e);
        }
      }
      isInterrupted |= Thread.interrupted();
    }
    try {
      root.close();
    } catch (SQLException e) {
      LOG.warn("closing DuckDB: {}", e.getMessage());
    } finally {
      index.ifPresent(LakeIndex::release);
      inside.writeLock().unlock();
    }
    forgetTemporary();
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits a moment for the lock, which it holds then. */
  private boolean isAlone() {
    try {
      return inside.writeLock().tryLock(ASK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void forgetTemporary() {
    try (var files = Files.list(temporary)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      LOG.debug("the folder {} is left over: {}", temporary, e.getMessage());
    }
  }

  /** What is done with a connection. */
  @FunctionalInterface
  interface Work<T> {
    /** Does it. */
    T on(Connection connection) throws SQLException;
  }

  /** What is done inside the database. */
  @FunctionalInterface
  interface Call<T> {
    /** Does it. */
    T now() throws SQLException;
  }

  /** What is made of a row. */
  @FunctionalInterface
  interface Row<T> {
    /** Reads the current row. */
    T read(ResultSet row) throws SQLException;
  }
}
