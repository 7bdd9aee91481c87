package org.airlens.model;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When a reading can have been taken. */
public final class ReadingTimes {

  /** The network's first year: nothing was measured before. */
  public static final Instant EARLIEST = Instant.parse("2015-01-01T00:00:00Z");

  /** By how much a source's clock may run ahead of ours. */
  public static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(10);

  private static final long EARLIEST_SECOND = EARLIEST.getEpochSecond();
  private static final long TOLERANCE_SECONDS = CLOCK_TOLERANCE.toSeconds();

  private ReadingTimes() {}

  /**
   * Why a reading can't be of this time, or null when it can. Allocates nothing.
   *
   * @param epochSecond the reading's time, seconds since 1970
   * @param nowEpochSecond the present, seconds since 1970
   */
  public static @Nullable RejectionReason problem(long epochSecond, long nowEpochSecond) {
    if (epochSecond < EARLIEST_SECOND) {
      return RejectionReason.TIMESTAMP_TOO_OLD;
    }
    return epochSecond > nowEpochSecond + TOLERANCE_SECONDS
        ? RejectionReason.TIMESTAMP_IN_FUTURE
        : null;
  }
}
