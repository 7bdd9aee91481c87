package org.airlens.store.embedded.rollup;

/** A day's file does not hold what it should: the day has to be rolled up anew. */
@SuppressWarnings("serial") // Never leaves the process.
public final class DamagedRollUpException extends RuntimeException {

  private final long day;

  DamagedRollUpException(long day, String reason) {
    super("the roll-up of day " + day + " is damaged: " + reason);
    this.day = day;
  }

  /** The day, counted from 1970-01-01. */
  public long day() {
    return day;
  }
}
