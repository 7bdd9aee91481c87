package org.airlens.spark;

import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** One session for all tests: starting one takes seconds. It ends with the JVM. */
public final class TestSpark {

  private TestSpark() {}

  /** The session. */
  public static SparkSession session() {
    System.setProperty("spark.sql.shuffle.partitions", "2");
    return Sessions.open("test", Optional.of("local[2]"));
  }
}
