package org.airlens.spark;

import org.apache.spark.sql.Observation;

/** What was counted of rows as they passed. */
final class Observed {

  private Observed() {}

  /** A number, once the rows have passed; 0 when there were none. */
  static long number(Observation observation, String name) throws InterruptedException {
    return observation.getAsJava().get(name) instanceof Number number ? number.longValue() : 0;
  }
}
