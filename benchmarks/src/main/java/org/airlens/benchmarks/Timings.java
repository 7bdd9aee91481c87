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

  /** Keeps all durations that another kept. */
  void add(Timings other) {
    for (int i = 0; i < other.size; i++) {
      add(other.nanos[i]);
    }
  }

  /** How many there are. */
  int count() {
    return size;
  }

  /** The share of the durations that are shorter than this. */
  double shareBelowMillis(double millis) {
    long below = 0;
    for (int i = 0; i < size; i++) {
      below += nanos[i] < millis * 1e6 ? 1 : 0;
    }
    return below / (double) size;
  }

  /**
   * The smallest of the durations that at least the share {@code q} of them does not exceed, in
   * milliseconds: a duration that was measured, never one between two.
   *
   * @throws IllegalStateException when there are none
   */
  double quantileMillis(double q) {
    if (size == 0) {
      throw new IllegalStateException("nothing was timed");
    }
    long[] sorted = Arrays.copyOf(nanos, size);
    Arrays.sort(sorted);
    long rank = Math.round(Math.ceil(q * size));
    return sorted[Math.clamp(rank - 1, 0, size - 1)] / 1e6;
  }

  /** The median in milliseconds. */
  double medianMillis() {
    return quantileMillis(0.5);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "median %.2f ms, p95 %.2f ms, p99 %.2f ms, max %.2f ms (%d)",
        medianMillis(),
        quantileMillis(0.95),
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
