package org.airlens.store;

import java.util.Arrays;

/** A growing column of whole numbers beside one of values. */
final class Points {

  private long[] numbers = new long[64];
  private double[] values = new double[64];
  private int size;

  void add(long number, double value) {
    if (size == values.length) {
      numbers = Arrays.copyOf(numbers, size * 2);
      values = Arrays.copyOf(values, size * 2);
    }
    numbers[size] = number;
    values[size++] = value;
  }

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  /** The last value, of which there must be one. */
  double lastValue() {
    return values[size - 1];
  }

  /** Adds to the last number. */
  void addToLast(long number) {
    numbers[size - 1] += number;
  }

  long[] numbers() {
    return Arrays.copyOf(numbers, size);
  }

  double[] values() {
    return Arrays.copyOf(values, size);
  }
}
