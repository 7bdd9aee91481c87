package org.airlens.store;

/** Makes a distribution of values that come in ascending order. */
public final class DistributionCollector {

  private final Points found = new Points();

  /**
   * Takes a value's count; adds it to that of the same value before: a store may tell -0 from 0.
   */
  public void take(double value, long count) {
    if (found.size() > 0 && found.lastValue() == value) {
      found.addToLast(count);
    } else {
      found.add(count, value);
    }
  }

  /**
   * What was taken.
   *
   * @param sensors how many sensors reported one of the values
   */
  public Distribution of(long sensors) {
    return new Distribution(found.values(), found.numbers(), sensors);
  }
}
