package org.airlens.spark;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.airlens.collect.Rejection;
import org.airlens.model.Reading;
import org.airlens.model.RejectionReason;
import org.airlens.pipeline.CycleReport;
import org.airlens.pipeline.engine.CollectJob;
import org.airlens.spark.columns.ReadingColumns;
import org.airlens.spark.columns.ReadingRows;
import org.airlens.spark.parsed.ParsedRows;
import org.airlens.store.StoreException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the stream's batches into the lake and into the store. Both know what they have, so that a
 * batch that is done again after a crash changes nothing. What can't be written is tried again
 * until it can. Batches come one after the other; the report is asked for after the last.
 */
final class LandedBatches {

  private static final Logger LOG = LoggerFactory.getLogger(LandedBatches.class);

  /** So many readings are written to the store together. */
  private static final int CHUNK = 50_000;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final CollectJob job;
  private final Optional<LakeAppending> lake;
  private final Map<RejectionReason, Long> rejected = new EnumMap<>(RejectionReason.class);
  private long bytes;
  private long seen;
  private long stored;
  private @Nullable String problem;
  private volatile @Nullable StoreException failure;

  LandedBatches(SparkSession spark, CollectJob job) throws IOException {
    this.job = job;
    lake =
        job.lake().isPresent()
            ? Optional.of(new LakeAppending(new Lake(spark, job.lake().get(), job.iceberg())))
            : Optional.empty();
  }

  /**
   * Writes a batch; when this returns, all of it is durable.
   *
   * @param batch indexed readings, rejections and documents' ends
   */
  void write(Dataset<Row> batch) {
    long begin = System.nanoTime();
    long before = stored;
    Dataset<Row> rows = lake.isPresent() ? batch.persist() : batch;
    try {
      if (lake.isPresent()) {
        Dataset<Row> readings = rows.where(col(ReadingColumns.SENSOR_ID).isNotNull());
        long added = untilItCan("the lake", () -> lake.get().add(readings));
        stored += job.ingest().isEmpty() ? added : 0;
      }
      take(rows);
    } finally {
      batch.unpersist();
    }
    LOG.info(
        "batch: {} new readings in {} ms",
        "%,d".formatted(stored - before),
        Duration.ofNanos(System.nanoTime() - begin).toMillis());
  }

  /** Why the store or the lake could not be written, if that ended the stream. */
  Optional<StoreException> failure() {
    return Optional.ofNullable(failure);
  }

  /** What was done so far. */
  CycleReport report(Instant startedAt, Duration duration) {
    Map<String, Long> labelled = new TreeMap<>();
    rejected.forEach((reason, times) -> labelled.put(reason.label(), times));
    return new CycleReport(
        startedAt,
        duration,
        bytes,
        seen,
        stored,
        Math.max(0, seen - stored),
        labelled,
        List.of(),
        Optional.ofNullable(problem));
  }

  /** Brings rows to the driver, in their order: every store has one writer. */
  private void take(Dataset<Row> rows) {
    List<Column> columns = new ArrayList<>(List.of(ReadingRows.columns()));
    Arrays.stream(ParsedRows.SCHEMA.fieldNames())
        .skip(ReadingRows.WIDTH)
        .forEach(name -> columns.add(col(name)));
    Dataset<Row> wanted =
        job.ingest().isPresent() ? rows : rows.where(col(ReadingColumns.SENSOR_ID).isNull());
    Iterator<Row> ordered =
        wanted
            .select(columns.toArray(Column[]::new))
            .repartition(1)
            .sortWithinPartitions(ParsedRows.ORDINAL)
            .toLocalIterator();
    List<Reading> chunk = new ArrayList<>();
    while (ordered.hasNext()) {
      Row row = ordered.next();
      if (!row.isNullAt(row.fieldIndex(ReadingColumns.SENSOR_ID))) {
        chunk.add(ReadingRows.reading(row));
      } else if (!row.isNullAt(row.fieldIndex(ParsedRows.REASON))) {
        reject(row);
      } else {
        end(row);
      }
      if (chunk.size() >= CHUNK) {
        store(chunk);
      }
    }
    store(chunk);
  }

  private void store(List<Reading> chunk) {
    if (!chunk.isEmpty()) {
      List<Reading> readings = List.copyOf(chunk);
      stored +=
          untilItCan("the store", () -> job.ingest().orElseThrow().takeIndexed(readings).stored());
      chunk.clear();
    }
  }

  private void reject(Row row) {
    RejectionReason reason = RejectionReason.find(row.getAs(ParsedRows.REASON)).orElseThrow();
    rejected.merge(reason, 1L, Long::sum);
    job.letters()
        .keep(
            new Rejection(
                row.getAs(ParsedRows.SOURCE),
                reason,
                row.<Long>getAs(ParsedRows.OFFSET),
                row.getAs(ParsedRows.EXCERPT)));
  }

  private void end(Row row) {
    seen += row.<Long>getAs(ParsedRows.FILE_ROWS);
    bytes += row.<Long>getAs(ParsedRows.FILE_BYTES);
    String failed = row.getAs(ParsedRows.FAILURE);
    if (failed != null) {
      LOG.warn("{}", failed);
      problem = problem == null ? failed : problem;
    }
  }

  /** Writes, again and again while it can't be; a single cycle has one try. */
  private long untilItCan(String what, Writing writing) {
    Duration pause = FIRST_PAUSE;
    boolean isTold = false;
    while (true) {
      try {
        long written = writing.write();
        if (isTold) {
          LOG.info("{} can be written again", what);
        }
        return written;
      } catch (StoreException | IOException e) {
        if (job.once() || job.stopping().getAsBoolean()) {
          throw failed(what, e);
        }
        if (!isTold) {
          LOG.warn("{} can't be written, tried again until it can: {}", what, e.getMessage());
          isTold = true;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw failed(what, e);
      }
      await(pause);
      pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : pause;
    }
  }

  private StoreException failed(String what, Exception e) {
    StoreException failed =
        e instanceof StoreException known
            ? known
            : new StoreException("%s can't be written: %s".formatted(what, e.getMessage()), e);
    failure = failed;
    return failed;
  }

  /** Waits, but not beyond the moment when the process is to end. */
  private void await(Duration pause) {
    long deadline = System.nanoTime() + pause.toNanos();
    while (System.nanoTime() < deadline && !job.stopping().getAsBoolean()) {
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  /** Something that a store or a lake does; how many readings were new to it. */
  private interface Writing {
    long write() throws IOException, InterruptedException;
  }
}
