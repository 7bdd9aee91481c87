package org.airlens.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.timestamp_seconds;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.airlens.collect.DeadLetters;
import org.airlens.collect.capture.SampleSource;
import org.airlens.model.Measures;
import org.airlens.pipeline.Landing;
import org.airlens.pipeline.Pipeline;
import org.airlens.pipeline.engine.CollectJob;
import org.airlens.spark.columns.ReadingColumns;
import org.airlens.spark.parsed.ParsedRows;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/** Lakes, and readings to be added to them. */
final class TestLake {

  private TestLake() {}

  /**
   * Collects the bundled sample into a lake.
   *
   * @param folder where landing zone and dead letters go
   */
  static void collectSample(Path folder, Path lake, boolean isIceberg, InstantSource clock)
      throws Exception {
    try (Landing landing = Landing.open(folder.resolve("stream"), Long.MAX_VALUE);
        SampleSource sample = new SampleSource();
        DeadLetters letters = DeadLetters.in(folder.resolve("letters"), clock)) {
      Pipeline.into(landing, List.of(sample), letters, new SimpleMeterRegistry(), clock).cycle();
      CollectJob job =
          new CollectJob(
              landing,
              folder.resolve("stream/checkpoint"),
              Duration.ofSeconds(1),
              true,
              Optional.empty(),
              Optional.of(lake.toString()),
              isIceberg,
              letters,
              Optional.empty(),
              clock,
              () -> false,
              () -> false);
      new SparkCollect(TestSpark.session(), job).run();
    }
  }

  /** So many readings of one sensor, a second apart, in the order of time. */
  static Dataset<Row> readings(long from, int count) {
    Dataset<Row> rows = TestSpark.session().range(count).toDF(ParsedRows.ORDINAL);
    for (StructField field : ReadingColumns.UNINDEXED.fields()) {
      rows = rows.withColumn(field.name(), lit(null).cast(field.dataType()));
    }
    return rows.withColumn(ReadingColumns.SENSOR_ID, lit(7L))
        .withColumn(
            ReadingColumns.TIMESTAMP, timestamp_seconds(lit(from).plus(col(ParsedRows.ORDINAL))))
        .withColumn("sensor_type_id", lit(14))
        .withColumn("sensor_type_name", lit("SDS011"))
        .withColumn(Measures.P1, lit(5.0))
        .withColumn(ReadingColumns.OTHERS, map().cast("map<string,double>"));
  }
}
