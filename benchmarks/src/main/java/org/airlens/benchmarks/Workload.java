package org.airlens.benchmarks;

import java.time.Duration;

/**
 * How much there is to do.
 *
 * @param sensors how many sensors report
 * @param history for how long they have reported before the measuring begins
 * @param step how long between two readings of a sensor in the history
 */
record Workload(int sensors, Duration history, Duration step) {

  /** How many readings the history has. */
  long readings() {
    return sensors * Math.ceilDiv(history.toSeconds(), step.toSeconds());
  }

  /** A dust sensor of {@link SyntheticNetwork}; those of numbers in a row stand far apart. */
  long dustSensor(int number) {
    return 1 + 2L * (number * 37L % (sensors / 2));
  }
}
