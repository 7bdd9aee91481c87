package org.airlens.pipeline;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.airlens.model.Reading;
import org.airlens.store.ReadingWriter;

/**
 * Holds back whoever comes through, a write or a source, until it is opened. Closing it opens it,
 * so that a test that fails ends.
 */
final class Gate implements FaultyStore.Writing, AutoCloseable {

  private final CountDownLatch reached = new CountDownLatch(1);
  private final Semaphore opened = new Semaphore(0);
  private final List<Integer> batches = new CopyOnWriteArrayList<>();

  @Override
  public void write(ReadingWriter real, List<Reading> batch) {
    batches.add(batch.size());
    pass();
    real.write(batch);
  }

  /** Passes when it is open; no interrupt helps. */
  void pass() {
    reached.countDown();
    opened.acquireUninterruptibly();
    opened.release();
  }

  /** Passes when it is open, or by an interrupt. */
  void passInterruptibly() throws InterruptedException {
    reached.countDown();
    opened.acquire();
    opened.release();
  }

  /** Waits until somebody stands before it. */
  void awaitArrival() {
    Await.until("somebody stands at the gate", () -> reached.getCount() == 0);
  }

  void open() {
    opened.release();
  }

  /** How many readings each batch had that came to be written. */
  List<Integer> batches() {
    return batches;
  }

  @Override
  public void close() {
    open();
  }
}
