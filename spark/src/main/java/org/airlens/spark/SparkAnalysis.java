package org.airlens.spark;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.airlens.pipeline.engine.AnalysisJob;
import org.airlens.pipeline.engine.AnalysisReport;
import org.airlens.spark.analytics.Analyses;
import org.airlens.spark.columns.ReadingColumns;
import org.airlens.store.lake.LakePartition;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/** Reads what is asked about from the lake and writes the table, one file each. */
final class SparkAnalysis {

  private final SparkSession spark;
  private final AnalysisJob job;
  private final Path out;
  private final FileSystem files;
  private final FileContext renaming;

  SparkAnalysis(SparkSession spark, AnalysisJob job) throws IOException {
    this.spark = spark;
    this.job = job;
    Path named = new Path(job.out());
    files = named.getFileSystem(spark.sparkContext().hadoopConfiguration());
    out = files.makeQualified(named);
    renaming = FileContext.getFileContext(out.toUri(), spark.sparkContext().hadoopConfiguration());
  }

  AnalysisReport run() throws IOException {
    long begin = System.nanoTime();
    Path drafts = new Path(out, "." + job.analysis().name());
    try {
      Path parquet = new Path(drafts, "parquet");
      Path csv = new Path(drafts, "csv");
      Analyses.table(job.analysis(), readings())
          .coalesce(1)
          .write()
          .mode(SaveMode.Overwrite)
          .parquet(parquet.toString());
      Dataset<Row> table = spark.read().parquet(parquet.toString());
      table
          .coalesce(1)
          .write()
          .mode(SaveMode.Overwrite)
          .option("header", true)
          .option("escape", "\"") // A quote in quotes is doubled, as RFC 4180 has it.
          .option("timestampFormat", "yyyy-MM-dd'T'HH:mm:ss'Z'")
          .csv(csv.toString());
      long rows = table.count();
      return new AnalysisReport(
          rows,
          List.of(placed(parquet, "parquet"), placed(csv, "csv")),
          Duration.ofNanos(System.nanoTime() - begin));
    } finally {
      files.delete(drafts, true);
    }
  }

  /** The readings that are asked about. */
  private Dataset<Row> readings() throws IOException {
    Lake lake = new Lake(spark, job.lake());
    List<LakePartition> all = lake.version().partitions();
    if (all.isEmpty()) {
      throw new IOException(
          "there is no lake in %s; airlens backfill --engine spark makes one"
              .formatted(job.lake()));
    }
    List<LakePartition> asked = all.stream().filter(this::isAsked).toList();
    return lake.read(asked.isEmpty() ? all.subList(0, 1) : asked)
        .where(SelectionColumns.wanted(job.selection(), col(ReadingColumns.SENSOR_TYPE)));
  }

  private boolean isAsked(LakePartition partition) {
    LocalDate day = LocalDate.parse(partition.day());
    return !day.isBefore(job.selection().days().from())
        && day.isBefore(job.selection().days().to());
  }

  /** Moves the one file that Spark wrote to where people look for it, at no time without one. */
  private String placed(Path folder, String ending) throws IOException {
    Path file = new Path(out, job.analysis().name() + "." + ending);
    for (FileStatus part : files.listStatus(folder, path -> path.getName().startsWith("part-"))) {
      renaming.rename(part.getPath(), file, Options.Rename.OVERWRITE);
    }
    return file.toString();
  }
}
