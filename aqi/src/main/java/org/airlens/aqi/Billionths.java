package org.airlens.aqi;

/** Rounding that takes the dust of binary arithmetic off a mean. */
final class Billionths {

  /** Means beyond this keep what the arithmetic gives: they have no ninth decimal. */
  private static final double ROUNDED_BELOW = 1e6;

  private static final double PER_UNIT = 1e9;

  private Billionths() {}

  /**
   * Rounds to a billionth: the mean of decimals that is 11.5 must not stay 11.499999999999998,
   * which has another index.
   */
  static double round(double mean) {
    return Math.abs(mean) < ROUNDED_BELOW ? Math.rint(mean * PER_UNIT) / PER_UNIT : mean;
  }
}
