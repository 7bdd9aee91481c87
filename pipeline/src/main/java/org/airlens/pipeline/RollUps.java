package org.airlens.pipeline;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.airlens.store.Store;
import org.airlens.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the store roll up days that are over, beside cycles and questions. */
public final class RollUps implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RollUps.class);
  private static final Duration LOOK_EVERY = Duration.ofMinutes(1);
  private static final Duration QUIET = Duration.ofMinutes(2);

  private final Store store;
  private final Timer timer;
  private final Duration lookEvery;
  private final Duration quiet;
  private final CountDownLatch stop = new CountDownLatch(1);
  private String problem = "";

  private RollUps(Store store, MeterRegistry metrics, Duration lookEvery, Duration quiet) {
    this.store = store;
    this.lookEvery = lookEvery;
    this.quiet = quiet;
    timer =
        Timer.builder("airlens.store.rollup")
            .description("Time to roll up a day")
            .register(metrics);
  }

  /** Starts on a thread of its own; the caller closes the store after this. */
  public static RollUps start(Store store, MeterRegistry metrics) {
    return start(store, metrics, LOOK_EVERY, QUIET);
  }

  /** Starts with other times. */
  static RollUps start(Store store, MeterRegistry metrics, Duration lookEvery, Duration quiet) {
    RollUps rollUps = new RollUps(store, metrics, lookEvery, quiet);
    Thread.ofPlatform().daemon().name("roll-ups").start(rollUps::run);
    return rollUps;
  }

  /** Begins no further day; the store ends the one under way when it is closed. */
  @Override
  public void close() {
    stop.countDown();
  }

  private void run() {
    try {
      while (!isStopped(lookEvery)) {
        rollUpWhatIsDue();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void rollUpWhatIsDue() throws InterruptedException {
    try {
      long begin = System.nanoTime();
      while (store.rollUp(quiet)) {
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        timer.record(took);
        if (isStopped(took)) { // As long again, so that half of a core stays for who asks.
          return;
        }
        begin = System.nanoTime();
      }
      problem = "";
    } catch (StoreException e) {
      String told = String.valueOf(e.getMessage());
      if (stop.getCount() > 0 && !told.equals(problem)) {
        problem = told;
        LOG.warn("days are not rolled up, tried again each minute: {}", told);
      }
    } catch (RuntimeException e) {
      // Whatever it is, long series are slower without, and that is all.
      LOG.error("days are not rolled up, tried again in a minute", e);
    }
  }

  private boolean isStopped(Duration atMost) throws InterruptedException {
    return stop.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }
}
