package org.airlens.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
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
final class StoreGate {

  private static final Logger LOG = LoggerFactory.getLogger(StoreGate.class);

  private static final long PATIENCE_SECONDS = 10;

  private final int atOnce;
  private final Timer work;
  private final Timer wait;
  private final Semaphore permits;
  private final ExecutorService threads;
  private volatile boolean closed;

  /**
   * A gate whose traffic is timed.
   *
   * @param kind of work, for {@code /metrics}: a word
   */
  StoreGate(String kind, int atOnce, MeterRegistry metrics) {
    this.atOnce = atOnce;
    work =
        Timer.builder("airlens.store.queries")
            .description("Work on the store for requests, from the gate in until it is done")
            .tag("kind", kind)
            .serviceLevelObjectives(RequestTimings.BUCKETS)
            .register(metrics);
    wait =
        Timer.builder("airlens.store.queries.wait")
            .description("How long requests waited at the gate to the store, refused ones included")
            .tag("kind", kind)
            .register(metrics);
    permits = new Semaphore(atOnce, true);
    threads =
        Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("store-", 0).factory());
  }

  /**
   * Lets other requests have their turn. A virtual thread is not taken off its processor while it
   * computes: work for a long stream must step aside itself.
   */
  @SuppressWarnings("ThreadPriorityCheck") // Of which thread is next, nothing depends.
  static void stepAside() {
    Thread.yield();
  }

  /**
   * Runs work in this thread.
   *
   * @throws ProblemException 503 when there is no room within a while
   */
  void through(Runnable task) {
    enter();
    run(() -> {
      task.run();
      return true;
    });
  }

  /**
   * Runs work that is all computing, on a thread of the system's, between which it divides the
   * processors: requests' virtual threads share as many as there are processors, and one that
   * computes for long would keep the others waiting.
   *
   * @throws ProblemException 503 when there is no room within a while
   */
  <T> T query(Supplier<T> task) {
    enter();
    Future<T> result = threads.submit(() -> run(task));
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
   *
   * @param farewell how long at most
   */
  synchronized void close(Duration farewell) {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (!permits.tryAcquire(atOnce, farewell.toNanos(), TimeUnit.NANOSECONDS)) {
        LOG.warn("requests still work on the store while the server closes");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    threads.shutdown();
  }

  private <T> T run(Supplier<T> task) {
    long begin = System.nanoTime();
    try {
      return task.get();
    } finally {
      permits.release();
      work.record(System.nanoTime() - begin, TimeUnit.NANOSECONDS);
    }
  }

  private void enter() {
    if (closed) {
      throw shuttingDown();
    }
    long begin = System.nanoTime();
    try {
      if (!permits.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw ProblemException.of(
            503, "too many requests work on the store; try again in a few seconds");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw shuttingDown();
    } finally {
      wait.record(System.nanoTime() - begin, TimeUnit.NANOSECONDS);
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
