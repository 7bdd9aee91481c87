package org.airlens.spark;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.to_date;

import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.airlens.collect.SourceException;
import org.airlens.collect.archive.ArchiveFolder;
import org.airlens.collect.archive.ArchiveLayout;
import org.airlens.collect.archive.FolderTree;
import org.airlens.collect.capture.CaptureFolder;
import org.airlens.model.Reading;
import org.airlens.model.RejectionReason;
import org.airlens.pipeline.backfill.BackfillReport;
import org.airlens.pipeline.backfill.FreshReadings;
import org.airlens.pipeline.backfill.KnownCountries;
import org.airlens.pipeline.backfill.Selection;
import org.airlens.pipeline.engine.BackfillJob;
import org.airlens.spark.Counting.Counts;
import org.airlens.spark.archive.ArchiveTable;
import org.airlens.spark.capture.CaptureTable;
import org.airlens.spark.columns.ReadingColumns;
import org.airlens.spark.columns.ReadingRows;
import org.airlens.spark.parsed.ParsedRows;
import org.airlens.store.Store;
import org.airlens.store.lake.LakePartition;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Loads history: read → validate → select → index → merge with the lake's days, where of an
 * identity the first stays → a new version of the lake → the store. One job does all but the last.
 */
final class SparkBackfill {

  /** Of an identity the lake's reading stays, then the archive's, then a capture's. */
  private static final String RANK = "rank";

  private static final String ORDER = "order";
  private static final String BUCKET = "bucket";
  private static final String ROWS = "rows";

  /** So many readings are written to the store together. */
  private static final int BATCH = 100_000;

  private static final int PROBLEMS_TOLD = 10;

  private final SparkSession spark;
  private final BackfillJob job;
  private final Lake lake;
  private final Selection selection;

  SparkBackfill(SparkSession spark, BackfillJob job) throws IOException {
    this.spark = spark;
    this.job = job;
    lake = new Lake(spark, job.lake(), job.iceberg());
    selection = job.selection();
  }

  BackfillReport run() throws IOException, SourceException, InterruptedException {
    long begin = System.nanoTime();
    List<ArchiveFolder> folders;
    try (FolderTree tree = new FolderTree(job.archive())) {
      folders = new ArchiveLayout(tree).folders(selection.days());
    }
    Merged merged = merge(folders);
    merged.counts().forEach(counts -> counts.letters().forEach(job.letters()::keep));
    long stored =
        job.store().isPresent() && !merged.partitions().isEmpty()
            ? load(job.store().get(), merged.partitions())
            : merged.added();
    return report(
        folders.size(), merged.counts(), stored, Duration.ofNanos(System.nanoTime() - begin));
  }

  /** What a merge made of the archive and the lake. */
  private record Merged(List<Counts> counts, List<LakePartition> partitions, long added) {}

  /** The same before anybody has looked whether it is right. */
  private record Attempt(
      String commit, List<Counts> counts, List<LakePartition> written, long rowsThere, long rows) {}

  /**
   * Merges with the days that the files are about. Where a file has readings of another day, which
   * shows only then, it is done again with that day, too.
   */
  private Merged merge(List<ArchiveFolder> folders)
      throws IOException, SourceException, InterruptedException {
    Lake.Version former = lake.versionToFollow();
    Set<LakePartition> there = new LinkedHashSet<>();
    former.partitions().stream()
        .filter(partition -> isAbout(folders, LocalDate.parse(partition.day())))
        .forEach(there::add);
    while (true) {
      Attempt attempt = attempt(folders.size(), List.copyOf(there), former.recipe());
      Set<String> days = new HashSet<>();
      attempt.written().forEach(partition -> days.add(partition.day()));
      List<LakePartition> overlooked =
          former.partitions().stream()
              .filter(partition -> days.contains(partition.day()) && !there.contains(partition))
              .toList();
      if (overlooked.isEmpty()) {
        if (!attempt.written().isEmpty()) {
          lake.replace(former, attempt.written());
          lake.prune();
        }
        return new Merged(
            attempt.counts(), attempt.written(), attempt.rows() - attempt.rowsThere());
      }
      lake.drop(attempt.commit());
      there.addAll(overlooked);
    }
  }

  private static boolean isAbout(List<ArchiveFolder> folders, LocalDate day) {
    return folders.stream()
        .anyMatch(folder -> !day.isBefore(folder.first()) && !day.isAfter(folder.last()));
  }

  private Attempt attempt(int days, List<LakePartition> there, Recipe recipe)
      throws IOException, SourceException, InterruptedException {
    List<Counting> countings = new ArrayList<>();
    List<Dataset<Row>> inputs = new ArrayList<>();
    if (days > 0) {
      inputs.add(archive(countings));
    }
    if (!CaptureFolder.captures(job.archive()).isEmpty()) {
      inputs.add(captures(countings));
    }
    if (inputs.isEmpty()) {
      return new Attempt("", List.of(), List.of(), 0, 0);
    }
    Observation before = new Observation();
    if (!there.isEmpty()) {
      Dataset<Row> rows = Recipe.reported(lake.read(there));
      inputs.add(ordered(rows.observe(before, count(lit(1)).as(ROWS)), 0, lit(0L)));
    }
    Dataset<Row> all = inputs.stream().reduce(Dataset::unionByName).orElseThrow();
    Observation after = new Observation();
    String commit = lake.newCommit();
    lake.write(
        recipe.applied(firstOfEach(all, days)).observe(after, count(lit(1)).as(ROWS)), commit);
    List<Counts> counts = new ArrayList<>();
    for (Counting counting : countings) {
      counts.add(counting.counts());
    }
    return new Attempt(
        commit,
        counts,
        lake.written(commit),
        there.isEmpty() ? 0 : Observed.number(before, ROWS),
        Observed.number(after, ROWS));
  }

  private Dataset<Row> archive(List<Counting> countings) {
    Dataset<Row> rows =
        spark
            .read()
            .format(ArchiveTable.class.getName())
            .option(ArchiveTable.ROOT, job.archive().toString())
            .option(ArchiveTable.FROM, date(selection.days().from(), LocalDate.MIN))
            .option(ArchiveTable.TO, date(selection.days().to(), LocalDate.MAX))
            .option(ArchiveTable.TYPES, String.join(",", selection.sensorTypes()))
            .option(ArchiveTable.PARTS, spark.sparkContext().defaultParallelism())
            .load();
    Dataset<Row> placed = job.store().map(store -> placed(rows, store)).orElse(rows);
    return ordered(
        wanted(placed, SelectionColumns.wanted(selection), countings), 1, col(ParsedRows.ORDINAL));
  }

  /** The rows with the countries that the store knows: the archive tells none. */
  private Dataset<Row> placed(Dataset<Row> rows, Store store) {
    Map<Long, String> known = KnownCountries.of(store.sensors()).byLocation();
    if (known.isEmpty()) {
      return rows;
    }
    List<Row> pairs = new ArrayList<>();
    known.forEach((location, country) -> pairs.add(RowFactory.create(location, country)));
    StructType columns =
        new StructType()
            .add("known_location", DataTypes.LongType)
            .add("known_country", DataTypes.StringType);
    Dataset<Row> countries = broadcast(spark.createDataFrame(pairs, columns));
    return rows.join(countries, col("location_id").equalTo(col("known_location")), "left")
        .withColumn("country", coalesce(col("known_country"), col("country")))
        .drop("known_location", "known_country");
  }

  private Dataset<Row> captures(List<Counting> countings) {
    Dataset<Row> rows =
        spark
            .read()
            .format(CaptureTable.class.getName())
            .option(CaptureTable.ROOT, job.archive().toString())
            .option(CaptureTable.PARTS, spark.sparkContext().defaultParallelism())
            .load();
    Column wanted = SelectionColumns.wanted(selection, ReadingColumns.sensorType());
    return ordered(wanted(rows, wanted, countings), 2, col(ParsedRows.ORDINAL));
  }

  private static Dataset<Row> wanted(Dataset<Row> rows, Column wanted, List<Counting> countings) {
    Counting counting = new Counting();
    countings.add(counting);
    return counting
        .passing(rows, wanted)
        .where(col(ReadingColumns.SENSOR_ID).isNotNull().and(wanted));
  }

  private static Dataset<Row> ordered(Dataset<Row> rows, int rank, Column ordinal) {
    List<Column> columns = new ArrayList<>();
    for (String name : ReadingColumns.UNINDEXED.fieldNames()) {
      columns.add(col(name));
    }
    columns.add(lit(rank).as(RANK));
    columns.add(ordinal.as(ORDER));
    return rows.select(columns.toArray(Column[]::new));
  }

  /** The first reading of each identity, with the day and the make that the lake is divided by. */
  private Dataset<Row> firstOfEach(Dataset<Row> rows, int days) {
    int parts = Integer.parseInt(spark.conf().get("spark.sql.shuffle.partitions"));
    // Few days are divided further, so that every core has something to do.
    int buckets = days >= parts ? 1 : parts;
    Column[] place = {col(ReadingColumns.DAY), col(BUCKET)};
    Column number =
        row_number()
            .over(
                Window.partitionBy(
                        place[0],
                        place[1],
                        col(ReadingColumns.SENSOR_ID),
                        col(ReadingColumns.TIMESTAMP))
                    .orderBy(RANK, ORDER));
    return rows.withColumn(ReadingColumns.DAY, to_date(col(ReadingColumns.TIMESTAMP)))
        .withColumn(BUCKET, pmod(col(ReadingColumns.SENSOR_ID), lit(buckets)))
        .repartition(place)
        .withColumn("number", number)
        .where(col("number").equalTo(1))
        .withColumn(ReadingColumns.SENSOR_TYPE, ReadingColumns.sensorType())
        .drop("number", BUCKET, RANK, ORDER);
  }

  /**
   * Writes the readings that are wanted into the store, in the order of time, by the one driver.
   */
  private long load(Store store, List<LakePartition> partitions) {
    Column wanted = SelectionColumns.wanted(selection, col(ReadingColumns.SENSOR_TYPE));
    Iterator<Row> rows =
        Recipe.PLAIN
            .applied(Recipe.reported(lake.read(partitions)))
            .withColumn(ReadingColumns.SENSOR_TYPE, ReadingColumns.sensorType())
            .where(wanted)
            .select(ReadingRows.columns())
            .orderBy(ReadingColumns.TIMESTAMP, ReadingColumns.SENSOR_ID)
            .toLocalIterator();
    long stored = 0;
    List<Reading> batch = new ArrayList<>();
    while (rows.hasNext()) {
      batch.add(ReadingRows.reading(rows.next()));
      if (batch.size() >= BATCH || !rows.hasNext()) {
        stored += FreshReadings.write(batch, store);
        batch.clear();
      }
    }
    return stored;
  }

  private static BackfillReport report(
      int folders, List<Counts> counts, long stored, Duration duration) {
    Map<RejectionReason, Long> rejected = new EnumMap<>(RejectionReason.class);
    List<String> failures = new ArrayList<>();
    long valid = 0;
    long wanted = 0;
    long rows = 0;
    long bytes = 0;
    long files = 0;
    for (Counts each : counts) {
      each.rejected().forEach((reason, times) -> rejected.merge(reason, times, Long::sum));
      failures.addAll(each.failures());
      valid += each.valid();
      wanted += each.wanted();
      rows += each.rows();
      bytes += each.bytes();
      files += each.files();
    }
    return new BackfillReport(
        folders,
        files - failures.size(),
        0,
        failures.size(),
        failures.stream().limit(PROBLEMS_TOLD).toList(),
        bytes,
        rows,
        stored,
        Math.max(0, wanted - stored),
        valid - wanted,
        rejected,
        duration,
        Optional.empty());
  }

  private static String date(LocalDate date, LocalDate none) {
    return date.equals(none) ? "" : date.toString();
  }
}
