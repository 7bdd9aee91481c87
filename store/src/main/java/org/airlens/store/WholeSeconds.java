package org.airlens.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Readings are timed in whole seconds, so that bounds of a window can be whole seconds, too. */
public final class WholeSeconds {

  private static final Instant FIRST = Instant.EPOCH;
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private WholeSeconds() {}

  /** The first whole second not before the instant, which bounds the same readings. */
  public static Instant notBefore(Instant instant) {
    Instant second = instant.truncatedTo(ChronoUnit.SECONDS);
    return second.equals(instant) ? second : second.plusSeconds(1);
  }

  /** The same, in the years from 1970 to 9999, which every database reads. */
  public static Instant bound(Instant instant) {
    return instant.isBefore(FIRST) ? FIRST : instant.isAfter(LAST) ? LAST : notBefore(instant);
  }
}
