package org.airlens.store.embedded.rollup;

import java.util.Arrays;

/** Values and their times, in growing columns. */
final class TimedValues {

  private long[] seconds = new long[64];
  private double[] values = new double[64];
  private int size;

  void add(long second, double value) {
    if (size == values.length) {
      seconds = Arrays.copyOf(seconds, size * 2);
      values = Arrays.copyOf(values, size * 2);
    }
    seconds[size] = second;
    values[size++] = value;
  }

  int size() {
    return size;
  }

  long second(int row) {
    return seconds[row];
  }

  /** Aggregates rows. */
  void aggregate(Bucket bucket, int from, int to, double[] scratch) {
    bucket.of(seconds, values, from, to, scratch);
  }
}
