package org.airlens.store;

/**
 * Quantiles with linear interpolation between closest ranks (Hyndman and Fan 1996, type 7: what
 * NumPy, pandas and PostgreSQL's {@code percentile_cont} compute).
 */
public final class Quantile {

  /** The share of values that {@link Aggregate#P95} is about. */
  public static final double P95 = 0.95;

  private Quantile() {}

  /**
   * A quantile of values.
   *
   * @param ascending the values, in ascending order
   * @param size how many of them there are, at least one
   * @param q from 0 to 1
   */
  public static double of(double[] ascending, int size, double q) {
    double rank = q * (size - 1);
    double below = ascending[(int) Math.floor(rank)];
    double above = ascending[(int) Math.ceil(rank)];
    return below + (above - below) * (rank - Math.floor(rank));
  }
}
