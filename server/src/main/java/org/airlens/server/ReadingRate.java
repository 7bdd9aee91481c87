package org.airlens.server;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.airlens.store.live.LiveReadings;

/** How many new readings come in a minute, over the last five. Thread-safe. */
final class ReadingRate implements AutoCloseable {

  private static final Duration MEMORY = Duration.ofMinutes(5);

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final InstantSource clock;
  private final Instant since;
  private final LiveReadings.Subscription subscription;

  /** How many came, by the second: at most 300 entries; guards itself. */
  private final NavigableMap<Long, Long> counts = new TreeMap<>();

  ReadingRate(LiveReadings live, InstantSource clock) {
    this.clock = clock;
    since = clock.instant();
    subscription = live.subscribe((firstId, readings) -> add(readings.size()));
  }

  private void add(long readings) {
    Instant now = clock.instant();
    synchronized (counts) {
      counts.merge(now.getEpochSecond(), readings, Long::sum);
      forget(now);
    }
  }

  /** New readings a minute; in the first minute, those that have come so far. */
  double aMinute() {
    Instant now = clock.instant();
    long watched =
        Math.clamp(Duration.between(since, now).toMillis(), MINUTE.toMillis(), MEMORY.toMillis());
    double minutes = (double) watched / MINUTE.toMillis();
    synchronized (counts) {
      forget(now);
      return counts.values().stream().mapToLong(Long::longValue).sum() / minutes;
    }
  }

  private void forget(Instant now) {
    counts.headMap(now.minus(MEMORY).getEpochSecond(), true).clear();
  }

  @Override
  public void close() {
    subscription.close();
  }
}
