package org.airlens.aqi;

import java.time.Duration;

/**
 * Over which time a concentration must be averaged before its look-up.
 *
 * @param period how long
 * @param kind which stretches of time of that length there are
 */
public record Averaging(Duration period, Kind kind) {

  /** Which stretches of time are averaged. */
  public enum Kind {
    /** One mean for each hour, over the period that ends there. */
    RUNNING,
    /** One mean for each clock quarter, clock hour or calendar day. */
    FIXED
  }

  static final Averaging RUNNING_24_HOURS = new Averaging(Duration.ofHours(24), Kind.RUNNING);
  static final Averaging RUNNING_8_HOURS = new Averaging(Duration.ofHours(8), Kind.RUNNING);
  static final Averaging DAY = new Averaging(Duration.ofHours(24), Kind.FIXED);
  static final Averaging HOUR = new Averaging(Duration.ofHours(1), Kind.FIXED);
  static final Averaging QUARTER_HOUR = new Averaging(Duration.ofMinutes(15), Kind.FIXED);

  /** The rule in words: {@code 24-hour running mean}. */
  public String label() {
    String length =
        period.toMinutes() % 60 == 0 ? period.toHours() + "-hour" : period.toMinutes() + "-minute";
    return length + (kind == Kind.RUNNING ? " running mean" : " mean");
  }
}
