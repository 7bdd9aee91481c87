package org.airlens.pipeline.backfill;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.airlens.store.Store;
import org.airlens.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * Deduplicates and writes batches in a thread of its own, one while the next is gathered. What is
 * durable is noted in the journal, and not before. One thread hands over.
 */
final class BatchWriting implements AutoCloseable {

  private final Store store;
  private final Journal journal;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("backfill-writer").factory());
  private @Nullable Future<?> underWay;
  private final AtomicLong stored = new AtomicLong();
  private final AtomicLong duplicate = new AtomicLong();

  BatchWriting(Store store, Journal journal) {
    this.store = store;
    this.journal = journal;
  }

  /**
   * Begins to write a batch when the one before is done.
   *
   * @throws StoreException when the one before could not be written
   */
  void write(Batch batch) throws IOException, InterruptedException {
    finish();
    underWay =
        thread.submit(() -> {
          take(batch);
          return true;
        });
  }

  /**
   * Waits until all is written.
   *
   * @throws StoreException when it could not be
   */
  void finish() throws IOException, InterruptedException {
    Future<?> last = underWay;
    underWay = null;
    if (last == null) {
      return;
    }
    try {
      last.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case StoreException store -> throw store;
        case IOException file -> throw new IOException(file.getMessage(), file);
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    }
  }

  /** Readings new to the store so far. */
  long stored() {
    return stored.get();
  }

  /** Readings that the store had already so far. */
  long duplicate() {
    return duplicate.get();
  }

  @Override
  public void close() {
    thread.close();
  }

  private void take(Batch batch) throws IOException {
    int fresh = FreshReadings.write(batch.readings(), store);
    journal.append(batch.complete());
    stored.addAndGet(fresh);
    duplicate.addAndGet(batch.readings().size() - fresh);
  }
}
