package org.airlens.store.embedded.rollup;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.airlens.store.DistributionCollector;

/** Adds up how often values occur, of which each part is in ascending order. */
public final class ValueCounts {

  /** Parts, each much larger than the next one, so that few are merged with a large one. */
  private final Deque<Part> parts = new ArrayDeque<>();

  /** Adds a part; the arrays are not changed. */
  public void add(double[] ascending, long[] counts) {
    parts.push(new Part(ascending, counts));
    while (parts.size() > 1 && isWorthMerging()) {
      mergeLast();
    }
  }

  /** Tells each value with its count. */
  public void tell(DistributionCollector collector) {
    while (parts.size() > 1) {
      mergeLast();
    }
    if (!parts.isEmpty()) {
      Part all = parts.peek();
      for (int i = 0; i < all.values.length; i++) {
        collector.take(all.values[i], all.counts[i]);
      }
    }
  }

  private boolean isWorthMerging() {
    Part last = parts.pop();
    boolean worth = parts.element().values.length < 2L * last.values.length;
    parts.push(last);
    return worth;
  }

  private void mergeLast() {
    Part one = parts.pop();
    parts.push(one.merged(parts.pop()));
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Part(double[] values, long[] counts) {

    Part merged(Part other) {
      double[] all = new double[values.length + other.values.length];
      long[] sums = new long[all.length];
      int size = 0;
      int left = 0;
      int right = 0;
      while (left < values.length || right < other.values.length) {
        boolean fromLeft =
            right == other.values.length
                || (left < values.length && values[left] <= other.values[right]);
        double value = fromLeft ? values[left] : other.values[right];
        long count = fromLeft ? counts[left++] : other.counts[right++];
        if (size > 0 && all[size - 1] == value) {
          sums[size - 1] += count;
        } else {
          all[size] = value;
          sums[size++] = count;
        }
      }
      return new Part(Arrays.copyOf(all, size), Arrays.copyOf(sums, size));
    }
  }
}
