package org.airlens.spark;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.io.IOException;
import java.time.Duration;
import org.airlens.pipeline.engine.EngineException;
import org.airlens.pipeline.engine.ReprocessJob;
import org.airlens.pipeline.engine.ReprocessReport;
import org.airlens.spark.columns.ReadingColumns;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Makes all that a lake has anew, from what was reported, into a version of its own. */
final class SparkReprocess {

  private static final String READINGS = "readings";
  private static final String INDEXED = "indexed";
  private static final String CALIBRATED = "calibrated";

  private final ReprocessJob job;
  private final Lake lake;

  SparkReprocess(SparkSession spark, ReprocessJob job) throws IOException {
    this.job = job;
    lake = new Lake(spark, job.lake(), job.iceberg());
  }

  ReprocessReport run() throws IOException, InterruptedException, EngineException {
    long begin = System.nanoTime();
    Lake.Version former = lake.versionToFollow();
    if (former.partitions().isEmpty()) {
      throw new EngineException(
          "there is no lake in %s; 'airlens backfill --engine spark' makes one"
              .formatted(job.lake()));
    }
    Recipe recipe = new Recipe(job.standard(), job.calibration());
    Observation seen = new Observation();
    String commit = lake.newCommit();
    Dataset<Row> rows =
        recipe
            .applied(Recipe.reported(lake.read(former.partitions())))
            .withColumns(ReadingColumns.SLOT)
            .observe(
                seen,
                count(lit(1)).as(READINGS),
                count(col(ReadingColumns.INDEX)).as(INDEXED),
                coalesce(sum(when(size(col(ReadingColumns.REPORTED)).gt(0), 1L)), lit(0L))
                    .as(CALIBRATED));
    lake.write(rows.repartition(col(ReadingColumns.DAY), col(ReadingColumns.SENSOR_TYPE)), commit);
    Lake.Version made = lake.remake(former, recipe, lake.written(commit));
    lake.prune();
    return new ReprocessReport(
        made.number(),
        Observed.number(seen, READINGS),
        Observed.number(seen, INDEXED),
        Observed.number(seen, CALIBRATED),
        Duration.ofNanos(System.nanoTime() - begin));
  }
}
