package org.airlens.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.shiftright;
import static org.apache.spark.sql.functions.timestamp_seconds;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.airlens.model.Measures;
import org.airlens.pipeline.CycleReport;
import org.airlens.pipeline.engine.CollectJob;
import org.airlens.pipeline.engine.EngineException;
import org.airlens.spark.columns.ReadingColumns;
import org.airlens.spark.landing.LandedOffset;
import org.airlens.spark.landing.LandingTable;
import org.airlens.spark.parsed.ParsedRows;
import org.airlens.spark.parsed.RowSink;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.apache.spark.sql.streaming.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * Works off a landing zone with Structured Streaming: read and validate → drop what was repeated →
 * index → write. Time, to the stream, is the number of a document: no row can be later than the
 * watermark, however old the reading in it is, so that Spark drops none.
 */
final class SparkCollect {

  /**
   * A reading that comes again within so many documents does not reach the writers, which know
   * exactly: the live feed repeats each for five minutes.
   */
  private static final String REMEMBERED = "30 seconds";

  private static final String ARRIVED = "arrived";
  private static final String CONTENT = "content";
  private static final String NO_READING = "no_reading";

  private static final Duration LOOK_AROUND = Duration.ofMillis(100);

  /** How long a batch that is under way when the process is told to end may go on. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final SparkSession spark;
  private final CollectJob job;
  private final LandedBatches batches;
  private long settled;

  SparkCollect(SparkSession spark, CollectJob job) throws IOException {
    this.spark = spark;
    this.job = job;
    batches = new LandedBatches(spark, job);
  }

  CycleReport run() throws EngineException {
    Instant startedAt = job.clock().instant();
    long begin = System.nanoTime();
    try {
      StreamingQuery query = start();
      try {
        follow(query);
      } finally {
        query.stop();
      }
    } catch (Exception e) { // Spark throws what its signatures do not say.
      fail(e);
    }
    return batches.report(startedAt, Duration.ofNanos(System.nanoTime() - begin));
  }

  private StreamingQuery start() throws TimeoutException {
    spark.conf().set("spark.sql.streaming.noDataMicroBatches.enabled", "false");
    Dataset<Row> landed =
        spark
            .readStream()
            .format(LandingTable.class.getName())
            .option(LandingTable.ROOT, job.landing().folder().toString())
            .option(LandingTable.PARTS, spark.sparkContext().defaultParallelism())
            .load();
    return once(landed)
        .withColumn(Measures.AQI, ReadingColumns.aqi())
        .writeStream()
        .queryName("airlens")
        .option("checkpointLocation", job.checkpoint().toUri().toString())
        .trigger(
            job.once() ? Trigger.AvailableNow() : Trigger.ProcessingTime(job.interval().toMillis()))
        .foreachBatch((VoidFunction2<Dataset<Row>, Long>) (rows, id) -> batches.write(rows))
        .start();
  }

  /** The rows without the readings that a former document had as they are. */
  private static Dataset<Row> once(Dataset<Row> landed) {
    Column isReading = col(ReadingColumns.SENSOR_ID).isNotNull();
    Column[] fields =
        Arrays.stream(ReadingColumns.UNINDEXED.fieldNames())
            .map(name -> name.equals(ReadingColumns.OTHERS) ? to_json(col(name)) : col(name))
            .toArray(Column[]::new);
    return landed
        .withColumn(
            ARRIVED,
            timestamp_seconds(shiftright(col(ParsedRows.ORDINAL), RowSink.ORDINALS_OF_A_DOCUMENT)))
        .withColumn(CONTENT, when(isReading, xxhash64(fields)))
        .withColumn(NO_READING, when(isReading.unary_$bang(), col(ParsedRows.ORDINAL)))
        .withWatermark(ARRIVED, REMEMBERED)
        .dropDuplicatesWithinWatermark(
            new String[] {ReadingColumns.SENSOR_ID, ReadingColumns.TIMESTAMP, CONTENT, NO_READING});
  }

  /** Removes what is settled from the landing zone until all is done. */
  private void follow(StreamingQuery query) throws StreamingQueryException {
    while (!query.awaitTermination(LOOK_AROUND.toMillis())) {
      settle(query.lastProgress());
      if (job.stopping().getAsBoolean()) {
        awaitEndOfBatch(query);
        break;
      }
      if (!job.once() && job.finished().getAsBoolean() && job.landing().isEmpty()) {
        break;
      }
    }
    settle(query.lastProgress());
  }

  private static void awaitEndOfBatch(StreamingQuery query) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (query.status().isTriggerActive() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(LOOK_AROUND.toNanos());
    }
  }

  /** A batch's progress is told after Spark has noted in the checkpoint that it is done. */
  private void settle(@Nullable StreamingQueryProgress progress) {
    if (progress == null || progress.sources().length == 0) {
      return;
    }
    String offset = progress.sources()[0].endOffset();
    if (offset != null) {
      long number = LandedOffset.of(offset).number();
      if (number > settled) {
        job.landing().settled(number);
        settled = number;
      }
    }
  }

  private void fail(Exception e) throws EngineException {
    if (job.stopping().getAsBoolean()) {
      return; // Spark ends with the process, and the batch is done again.
    }
    if (batches.failure().isPresent()) {
      throw batches.failure().get();
    }
    throw new EngineException(
        ("Spark: %s. If it is the checkpoint that is damaged, remove %s and start again: what was"
                + " not done is still in %s, and nothing is stored twice")
            .formatted(SparkEngine.cause(e), job.checkpoint(), job.landing().folder()),
        e);
  }
}
