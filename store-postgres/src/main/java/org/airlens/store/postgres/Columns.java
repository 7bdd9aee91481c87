package org.airlens.store.postgres;

import java.util.Arrays;

/** A growing column of whole numbers beside one of values. */
final class Columns {

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

  int size() {
    return size;
  }

  long[] numbers() {
    return Arrays.copyOf(numbers, size);
  }

  double[] values() {
    return Arrays.copyOf(values, size);
  }
}
