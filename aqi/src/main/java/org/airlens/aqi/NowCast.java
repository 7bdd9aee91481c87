package org.airlens.aqi;

/**
 * The US EPA's NowCast for particles: a mean of the last 12 hours that leans on the newest the more
 * the concentration changes. It stands in for the 24-hour mean in a current {@code us-epa} index.
 *
 * <p>Sources: EPA, "Technical Assistance Document for the Reporting of Daily Air Quality – the Air
 * Quality Index", EPA-454/B-24-002, May 2024; AirNow, "How is the NowCast algorithm used to report
 * current air quality?".
 */
public final class NowCast {

  /** What stands for a missing hour, and for a NowCast that can't be computed. */
  public static final double MISSING = Double.NaN;

  /** How many hours count. */
  public static final int HOURS = 12;

  private static final int NEWEST_HOURS = 3;
  private static final int REQUIRED_NEWEST_HOURS = 2;
  private static final double SMALLEST_WEIGHT = 0.5;

  private NowCast() {}

  /**
   * The NowCast of the newest hour. Allocates nothing.
   *
   * @param newestFirst hourly means in µg/m³, the newest first; only the first 12 count. An hour
   *     that is negative, NaN or infinite is missing, and so are hours beyond the array's end
   * @return µg/m³, to a billionth, or {@link #MISSING} when two or more of the newest three hours
   *     are missing
   */
  public static double of(double[] newestFirst) {
    int hours = Math.min(HOURS, newestFirst.length);
    int newest = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = 0;
    for (int hour = 0; hour < hours; hour++) {
      double value = newestFirst[hour];
      if (!Scale.isConcentration(value)) {
        continue;
      }
      if (hour < NEWEST_HOURS) {
        newest++;
      }
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    if (newest < REQUIRED_NEWEST_HOURS) {
      return MISSING;
    }
    double weight = max == 0 ? 1 : Math.max(min / max, SMALLEST_WEIGHT);
    return Billionths.round(weightedMean(newestFirst, hours, weight));
  }

  /** Each hour weighs as much as {@code weight} to the power of its age in hours. */
  private static double weightedMean(double[] newestFirst, int hours, double weight) {
    double weights = 0;
    double mean = 0;
    double power = 1;
    for (int hour = 0; hour < hours; hour++, power *= weight) {
      double value = newestFirst[hour];
      if (Scale.isConcentration(value)) {
        weights += power;
        mean += (value - mean) * (power / weights);
      }
    }
    return mean;
  }
}
