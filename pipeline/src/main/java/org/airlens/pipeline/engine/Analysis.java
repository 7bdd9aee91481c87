package org.airlens.pipeline.engine;

import java.time.Duration;
import java.time.ZoneId;

/** A question about history, whose answer is a table: docs/analytics.md has the columns. */
public sealed interface Analysis {

  /** The name a person types, which is also that of the files. */
  String name();

  /**
   * On how many days of a year the means of PM2.5 and PM10 were above the limits, for each place.
   *
   * @param zone whose days these are
   */
  record ExceedanceDays(ZoneId zone) implements Analysis {
    /** The name a person types. */
    public static final String NAME = "exceedance-days";

    @Override
    public String name() {
      return NAME;
    }
  }

  /**
   * The course of a day and of a week, for each place and measure.
   *
   * @param zone whose hours and weekdays these are
   */
  record Profiles(ZoneId zone) implements Analysis {
    /** The name a person types. */
    public static final String NAME = "profiles";

    @Override
    public String name() {
      return NAME;
    }
  }

  /**
   * In which share of a day's intervals a sensor was heard of.
   *
   * @param interval into which days are divided without a remainder, whole seconds
   */
  record Uptime(Duration interval) implements Analysis {
    /** The name a person types. */
    public static final String NAME = "uptime";

    private static final Duration DAY = Duration.ofDays(1);

    /**
     * Checks the interval.
     *
     * @throws IllegalArgumentException when a day is not divided by it
     */
    public Uptime {
      if (interval.toNanosPart() != 0
          || interval.toSeconds() < 1
          || DAY.toSeconds() % interval.toSeconds() != 0) {
        throw new IllegalArgumentException("does not divide a day; write 150s, 5m or 1h");
      }
    }

    @Override
    public String name() {
      return NAME;
    }
  }

  /**
   * Which hourly means lie far from those of the neighbours.
   *
   * @param radiusMetres how far neighbours stand at most
   * @param neighbours how many there must be at least
   * @param score from which absolute robust z-score on a mean is told
   */
  record Outliers(double radiusMetres, int neighbours, double score) implements Analysis {
    /** The name a person types. */
    public static final String NAME = "outliers";

    @Override
    public String name() {
      return NAME;
    }
  }

  /**
   * How particulate matter goes with humidity, for each place and all together.
   *
   * @param binPercent the width of the humidity's bins
   */
  record PmHumidity(int binPercent) implements Analysis {
    /** The name a person types. */
    public static final String NAME = "pm-humidity";

    @Override
    public String name() {
      return NAME;
    }
  }
}
