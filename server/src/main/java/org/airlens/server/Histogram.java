package org.airlens.server;

import java.util.ArrayList;
import java.util.List;
import org.airlens.store.Distribution;

/** Counts of values in equal bins whose edges are round: multiples of 1, 2 or 5 powers of ten. */
final class Histogram {

  private static final double[] STEPS = {1, 2, 5};

  /** What is larger is no measurement of anything, and near where powers of ten end. */
  private static final double LARGEST = 1e200;

  private static final int SMALLEST_EXPONENT = -200;
  private static final int LARGEST_EXPONENT = 201;

  private Histogram() {}

  /**
   * The bins from the smallest to the largest value, empty ones among them.
   *
   * @param most so many bins, at least 2
   */
  static List<Bin> of(Distribution distribution, int most) {
    double[] values = distribution.values();
    if (values.length == 0) {
      return List.of();
    }
    double low = values[0];
    double high = values[values.length - 1];
    if (Math.max(-low, high) > LARGEST) {
      return List.of(new Bin(low, high, distribution.count()));
    }
    Width width = width(low, high, most);
    double first = width.below(low);
    int bins = (int) (width.below(high) - first) + 1;
    long[] counts = new long[bins];
    for (int i = 0; i < values.length; i++) {
      counts[(int) (width.below(values[i]) - first)] += distribution.counts()[i];
    }
    List<Bin> all = new ArrayList<>(bins);
    for (int bin = 0; bin < bins; bin++) {
      all.add(new Bin(width.times(first + bin), width.times(first + bin + 1), counts[bin]));
    }
    return all;
  }

  /** The smallest round width with which there are not too many bins. */
  private static Width width(double low, double high, int most) {
    double span = (high - low) / most;
    int begin = span == 0 ? 0 : Math.max(SMALLEST_EXPONENT, (int) Math.floor(Math.log10(span)));
    for (int exponent = begin; exponent < LARGEST_EXPONENT; exponent++) {
      for (double step : STEPS) {
        Width width = new Width(step, exponent);
        if (width.below(high) - width.below(low) < most) {
          return width;
        }
      }
    }
    throw new IllegalStateException("no width from %s to %s".formatted(low, high));
  }

  /**
   * A bin.
   *
   * @param from its begin, included
   * @param to its end, excluded
   * @param count how many values
   */
  record Bin(double from, double to, long count) {}

  /** A round number: a step times a power of ten. */
  private record Width(double step, int exponent) {

    /** How many times it goes into the value. */
    double below(double value) {
      return Math.floor(
          exponent < 0
              ? value * Math.pow(10, -exponent) / step
              : value / Math.pow(10, exponent) / step);
    }

    /** Dividing by a power of ten leaves none of the digits that multiplying by a fraction adds. */
    double times(double count) {
      return exponent < 0
          ? count * step / Math.pow(10, -exponent)
          : count * step * Math.pow(10, exponent);
    }
  }
}
