package org.airlens.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Two threads that ask a store for series and tables without a pause, until closed. */
final class BesideReaders implements AutoCloseable {

  /** How many there are. */
  static final int THREADS = 2;

  private final AtomicBoolean stopped = new AtomicBoolean();
  private final AtomicLong answers = new AtomicLong();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final List<Thread> threads = new ArrayList<>();

  /** Starts asking for the week and the hour up to {@code now}. */
  BesideReaders(StoreCandidate store, SyntheticNetwork network, Instant now) {
    for (int i = 0; i < THREADS; i++) {
      long sensor = 1 + 2L * i;
      threads.add(
          Thread.ofPlatform().start(() -> ask(store, sensor, network.country(sensor), now)));
    }
  }

  private void ask(StoreCandidate store, long sensor, String country, Instant now) {
    try {
      while (!stopped.get()) {
        store.series(sensor, now.minus(Duration.ofDays(7)), now, Duration.ofHours(1));
        store.table(country, now.minus(Duration.ofHours(1)), now);
        answers.addAndGet(2);
      }
    } catch (Exception e) {
      failure.set(e);
    }
  }

  /**
   * How many answers they got.
   *
   * @throws Exception when one of them got none
   */
  long answers() throws Exception {
    Exception failed = failure.get();
    if (failed != null) {
      throw failed;
    }
    return answers.get();
  }

  @Override
  public void close() {
    stopped.set(true);
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
