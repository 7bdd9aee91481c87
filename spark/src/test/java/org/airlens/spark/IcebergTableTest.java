package org.airlens.spark;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.airlens.aqi.AqiStandards;
import org.airlens.collect.DeadLetters;
import org.airlens.model.Calibration;
import org.airlens.model.Measures;
import org.airlens.pipeline.backfill.Selection;
import org.airlens.pipeline.engine.BackfillJob;
import org.airlens.pipeline.engine.ReprocessJob;
import org.airlens.spark.columns.ReadingColumns;
import org.airlens.store.lake.LakeLayout;
import org.apache.hadoop.fs.FileUtil;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.data.IdentityPartitionConverters;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.hadoop.HadoopTables;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.mapping.NameMappingParser;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.util.PartitionUtil;
import org.apache.iceberg.util.SnapshotUtil;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.MapType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lake that is an Iceberg table, too, read by Iceberg's own reader of Parquet. */
class IcebergTableTest {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-25T10:00:00Z"));

  private static final long DAY = Instant.parse("2026-03-01T00:00:00Z").getEpochSecond();
  private static final long NEXT_DAY = DAY + 86_400;

  @TempDir Path folder;

  private final SparkSession spark = TestSpark.session();

  @Test
  void aBackfillMakesASnapshotOfTheLakesOwnFilesAndTheNextAnother() throws Exception {
    backfill("2019-01-07/2019-01-07_dht22_sensor_8555.csv", true);
    Table first = table();
    List<String> firstRows = lakeRows();
    assertThat(rows(first)).hasSizeGreaterThan(10).isEqualTo(firstRows);
    assertThat(summary(first)).containsEntry(IcebergTable.VERSION, "1");

    backfill("2019-03-09/2019-03-09_sds011_sensor_22885.csv", false);
    Table second = table();
    assertThat(rows(second)).hasSizeGreaterThan(firstRows.size()).isEqualTo(lakeRows());
    assertThat(summary(second)).containsEntry(IcebergTable.VERSION, "2");
    assertThat(second.snapshots()).hasSize(2);
    assertThat(rows(second, snapshot(second, 1))).isEqualTo(firstRows);
  }

  @Test
  void namesOfMakesAreThoseOfTheReadings() throws Exception {
    Path archive = Files.createDirectories(folder.resolve("archive/2018-03-02"));
    Files.writeString(
        archive.resolve("2018-03-02_odd_sensor_9.csv"),
        """
        sensor_id;sensor_type;location;lat;lon;timestamp;dose_rate;P1
        9;One/2 = 3%;90;48.5;9.1;2018-03-02T00:00:00;17;1
        """);
    backfill(true);
    assertThat(planned(Expressions.equal(ReadingColumns.SENSOR_TYPE, "one/2 = 3%"))).isEqualTo(1);
    assertThat(rows(table()))
        .isEqualTo(lakeRows())
        .singleElement()
        .asString()
        .contains("sensor_type=one/2 = 3%", "other_measures={dose_rate=17.0}");
  }

  @Test
  void tellsReadersWhichFilesTheyNeedNotOpen() throws Exception {
    Lake lake = lake(true);
    LakeAppending appending = new LakeAppending(lake);
    appending.add(TestLake.readings(DAY, 10));
    appending.add(TestLake.readings(DAY + 100, 10));
    appending.add(TestLake.readings(NEXT_DAY, 10));
    assertThat(planned(Expressions.alwaysTrue())).isEqualTo(3);
    assertThat(planned(Expressions.equal(ReadingColumns.DAY, "2026-03-02"))).isEqualTo(1);
    assertThat(planned(Expressions.equal(ReadingColumns.SENSOR_TYPE, "bme280"))).isZero();
    assertThat(planned(Expressions.equal(ReadingColumns.SENSOR_ID, 7L))).isEqualTo(3);
    assertThat(planned(Expressions.equal(ReadingColumns.SENSOR_ID, 8L))).isZero();
    assertThat(
            planned(
                Expressions.lessThan(
                    ReadingColumns.TIMESTAMP, Instant.ofEpochSecond(DAY + 50).toString())))
        .isEqualTo(1);
  }

  @Test
  void followsBatchesAndMergesOfThemWithoutBeingAskedAgain() throws Exception {
    new LakeAppending(lake(true)).add(TestLake.readings(NEXT_DAY, 1));
    LakeAppending appending = new LakeAppending(lake(false));
    for (int i = 0; i < 3; i++) {
      appending.add(TestLake.readings(DAY + i, 1));
    }
    assertThat(planned(Expressions.alwaysTrue())).isEqualTo(4);
    assertThat(rows(table())).hasSize(4).isEqualTo(lakeRows());
    appending.add(TestLake.readings(DAY + 3, 1)); // The fourth of a day that is over.
    assertThat(planned(Expressions.alwaysTrue())).isEqualTo(2);
    assertThat(rows(table())).hasSize(5).isEqualTo(lakeRows());
    assertThat(summary(table()))
        .containsEntry(IcebergTable.VERSION, "6")
        .containsEntry("deleted-data-files", "4");
  }

  @Test
  void collectsIntoIt() throws Exception {
    TestLake.collectSample(folder, lakeFolder(), true, CLOCK);
    assertThat(rows(table())).hasSizeGreaterThan(1_000).isEqualTo(lakeRows());
  }

  @Test
  void aLakeBecomesOneWhenItIsMadeAnew() throws Exception {
    new LakeAppending(lake(false)).add(TestLake.readings(DAY, 3));
    assertThat(metadata()).doesNotExist();
    reprocess(true);
    Table table = table();
    assertThat(rows(table))
        .hasSize(3)
        .allMatch(row -> row.contains("P1=10.0, "))
        .isEqualTo(lakeRows());
    assertThat(summary(table))
        .containsEntry(IcebergTable.VERSION, "2")
        .containsEntry(IcebergTable.STANDARD, "who-2021")
        .containsEntry(IcebergTable.CALIBRATION, "P1=2.0x+0.0");
    assertThat(rows(table, snapshot(table, 1)))
        .hasSize(3)
        .allMatch(row -> row.contains("P1=5.0, "));
    assertThat(table.properties()).containsEntry("gc.enabled", "false");
  }

  @Test
  void whoWritesNextMakesUpForAWriterThatDiedBeforeTheSnapshot() throws Exception {
    LakeAppending appending = new LakeAppending(lake(true));
    appending.add(TestLake.readings(DAY, 1));
    Path before = folder.resolve("before");
    copy(metadata(), before);
    appending.add(TestLake.readings(DAY, 2));
    appending.add(TestLake.readings(DAY, 3));
    FileUtil.fullyDelete(metadata().toFile());
    copy(before, metadata());
    assertThat(rows(table())).hasSize(1);

    assertThat(new LakeAppending(lake(false)).add(TestLake.readings(DAY, 1))).isZero();

    assertThat(rows(table())).hasSize(3).isEqualTo(lakeRows());
    assertThat(summary(table())).containsEntry(IcebergTable.VERSION, "3");
    assertThat(table().snapshots()).hasSize(2);
  }

  @Test
  void aKillBetweenMetadataAndTheHintOfTheirVersionLosesNothing() throws Exception {
    LakeAppending appending = new LakeAppending(lake(true));
    appending.add(TestLake.readings(DAY, 1));
    Path hint = metadata().resolve("version-hint.text");
    String former = Files.readString(hint);
    appending.add(TestLake.readings(DAY, 2));
    Files.writeString(hint, former);
    appending.add(TestLake.readings(DAY, 3));
    assertThat(rows(table())).hasSize(3).isEqualTo(lakeRows());
  }

  @Test
  void snapshotsGoBeforeTheFilesOfTheirVersions() throws Exception {
    LakeAppending appending = new LakeAppending(lake(true));
    for (int i = 0; i < 3; i++) {
      appending.add(TestLake.readings(DAY, i + 1));
    }
    reprocess(false); // Version 4: the files of those before are no longer needed.
    assertThat(table().snapshots()).hasSize(4);
    for (int version = 1; version <= 2; version++) {
      Files.setLastModifiedTime(
          lakeFolder().resolve(LakeLayout.VERSIONS).resolve(LakeLayout.list(version)),
          FileTime.from(Instant.now().minus(Duration.ofHours(1))));
    }
    Path stray = Files.createFile(metadata().resolve("left-by-a-kill-m0.avro"));

    lake(false).prune();

    Table table = table();
    assertThat(table.snapshots())
        .extracting(snapshot -> snapshot.summary().get(IcebergTable.VERSION))
        .containsExactly("3", "4");
    assertThat(rows(table)).isEqualTo(lakeRows());
    assertThat(rows(table, snapshot(table, 3))).hasSize(3);
    assertThat(stray).doesNotExist();
    assertThat(names(metadata(), "snap-")).hasSize(2);
  }

  @Test
  void keepsFewOfItsOwnFiles() throws Exception {
    Lake lake = lake(true);
    LakeAppending appending = new LakeAppending(lake);
    appending.add(TestLake.readings(DAY, 1));
    for (int i = 0; i < 15; i++) {
      lake.replace(lake.version(), List.of(), List.of());
    }
    assertThat(names(metadata(), "v")).hasSize(12); // With the hint.
  }

  @Test
  void takesColumnsThatCameLater() throws Exception {
    LakeAppending appending = new LakeAppending(lake(true));
    appending.add(TestLake.readings(DAY, 1));
    table().updateSchema().deleteColumn(Measures.P1).commit();
    appending.add(TestLake.readings(DAY, 2));
    assertThat(rows(table())).hasSize(2).allMatch(row -> row.contains("P1=5.0, "));
  }

  @Test
  void saysWhenItsMetadataAreOfAnotherFolderOrBroken() throws Exception {
    LakeAppending appending = new LakeAppending(lake(true));
    appending.add(TestLake.readings(DAY, 1));
    Path moved = folder.resolve("moved");
    Files.move(lakeFolder(), moved);
    LakeAppending there = new LakeAppending(new Lake(spark, moved.toString()));
    assertThatThrownBy(() -> there.add(TestLake.readings(DAY, 2)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("moved/metadata is the Iceberg table of a lake in")
        .hasMessageContaining("--iceberg");

    Files.move(moved, lakeFolder());
    for (Path file : names(metadata(), "v1")) {
      Files.writeString(file, "{");
    }
    assertThatThrownBy(() -> new LakeAppending(lake(false)).add(TestLake.readings(DAY, 2)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("lake/metadata can't follow the lake to version 1: ")
        .hasMessageContaining("If the table is damaged, remove it");

    FileUtil.fullyDelete(metadata().toFile());
    new LakeAppending(lake(true)).add(TestLake.readings(DAY, 2));
    assertThat(rows(table())).hasSize(2);
  }

  @Test
  void nobodyGetsOneUnasked() throws Exception {
    backfill("2019-01-07/2019-01-07_dht22_sensor_8555.csv", false);
    reprocess(false);
    assertThat(lakeFolder()).isDirectoryContaining("glob:**/versions");
    assertThat(metadata()).doesNotExist();
  }

  private Path lakeFolder() {
    return folder.resolve("lake");
  }

  private Path metadata() {
    return lakeFolder().resolve("metadata");
  }

  private Lake lake(boolean isIceberg) throws IOException {
    return new Lake(spark, lakeFolder().toString(), isIceberg);
  }

  private Table table() {
    return new HadoopTables(spark.sparkContext().hadoopConfiguration())
        .load("file:" + lakeFolder());
  }

  private static Map<String, String> summary(Table table) {
    return table.currentSnapshot().summary();
  }

  /** The snapshot of a version of the lake. */
  private static long snapshot(Table table, int version) {
    for (Snapshot snapshot : table.snapshots()) {
      if (Integer.toString(version).equals(snapshot.summary().get(IcebergTable.VERSION))) {
        return snapshot.snapshotId();
      }
    }
    throw new AssertionError("no snapshot of version " + version);
  }

  /** How many files a reader opens. */
  private int planned(Expression filter) throws IOException {
    try (CloseableIterable<FileScanTask> files = table().newScan().filter(filter).planFiles()) {
      return all(files).size();
    }
  }

  private static <T> List<T> all(Iterable<T> several) {
    List<T> all = new ArrayList<>();
    several.forEach(all::add);
    return all;
  }

  private static List<String> rows(Table table) throws IOException {
    return rows(table, table.currentSnapshot().snapshotId());
  }

  private static List<String> rows(Table table, long snapshot) throws IOException {
    Schema schema = SnapshotUtil.schemaFor(table, snapshot);
    List<String> rows = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks =
        table.newScan().useSnapshot(snapshot).planFiles()) {
      for (FileScanTask task : tasks) {
        try (CloseableIterable<Record> records = records(table, schema, task)) {
          records.forEach(record -> rows.add(text(record)));
        }
      }
    }
    return rows.stream().sorted().toList();
  }

  /** A file's rows, found by the table's mapping of names, as its specification has it. */
  private static CloseableIterable<Record> records(Table table, Schema schema, FileScanTask task) {
    Map<Integer, ?> partition =
        PartitionUtil.constantsMap(task, IdentityPartitionConverters::convertConstant);
    return Parquet.read(table.io().newInputFile(task.file()))
        .project(schema)
        .withNameMapping(
            NameMappingParser.fromJson(
                table.properties().get(TableProperties.DEFAULT_NAME_MAPPING)))
        .createReaderFunc(type -> GenericParquetReaders.buildReader(schema, type, partition))
        .build();
  }

  private List<String> lakeRows() throws IOException {
    Lake lake = lake(false);
    Dataset<Row> rows = lake.read(lake.version().partitions());
    return rows
        .drop(Lake.COMMIT_COLUMN)
        .withColumn(ReadingColumns.DAY, col(ReadingColumns.DAY).cast("string"))
        .collectAsList()
        .stream()
        .map(IcebergTableTest::text)
        .sorted()
        .toList();
  }

  /** A row's columns by name. */
  private static String text(Record row) {
    TreeMap<String, Object> values = new TreeMap<>();
    row.struct()
        .fields()
        .forEach(field -> values.put(field.name(), plain(row.getField(field.name()))));
    return values.toString();
  }

  private static String text(Row row) {
    TreeMap<String, Object> values = new TreeMap<>();
    for (String name : row.schema().fieldNames()) {
      int at = row.fieldIndex(name);
      boolean isMap = row.schema().apply(name).dataType() instanceof MapType;
      values.put(name, plain(isMap ? row.getJavaMap(at) : row.get(at)));
    }
    return values.toString();
  }

  private static String plain(@Nullable Object value) {
    return switch (value) {
      case OffsetDateTime time -> time.toInstant().toString();
      case Timestamp time -> time.toInstant().toString();
      case Map<?, ?> map -> new TreeMap<>(map).toString();
      case null, default -> String.valueOf(value);
    };
  }

  private void backfill(String file, boolean isIceberg) throws Exception {
    Path copy = folder.resolve("archive").resolve(file);
    Files.createDirectories(copy.getParent());
    try (var real = IcebergTableTest.class.getResourceAsStream("/archive/" + file)) {
      Files.copy(real, copy);
    }
    backfill(isIceberg);
  }

  private void backfill(boolean isIceberg) throws Exception {
    try (DeadLetters letters = DeadLetters.in(folder.resolve("letters"), CLOCK)) {
      BackfillJob job =
          new BackfillJob(
              folder.resolve("archive"),
              Selection.ALL,
              lakeFolder().toString(),
              isIceberg,
              Optional.empty(),
              letters,
              Optional.empty(),
              () -> false);
      new SparkBackfill(spark, job).run();
    }
  }

  /** Makes the lake anew by another recipe. */
  private void reprocess(boolean isIceberg) throws Exception {
    new SparkReprocess(
            spark,
            new ReprocessJob(
                lakeFolder().toString(),
                isIceberg,
                AqiStandards.find("who-2021").orElseThrow(),
                Calibration.of(List.of("P1=2x")),
                Optional.empty(),
                () -> false))
        .run();
  }

  private static List<Path> names(Path folder, String begin) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().startsWith(begin)).toList();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectory(to);
    for (Path file : names(from, "")) {
      Files.copy(file, to.resolve(file.getFileName()));
    }
  }
}
