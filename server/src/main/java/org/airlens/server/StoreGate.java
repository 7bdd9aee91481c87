package org.airlens.server;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Lets a bounded number of requests work on the store at once; the others wait a moment. */
final class StoreGate {

  private static final long PATIENCE_SECONDS = 10;

  private final Semaphore permits;

  StoreGate(int atOnce) {
    permits = new Semaphore(atOnce, true);
  }

  /**
   * Runs work.
   *
   * @throws ProblemException 503 when there is no room within a while
   */
  <T> T through(Supplier<T> work) {
    try {
      if (!permits.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw ProblemException.of(
            503, "Busy", "too many requests work on the store; try again in a few seconds");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ProblemException.of(503, "Shutting down", "the server is shutting down");
    }
    try {
      return work.get();
    } finally {
      permits.release();
    }
  }
}
