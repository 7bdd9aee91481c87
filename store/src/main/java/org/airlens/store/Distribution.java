package org.airlens.store;

import java.util.OptionalDouble;

/**
 * The values of a measure and how often each occurs. Exact: sensors report few decimals, so
 * distinct values are few even where readings are many.
 *
 * @param values distinct values, ascending
 * @param counts how often each occurs
 * @param sensors how many sensors reported one
 */
@SuppressWarnings("ArrayRecordComponent") // Columns of primitives, read and not changed.
public record Distribution(double[] values, long[] counts, long sensors) {

  /** How many values there are in all. */
  public long count() {
    long total = 0;
    for (long count : counts) {
      total += count;
    }
    return total;
  }

  /** The smallest value, empty when there is none. */
  public OptionalDouble min() {
    return values.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(values[0]);
  }

  /** The largest value, empty when there is none. */
  public OptionalDouble max() {
    return values.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(values[values.length - 1]);
  }

  /** The arithmetic mean, empty when there is no value. */
  public OptionalDouble mean() {
    if (values.length == 0) {
      return OptionalDouble.empty();
    }
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += values[i] * counts[i];
    }
    return OptionalDouble.of(sum / count());
  }

  /**
   * A quantile with linear interpolation between closest ranks (Hyndman and Fan 1996, type 7: what
   * NumPy and pandas compute by default).
   *
   * @param q from 0 to 1
   */
  public OptionalDouble quantile(double q) {
    if (values.length == 0) {
      return OptionalDouble.empty();
    }
    double rank = q * (count() - 1);
    long below = (long) Math.floor(rank);
    double low = atRank(below);
    double high = atRank((long) Math.ceil(rank));
    return OptionalDouble.of(low + (high - low) * (rank - below));
  }

  private double atRank(long rank) {
    long seen = 0;
    for (int i = 0; i < values.length; i++) {
      seen += counts[i];
      if (rank < seen) {
        return values[i];
      }
    }
    return values[values.length - 1];
  }
}
