package org.airlens.benchmarks;

import java.util.Arrays;

/**
 * What a store answered, as numbers in an order that the question fixes; NaN for a missing value.
 *
 * @param numbers times in seconds, sensors, values
 */
@SuppressWarnings("ArrayRecordComponent") // Only its own methods look into it.
record Answer(double[] numbers) {

  /** Sums of the same values in another order differ by less. */
  private static final double ROUNDING = 1e-9;

  /** How many numbers there are. */
  int size() {
    return numbers.length;
  }

  /**
   * Checks that another store answered the same.
   *
   * @throws IllegalStateException with the first difference when it did not
   */
  void checkSame(Answer other, String question) {
    if (numbers.length != other.numbers.length) {
      throw new IllegalStateException(
          "%s: %d numbers, and %d elsewhere"
              .formatted(question, other.numbers.length, numbers.length));
    }
    for (int i = 0; i < numbers.length; i++) {
      if (!isSame(numbers[i], other.numbers[i])) {
        throw new IllegalStateException(
            "%s: number %d is %s, and %s elsewhere"
                .formatted(question, i, other.numbers[i], numbers[i]));
      }
    }
  }

  private static boolean isSame(double one, double other) {
    return Double.compare(one, other) == 0
        || Math.abs(one - other) <= ROUNDING * Math.max(Math.abs(one), Math.abs(other));
  }

  /** Collects the numbers of an answer. */
  static final class Collector {

    private double[] numbers = new double[256];
    private int size;

    /** Adds a number. */
    void add(double number) {
      if (size == numbers.length) {
        numbers = Arrays.copyOf(numbers, size * 2);
      }
      numbers[size++] = number;
    }

    /** Adds a time in seconds or a sensor's number, far from those that a double can't hold. */
    void add(long number) {
      add((double) number);
    }

    /** All that were added. */
    Answer answer() {
      return new Answer(Arrays.copyOf(numbers, size));
    }
  }
}
