package org.airlens.spark;

import java.util.Map;
import org.apache.spark.sql.Observation;

/** What was counted of rows as they passed. */
final class Observed {

  private Observed() {}

  /** A number, once the rows have passed; 0 when there were none. */
  static long number(Observation observation, String name) throws InterruptedException {
    return number(observation.getAsJava(), name);
  }

  /** The same of what was found. */
  static long number(Map<String, Object> found, String name) {
    return found.get(name) instanceof Number number ? number.longValue() : 0;
  }
}
