package org.airlens.store.embedded;

import io.questdb.cairo.CairoEngine;
import io.questdb.cairo.O3PartitionPurgeJob;
import io.questdb.cairo.TableToken;
import io.questdb.cairo.wal.ApplyWal2TableJob;
import io.questdb.cairo.wal.CheckWalTransactionsJob;
import io.questdb.cairo.wal.WalPurgeJob;
import io.questdb.cairo.wal.seq.SeqTxnTracker;
import java.util.Optional;
import org.airlens.store.Durability;

/**
 * Brings what was committed from the write-ahead log into the table, and removes files that nobody
 * needs any more. QuestDB's jobs for that run here, with the writes, in the writer's thread.
 */
final class WriteAheadLog implements AutoCloseable {

  private static final long FROM_WHERE_IT_STOPPED = -1;

  /** More of them do not make a disk faster; without a disk to wait for, none does. */
  private static final int COLUMN_WRITERS = 8;

  private final CairoEngine engine;
  private final int columnWriters;
  private final ApplyWal2TableJob apply;
  private final CheckWalTransactionsJob check;
  private final WalPurgeJob purgeLog;
  private final O3PartitionPurgeJob purgePartitions;

  /** The log of an engine, applied with as much help as what is to be durable asks for. */
  WriteAheadLog(CairoEngine engine, Durability durability) {
    this.engine = engine;
    columnWriters = durability == Durability.POWER ? COLUMN_WRITERS : 0;
    apply = new ApplyWal2TableJob(engine, 1);
    check = new CheckWalTransactionsJob(engine);
    purgeLog = new WalPurgeJob(engine);
    purgePartitions = new O3PartitionPurgeJob(engine, 1);
  }

  /**
   * Applies everything committed, so that queries see it, also where an earlier failure had
   * suspended that.
   *
   * @return why something could not be applied, which stays in the log; empty when all is visible
   */
  Optional<String> apply(TableToken table) {
    check.run(0); // Learns, the first time, how far log and table are.
    SeqTxnTracker tracker = engine.getTableSequencerAPI().getTxnTracker(table);
    long committed = engine.getTableSequencerAPI().lastTxn(table);
    if (tracker.getWriterTxn() < committed) {
      engine.getTableSequencerAPI().resumeTable(table, FROM_WHERE_IT_STOPPED);
      try (var _ = ColumnWriters.start(engine, columnWriters)) {
        apply.drain(0);
      }
    }
    if (!tracker.isSuspended() && tracker.getWriterTxn() >= committed) {
      return Optional.empty();
    }
    String reason = tracker.getErrorMessage();
    return Optional.of(reason == null || reason.isEmpty() ? "no reason given" : reason);
  }

  /** Removes files that no reader and no writer needs any more; QuestDB looks from time to time. */
  void purge() {
    purgePartitions.drain(0);
    purgeLog.drain(0);
  }

  @Override
  public void close() {
    apply.close();
    purgeLog.close();
    purgePartitions.close();
  }
}
