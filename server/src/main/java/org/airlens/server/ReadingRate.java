package org.airlens.server;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.airlens.store.live.LiveReadings;

/** How many new readings come in a minute, over the last five. Thread-safe. */
final class ReadingRate implements AutoCloseable {

  private static final Duration MEMORY = Duration.ofMinutes(5);

  private static final double MILLIS_A_MINUTE = Duration.ofMinutes(1).toMillis();

  private final InstantSource clock;
  private final Instant since;
  private final LiveReadings.Subscription subscription;

  /** One entry a second in which something came, so at most 300; guards itself. */
  private final Deque<Count> counts = new ArrayDeque<>();

  private record Count(long second, long readings) {}

  ReadingRate(LiveReadings live, InstantSource clock) {
    this.clock = clock;
    since = clock.instant();
    subscription = live.subscribe((firstId, readings) -> add(readings.size()));
  }

  private void add(long readings) {
    long second = clock.instant().getEpochSecond();
    synchronized (counts) {
      Count last = counts.peekLast();
      boolean isSame = last != null && last.second() == second;
      if (isSame) {
        counts.removeLast();
      }
      counts.addLast(new Count(second, isSame ? last.readings() + readings : readings));
      forget();
    }
  }

  /** New readings a minute; in the first minute, those that have come so far. */
  double aMinute() {
    long watched = Duration.between(since, clock.instant()).toMillis();
    double minutes =
        Math.clamp(watched, (long) MILLIS_A_MINUTE, MEMORY.toMillis()) / MILLIS_A_MINUTE;
    synchronized (counts) {
      forget();
      return counts.stream().mapToLong(Count::readings).sum() / minutes;
    }
  }

  private void forget() {
    long oldest = clock.instant().minus(MEMORY).getEpochSecond();
    while (!counts.isEmpty() && counts.getFirst().second() <= oldest) {
      counts.removeFirst();
    }
  }

  @Override
  public void close() {
    subscription.close();
  }
}
