package org.airlens.spark;

import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Opens Spark sessions that are set as AirLens's steps need them. */
public final class Sessions {

  private static final String LOCAL = "local[*]";

  /** A machine's own cores need no more parts; a cluster has Spark's own number of them. */
  private static final String LOCAL_PARTS = "8";

  /** What results depend on. */
  private static final Map<String, String> RULES =
      Map.of(
          "spark.sql.session.timeZone", "UTC",
          "spark.sql.sources.partitionOverwriteMode", "dynamic",
          "spark.sql.sources.partitionColumnTypeInference.enabled", "true",
          "spark.sql.parquet.compression.codec", "zstd",
          "spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");

  /** The JVM compiles no method of more bytecode: what is longer must not be one method. */
  private static final String LONGEST_METHOD = "8000";

  private Sessions() {}

  /**
   * Opens a session, or takes the one that there is.
   *
   * @param name what the cluster shows
   * @param master the cluster; empty for what {@code spark-submit} said, and for this machine when
   *     nothing did
   */
  public static SparkSession open(String name, Optional<String> master) {
    SparkConf conf = new SparkConf().setAppName(name);
    master.ifPresent(conf::setMaster);
    if (!conf.contains("spark.master")) {
      conf.setMaster(LOCAL);
    }
    if (conf.get("spark.master").startsWith("local")) {
      conf.setIfMissing("spark.ui.enabled", "false");
      conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
      conf.setIfMissing("spark.driver.host", "127.0.0.1");
      conf.setIfMissing("spark.sql.shuffle.partitions", LOCAL_PARTS);
    }
    conf.setIfMissing("spark.sql.codegen.hugeMethodLimit", LONGEST_METHOD);
    RULES.forEach(conf::set);
    return SparkSession.builder().config(conf).getOrCreate();
  }
}
