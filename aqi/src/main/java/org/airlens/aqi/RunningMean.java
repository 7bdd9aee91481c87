package org.airlens.aqi;

import java.util.Arrays;

/**
 * The running mean that several standards are defined on: for each hour, the mean of the hours up
 * to and with it, when enough of them are there. Immutable.
 *
 * <p>Three quarters of the hours must be there, as in UK practice (Defra, "Update on Implementation
 * of the Daily Air Quality Index", April 2013) and in the European reporting rules (Directive
 * 2008/50/EC, annex XI: 18 of 24 hours, 6 of 8 hours).
 */
public final class RunningMean {

  /** What stands for a missing hour, and for a mean with too few hours. */
  public static final double MISSING = Double.NaN;

  /** Over 24 hours, of which 18 must be there. */
  public static final RunningMean OF_24_HOURS = new RunningMean(24, 0.75);

  /** Over 8 hours, of which 6 must be there. */
  public static final RunningMean OF_8_HOURS = new RunningMean(8, 0.75);

  private final int hours;
  private final int required;

  /**
   * Makes a rule.
   *
   * @param hours how many hours a mean covers, from 1
   * @param dataCapture which share of them must be there, above 0, up to 1
   */
  public RunningMean(int hours, double dataCapture) {
    if (hours < 1) {
      throw new IllegalArgumentException("a mean needs an hour or more, not " + hours);
    }
    if (!(dataCapture > 0 && dataCapture <= 1)) {
      throw new IllegalArgumentException(
          "the data capture is a share above 0 and up to 1, not " + dataCapture);
    }
    this.hours = hours;
    this.required = (int) Math.ceil(hours * dataCapture);
  }

  /** How many hours a mean covers. */
  public int hours() {
    return hours;
  }

  /** How many of them must be there. */
  public int requiredHours() {
    return required;
  }

  /**
   * The mean of the period that ends with one hour. Allocates nothing.
   *
   * @param hourly hourly means in µg/m³, oldest first; an hour that is not finite is missing
   * @param last the place of the period's last hour; hours before the array's begin are missing
   * @return µg/m³, or {@link #MISSING} when too few hours are there
   */
  public double ending(double[] hourly, int last) {
    double sum = 0;
    double lost = 0;
    int count = 0;
    for (int hour = Math.max(0, last - hours + 1); hour <= last; hour++) {
      double value = hourly[hour];
      if (!Double.isFinite(value)) {
        continue;
      }
      // Neumaier's sum keeps what rounding loses, so that the order of the hours is no matter.
      double next = sum + value;
      lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
      sum = next;
      count++;
    }
    return count < required ? MISSING : Billionths.round((sum + lost) / count);
  }

  /**
   * The running mean of each hour.
   *
   * @param hourly hourly means in µg/m³, oldest first; an hour that is not finite is missing
   * @return as many means, in µg/m³, {@link #MISSING} where too few hours are there
   */
  public double[] over(double[] hourly) {
    double[] means = new double[hourly.length];
    Arrays.setAll(means, hour -> ending(hourly, hour));
    return means;
  }
}
