package org.airlens.store;

import java.util.Arrays;

/** A growing column of whole numbers beside one of values. */
public final class Points {

  private long[] numbers = new long[64];
  private double[] values = new double[64];
  private int size;

  /** Adds a pair. */
  public void add(long number, double value) {
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

  /** How many pairs there are. */
  public int size() {
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

  /** The numbers, copied. */
  public long[] numbers() {
    return Arrays.copyOf(numbers, size);
  }

  /** The values, copied. */
  public double[] values() {
    return Arrays.copyOf(values, size);
  }
}
