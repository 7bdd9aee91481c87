package org.airlens.server;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets a bounded number of requests work on the store at once; the others wait a moment. */
final class StoreGate implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StoreGate.class);

  private static final long PATIENCE_SECONDS = 10;
  private static final long LONGEST_FAREWELL_SECONDS = 3;

  private final int atOnce;
  private final Semaphore permits;
  private final ExecutorService threads;
  private volatile boolean closed;

  StoreGate(int atOnce) {
    this.atOnce = atOnce;
    permits = new Semaphore(atOnce, true);
    threads =
        Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("store-", 0).factory());
  }

  /**
   * Runs work in this thread.
   *
   * @throws ProblemException 503 when there is no room within a while
   */
  void through(Runnable work) {
    enter();
    try {
      work.run();
    } finally {
      permits.release();
    }
  }

  /**
   * Runs work that is all computing, on a thread of the system's, between which it divides the
   * processors: requests' virtual threads share as many as there are processors, and one that
   * computes for long would keep the others waiting.
   *
   * @throws ProblemException 503 when there is no room within a while
   */
  <T> T query(Supplier<T> work) {
    enter();
    Future<T> result =
        threads.submit(() -> {
          try {
            return work.get();
          } finally {
            permits.release();
          }
        });
    try {
      return result.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw shuttingDown();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  /**
   * Lets nobody in any more, and waits a while for those inside: the store is about to be closed,
   * and must not be while somebody works on it.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (!permits.tryAcquire(atOnce, LONGEST_FAREWELL_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("requests still work on the store while the server closes");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    threads.shutdown();
  }

  private void enter() {
    if (closed) {
      throw shuttingDown();
    }
    try {
      if (!permits.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw ProblemException.of(
            503, "too many requests work on the store; try again in a few seconds");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw shuttingDown();
    }
    if (closed) {
      permits.release();
      throw shuttingDown();
    }
  }

  private static ProblemException shuttingDown() {
    return ProblemException.of(503, "the server is shutting down");
  }
}
