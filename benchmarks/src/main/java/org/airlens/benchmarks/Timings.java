package org.airlens.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/** Durations of one operation, collected by one thread. */
final class Timings {

  private long[] nanos = new long[64];
  private int size;

  /** Runs the operation and keeps how long it took. */
  void time(Operation operation) throws Exception {
    long start = System.nanoTime();
    operation.run();
    add(System.nanoTime() - start);
  }

  /** Keeps a duration. */
  void add(long durationNanos) {
    if (size == nanos.length) {
      nanos = Arrays.copyOf(nanos, size * 2);
    }
    nanos[size++] = durationNanos;
  }

  /** How many there are. */
  int count() {
    return size;
  }

  /** The value below which the share {@code q} of the durations lies, in milliseconds. */
  double quantileMillis(double q) {
    long[] sorted = Arrays.copyOf(nanos, size);
    Arrays.sort(sorted);
    return sorted[(int) Math.min(size - 1L, Math.round(Math.ceil(q * size)) - 1)] / 1e6;
  }

  /** The median in milliseconds. */
  double medianMillis() {
    return quantileMillis(0.5);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "median %.2f ms, p99 %.2f ms, max %.2f ms (%d)",
        medianMillis(),
        quantileMillis(0.99),
        quantileMillis(1),
        size);
  }

  /** Something to time. */
  @FunctionalInterface
  interface Operation {
    /** Does it once. */
    void run() throws Exception;
  }
}
