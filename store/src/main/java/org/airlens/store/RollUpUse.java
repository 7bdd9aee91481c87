package org.airlens.store;

import java.time.Duration;

/**
 * Which roll-ups answer a question as its readings do.
 *
 * @param byHour whether aggregates of hours may be used
 * @param byDay whether aggregates of days may be used
 */
public record RollUpUse(boolean byHour, boolean byDay) {

  private static final RollUpUse NONE = new RollUpUse(false, false);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  /** For series: buckets are whole hours or days, and nothing is asked of single values. */
  public static RollUpUse of(SeriesQuery query) {
    if (query.interval().isEmpty()
        || !query.filter().conditions().stream().allMatch(Condition::isOfSensor)) {
      return NONE;
    }
    Duration interval = query.interval().get();
    return query.aggregate() == Aggregate.P95 // A quantile can't be made of others.
        ? new RollUpUse(interval.equals(HOUR), interval.equals(DAY))
        : new RollUpUse(isMultiple(interval, HOUR), isMultiple(interval, DAY));
  }

  /** For distributions: of days, by country and type of sensor. */
  public static RollUpUse ofDistribution(ReadingFilter filter) {
    return new RollUpUse(
        false,
        filter.sensorIds().isEmpty()
            && filter.locationIds().isEmpty()
            && filter.bbox().isEmpty()
            && filter.conditions().isEmpty());
  }

  /** Whether there are any. */
  public boolean isAny() {
    return byHour || byDay;
  }

  private static boolean isMultiple(Duration interval, Duration of) {
    return interval.toSeconds() % of.toSeconds() == 0;
  }
}
