package org.airlens.store.embedded;

import io.questdb.cairo.CairoEngine;
import io.questdb.cairo.CairoError;
import io.questdb.cairo.CairoException;
import io.questdb.cairo.TableReader;
import io.questdb.cairo.TableReaderMetadata;
import io.questdb.cairo.TableToken;
import io.questdb.cairo.security.AllowAllSecurityContext;
import io.questdb.cairo.sql.Record;
import io.questdb.cairo.sql.RecordCursor;
import io.questdb.cairo.sql.RecordCursorFactory;
import io.questdb.cairo.sql.TableReferenceOutOfDateException;
import io.questdb.cairo.wal.WalWriter;
import io.questdb.griffin.SqlException;
import io.questdb.griffin.SqlExecutionContext;
import io.questdb.griffin.SqlExecutionContextImpl;
import io.questdb.std.FilesFacade;
import io.questdb.std.FlyweightMessageContainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.airlens.store.Durability;
import org.airlens.store.StoreException;

/**
 * QuestDB in this process: statements in, rows out, every failure a {@link StoreException}. There
 * are no background workers: applying the write-ahead log and purging run with the writes, so that
 * a write returns when its rows are visible. Thread-safe; one thread writes at a time.
 */
final class Database implements AutoCloseable {

  static {
    QuestDbLog.route(); // Before any of QuestDB's classes, which look for their log at once.
  }

  static final String TABLE = "readings";

  /** Columns come one at a time and seldom. */
  private static final int QUERY_ATTEMPTS = 10;

  private final Path folder;
  private final CairoEngine engine;
  private final WriteAheadLog log;

  /** Held for reading while QuestDB is used, for writing to close it: its memory is native. */
  private final ReadWriteLock inUse = new ReentrantReadWriteLock();

  private boolean closed;

  private Database(Path folder, CairoEngine engine, Durability durability) {
    this.folder = folder;
    this.engine = engine;
    log = new WriteAheadLog(engine, durability);
  }

  /**
   * Opens the database in a folder.
   *
   * @throws StoreException when what is there is damaged or QuestDB can't read it
   */
  static Database open(Path folder, Durability durability) {
    return open(folder, durability, WholeFiles.INSTANCE);
  }

  /** Opens the database in a folder, with files that are reached in another way. */
  static Database open(Path folder, Durability durability, FilesFacade files) {
    Database database = null;
    try {
      Files.createDirectories(folder);
      TableFiles.prepare(folder);
      CairoEngine engine = new Engine(new DatabaseSettings(folder, durability, files));
      database = new Database(folder, engine, durability);
      engine.load();
      if (database.hasTable()) {
        TablePartitions.check(engine, database.table());
        database.applyLog(); // What a former process had committed.
      }
      return database;
    } catch (IOException | RuntimeException | CairoError | InternalError e) {
      if (database != null) {
        database.close();
      }
      throw damaged(folder, e);
    } finally {
      QuestDbLog.flush();
    }
  }

  /** The engine, for the SQL port. */
  CairoEngine engine() {
    return engine;
  }

  /** Whether the readings' table is there. */
  boolean hasTable() {
    return engine.getTableTokenIfExists(TABLE) != null;
  }

  /** Runs a statement that returns no rows. */
  void execute(String sql) {
    using(() -> {
      try (SqlExecutionContext context = context()) {
        engine.execute(sql, context);
        return true;
      }
    });
  }

  /** Adds a column of numbers, usable when this returns. */
  void addColumn(String name) {
    Path files = using(() -> folder.resolve(table().getDirName()));
    try {
      ColumnChange.begin(files);
      execute("ALTER TABLE " + TABLE + " ADD COLUMN IF NOT EXISTS \"" + name + "\" DOUBLE");
      apply();
      ColumnChange.end(files);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Runs a query and hands each row to the reader until it answers false. */
  void query(String sql, RowReader reader) {
    using(() -> {
      for (int attempt = 1; ; attempt++) {
        try {
          read(sql, reader);
          return true;
        } catch (TableReferenceOutOfDateException e) {
          // A measure got its column after the query was compiled and before its first row.
          if (attempt == QUERY_ATTEMPTS) {
            throw e;
          }
        }
      }
    });
  }

  private void read(String sql, RowReader reader) throws SqlException {
    try (SqlExecutionContext context = context();
        RecordCursorFactory factory = engine.select(sql, context);
        RecordCursor cursor = factory.getCursor(context)) {
      Record row = cursor.getRecord();
      boolean wanted = true;
      while (wanted && cursor.hasNext()) {
        try {
          wanted = reader.read(row);
        } catch (CairoException e) {
          throw e;
        } catch (RuntimeException e) {
          throw new ReaderFailure(e);
        }
      }
    }
  }

  /** Runs a query and returns its rows. */
  <T> List<T> list(String sql, RowMapper<T> mapper) {
    List<T> rows = new ArrayList<>();
    query(
        sql,
        row -> {
          rows.add(mapper.map(row));
          return true;
        });
    return rows;
  }

  /** The names of the table's columns. */
  Set<String> columns() {
    return using(() -> {
      try (TableReader reader = engine.getReader(table())) {
        Set<String> names = new HashSet<>();
        TableReaderMetadata metadata = reader.getMetadata();
        for (int i = 0; i < metadata.getColumnCount(); i++) {
          names.add(metadata.getColumnName(i));
        }
        return names;
      }
    });
  }

  /** Commits rows to the write-ahead log; {@link #apply()} makes them visible. */
  void commit(Consumer<WalWriter> rows) {
    using(() -> {
      try (WalWriter writer = engine.getWalWriter(table())) {
        try {
          rows.accept(writer);
          writer.commit();
        } catch (RuntimeException | Error e) {
          StoreException failure = failure(e); // Before QuestDB uses its exception again.
          leaveSegment(writer);
          throw failure;
        }
        return true;
      }
    });
  }

  /**
   * Drops what was not committed. A column whose next page could not be mapped goes on pointing to
   * memory it has given back, which the next row would write to: only new files make the writer
   * usable. Where these can't be made, it is marked as broken and QuestDB does not use it again.
   */
  private static void leaveSegment(WalWriter writer) {
    try {
      writer.rollback();
      writer.rollSegment();
    } catch (CairoException | CairoError e) {
      // The failure that came first is the one to tell.
    }
  }

  /**
   * Applies everything committed, so that queries see it.
   *
   * @throws StoreException when it can't be applied now: it stays in the log and is applied later
   */
  void apply() {
    using(() -> {
      applyLog();
      return true;
    });
  }

  private void applyLog() {
    Optional<String> reason = log.apply(table());
    log.purge(); // Also after a failure: what this frees may be the room that was lacking.
    if (reason.isPresent()) {
      throw new StoreException(
          DiskFull.isWhat(reason.get())
              ? DiskFull.message(folder, reason.get())
              : "the write-ahead log of the store in %s can't be applied (%s); if that stays so, %s"
                  .formatted(folder, reason.get(), StoreFile.REMEDY));
    }
  }

  @Override
  public void close() {
    inUse.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        leaveLog();
        log.close();
        engine.close();
      }
    } finally {
      inUse.writeLock().unlock();
    }
  }

  /** Removes the log, of which nothing is needed once all of it is in the table. */
  private void leaveLog() {
    try {
      engine.releaseAllWalWriters();
      log.purge();
    } catch (CairoException | CairoError e) {
      // What could not be removed now is removed by a later run.
    }
  }

  private TableToken table() {
    return engine.verifyTableName(TABLE);
  }

  private SqlExecutionContext context() {
    return new SqlExecutionContextImpl(engine, 1).with(AllowAllSecurityContext.INSTANCE);
  }

  private <T> T using(Callable<T> work) {
    inUse.readLock().lock();
    try {
      if (closed) {
        throw new StoreException("the store in " + folder + " is closed");
      }
      return work.call();
    } catch (ReaderFailure e) {
      throw e.failure;
    } catch (StoreException e) {
      throw e;
    } catch (Exception | CairoError | InternalError e) { // InternalError: a file was cut meanwhile.
      throw failure(e);
    } finally {
      QuestDbLog.flush();
      inUse.readLock().unlock();
    }
  }

  /** A failure of QuestDB in our words. */
  private StoreException failure(Throwable cause) {
    String message = message(cause);
    String told =
        DiskFull.isWhat(message)
            ? DiskFull.message(folder, message)
            : "the store in %s failed: %s".formatted(folder, message);
    // QuestDB's own exceptions are used again for the next failure: keep no hold of them.
    return cause instanceof FlyweightMessageContainer
        ? new StoreException(told)
        : new StoreException(told, cause);
  }

  private static StoreException damaged(Path folder, Throwable cause) {
    if (cause instanceof StoreException told) {
      return told;
    }
    String message = message(cause);
    return new StoreException(
        DiskFull.isWhat(message)
            ? DiskFull.message(folder, message)
            : "the store in %s can't be opened (%s); %s"
                .formatted(folder, message, StoreFile.REMEDY));
  }

  private static String message(Throwable cause) {
    return cause instanceof FlyweightMessageContainer told
        ? told.getFlyweightMessage().toString().strip()
        : cause.toString();
  }

  /** Reads a row where it lies. */
  @FunctionalInterface
  interface RowReader {
    /** Whether to go on. */
    boolean read(Record row);
  }

  /** Makes an object of a row. */
  @FunctionalInterface
  interface RowMapper<T> {
    /** The object. */
    T map(Record row);
  }

  /** Carries what a reader of rows threw, which is not QuestDB's failure. */
  @SuppressWarnings("serial") // Never leaves this class.
  private static final class ReaderFailure extends RuntimeException {

    private final RuntimeException failure;

    ReaderFailure(RuntimeException failure) {
      super(failure);
      this.failure = failure;
    }
  }
}
