package org.airlens.store.embedded.rollup;

import java.time.Instant;

/** Days in UTC, counted from 1970-01-01. */
public final class Days {

  /** How many seconds each has. */
  public static final long SECONDS = 86_400;

  private Days() {}

  /** The day of an instant. */
  public static long of(Instant instant) {
    return Math.floorDiv(instant.getEpochSecond(), SECONDS);
  }

  /** The instant at which a day begins. */
  public static Instant start(long day) {
    return Instant.ofEpochSecond(day * SECONDS);
  }
}
