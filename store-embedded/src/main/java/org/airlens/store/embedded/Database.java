package org.airlens.store.embedded;

import io.questdb.cairo.CairoConfiguration;
import io.questdb.cairo.CairoEngine;
import io.questdb.cairo.CairoError;
import io.questdb.cairo.CairoException;
import io.questdb.cairo.CommitMode;
import io.questdb.cairo.DefaultCairoConfiguration;
import io.questdb.cairo.O3PartitionPurgeJob;
import io.questdb.cairo.TableReader;
import io.questdb.cairo.TableReaderMetadata;
import io.questdb.cairo.TableToken;
import io.questdb.cairo.security.AllowAllSecurityContext;
import io.questdb.cairo.sql.Record;
import io.questdb.cairo.sql.RecordCursor;
import io.questdb.cairo.sql.RecordCursorFactory;
import io.questdb.cairo.wal.ApplyWal2TableJob;
import io.questdb.cairo.wal.CheckWalTransactionsJob;
import io.questdb.cairo.wal.WalPurgeJob;
import io.questdb.cairo.wal.seq.SeqTxnTracker;
import io.questdb.griffin.SqlException;
import io.questdb.griffin.SqlExecutionContext;
import io.questdb.griffin.SqlExecutionContextImpl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.airlens.store.Durability;
import org.airlens.store.StoreException;

/**
 * QuestDB in this process: statements in, rows out, every failure a {@link StoreException}. There
 * are no background workers: applying the write-ahead log and purging run with the writes, so that
 * a write returns when its rows are visible.
 */
final class Database implements AutoCloseable {

  static final String TABLE = "readings";

  private static final int WRITES_BETWEEN_PURGES = 64;

  /** How far column files grow ahead: there are forty of them for each day. */
  private static final long COLUMN_PAGE_BYTES = 1 << 20;

  private final Path folder;
  private final CairoEngine engine;
  private final ApplyWal2TableJob apply;
  private final CheckWalTransactionsJob check;
  private final WalPurgeJob purgeLog;
  private final O3PartitionPurgeJob purgePartitions;
  private int writesSincePurge;

  /**
   * Opens the database in a folder.
   *
   * @throws StoreException when QuestDB can't read what is there
   */
  Database(Path folder, Durability durability) {
    this.folder = folder;
    QuestDbLog.route();
    try {
      Files.createDirectories(folder);
      checkFilesAreWhole(folder);
      engine = new CairoEngine(configuration(folder, durability));
      engine.load();
      apply = new ApplyWal2TableJob(engine, 1);
      check = new CheckWalTransactionsJob(engine);
      purgeLog = new WalPurgeJob(engine);
      purgePartitions = new O3PartitionPurgeJob(engine, 1);
    } catch (IOException | RuntimeException | CairoError e) {
      throw damaged(folder, e);
    }
  }

  /** The engine, for the writer and the SQL port. */
  CairoEngine engine() {
    return engine;
  }

  /** Runs a statement that returns no rows. */
  void execute(String sql) {
    try (SqlExecutionContext context = context()) {
      engine.execute(sql, context);
    } catch (SqlException | CairoException | CairoError e) {
      throw failure(e);
    }
  }

  /** Runs a query and hands each row to the reader until it answers false. */
  void query(String sql, RowReader reader) {
    try (SqlExecutionContext context = context();
        RecordCursorFactory factory = engine.select(sql, context);
        RecordCursor cursor = factory.getCursor(context)) {
      Record row = cursor.getRecord();
      while (cursor.hasNext() && reader.read(row)) {
        // Each row is read where it lies.
      }
    } catch (SqlException | CairoException | CairoError e) {
      throw failure(e);
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
    try (TableReader reader = engine.getReader(table())) {
      Set<String> names = new HashSet<>();
      TableReaderMetadata metadata = reader.getMetadata();
      for (int i = 0; i < metadata.getColumnCount(); i++) {
        names.add(metadata.getColumnName(i));
      }
      return names;
    } catch (CairoException | CairoError e) {
      throw failure(e);
    }
  }

  /** The token of the readings table. */
  TableToken table() {
    return engine.verifyTableName(TABLE);
  }

  /**
   * Applies everything committed, so that queries see it.
   *
   * @throws StoreException when it can't be applied now: it stays in the log and is applied later
   */
  void apply() {
    TableToken table = table();
    SeqTxnTracker tracker = engine.getTableSequencerAPI().getTxnTracker(table);
    if (tracker.isSuspended()) {
      execute("ALTER TABLE " + TABLE + " RESUME WAL");
    }
    apply.drain(0);
    long committed = engine.getTableSequencerAPI().lastTxn(table);
    if (tracker.getWriterTxn() < committed && !tracker.isSuspended()) {
      check.run(0);
      apply.drain(0);
    }
    if (tracker.isSuspended() || tracker.getWriterTxn() < committed) {
      String reason = tracker.getErrorMessage();
      throw new StoreException(
          "the store in %s can't take readings now%s; is the disk full?"
              .formatted(folder, reason == null || reason.isEmpty() ? "" : ": " + reason));
    }
    if (++writesSincePurge >= WRITES_BETWEEN_PURGES) {
      purge();
    }
  }

  /** Removes files that no reader and no writer needs any more. */
  void purge() {
    writesSincePurge = 0;
    purgePartitions.drain(0);
    purgeLog.drain(0);
  }

  @Override
  public void close() {
    try {
      purge();
    } catch (CairoException | CairoError e) {
      // What could not be removed now is removed by a later run.
    } finally {
      apply.close();
      purgeLog.close();
      purgePartitions.close();
      engine.close();
    }
  }

  /** A failure of QuestDB in our words. */
  StoreException failure(Throwable cause) {
    String message =
        cause instanceof CairoException e
            ? e.getFlyweightMessage().toString()
            : String.valueOf(cause.getMessage());
    String hint = message.contains("No space left") ? "; free disk space" : "";
    return new StoreException(
        "the store in %s failed: %s%s".formatted(folder, message.strip(), hint), cause);
  }

  private SqlExecutionContext context() {
    return new SqlExecutionContextImpl(engine, 1).with(AllowAllSecurityContext.INSTANCE);
  }

  private static CairoConfiguration configuration(Path folder, Durability durability) {
    return new DefaultCairoConfiguration(folder.toString()) {
      @Override
      public int getCommitMode() {
        return durability == Durability.POWER ? CommitMode.SYNC : CommitMode.NOSYNC;
      }

      @Override
      public long getDataAppendPageSize() {
        return COLUMN_PAGE_BYTES;
      }

      @Override
      public boolean getWalEnabledDefault() {
        return true;
      }

      @Override
      public long getWalApplyTableTimeQuota() {
        return Long.MAX_VALUE; // One call applies all: nobody else would go on.
      }
    };
  }

  /** QuestDB maps these files into memory: an empty or cut one would end the process, not throw. */
  private static void checkFilesAreWhole(Path folder) throws IOException {
    try (var tables = Files.newDirectoryStream(folder, TABLE + "*")) {
      for (Path table : tables) {
        for (String name : List.of("_meta", "_txn")) {
          Path file = table.resolve(name);
          if (Files.isDirectory(table) && (!Files.exists(file) || Files.size(file) < 64)) {
            throw new StoreException(
                "the store file %s is missing or cut short; restore the store folder from a backup, or move it away to begin anew"
                    .formatted(file));
          }
        }
      }
    }
  }

  private static StoreException damaged(Path folder, Throwable cause) {
    return cause instanceof StoreException told
        ? told
        : new StoreException(
            "the store in %s can't be opened (%s); restore it from a backup, or move it away to begin anew"
                .formatted(
                    folder,
                    cause instanceof CairoException e ? e.getFlyweightMessage() : cause.toString()),
            cause);
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
}
