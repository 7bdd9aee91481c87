package org.airlens.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.airlens.aqi.AqiStandards;
import org.airlens.collect.DeadLetters;
import org.airlens.collect.EntrySink;
import org.airlens.collect.Rejection;
import org.airlens.collect.archive.Days;
import org.airlens.collect.archive.FolderTree;
import org.airlens.collect.capture.CaptureFile;
import org.airlens.collect.capture.CaptureFolder;
import org.airlens.collect.feed.FeedParser;
import org.airlens.model.BoundingBox;
import org.airlens.model.Calibration;
import org.airlens.model.Reading;
import org.airlens.model.RejectionReason;
import org.airlens.pipeline.Indexing;
import org.airlens.pipeline.backfill.Backfill;
import org.airlens.pipeline.backfill.BackfillReport;
import org.airlens.pipeline.backfill.Journal;
import org.airlens.pipeline.backfill.Selection;
import org.airlens.pipeline.engine.BackfillJob;
import org.airlens.pipeline.engine.ReprocessJob;
import org.airlens.spark.columns.ReadingColumns;
import org.airlens.store.Durability;
import org.airlens.store.ReadingFilter;
import org.airlens.store.ReadingQuery;
import org.airlens.store.Store;
import org.airlens.store.StoreSettings;
import org.airlens.store.Stores;
import org.airlens.store.lake.LakePartition;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same archive through both engines: the same readings, the same rejections. */
class SparkBackfillTest {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-25T10:00:00Z"));

  private static final String HEADER =
      "sensor_id;sensor_type;location;lat;lon;timestamp;P1;durP1;ratioP1;P2;durP2;ratioP2\n";

  @TempDir Path folder;

  private Path archive;

  @BeforeEach
  void layOut() throws IOException {
    archive = folder.resolve("archive");
    copy("2019/2019-03-02/2019-03-02_bme280_sensor_22481.csv.gz");
    copy("2019-01-07/2019-01-07_dht22_sensor_8555.csv");
    copy("2019-03-09/2019-03-09_sds011_sensor_22885.csv");
    write(
        "2018-03-01/2018-03-01_sds011_sensor_7.csv",
        HEADER
            + "7;SDS011;70;57.1;-2.1;2018-03-01T00:00:00;11.5;;;1999.9;;\n"
            + "7;SDS011;70;57.1;-2.1;2018-03-01T00:00:00;99;;;99;;\n"
            + "7;SDS011;70;57.1;-2.1;2018-03-01T00:02:00;-0.4;;;70.5;;\n"
            + "7;SDS011;70;;;2018-03-01T00:04:00;nan;;;3;;\n"
            + "7;SDS011;70;91;-2.1;2018-03-01T00:06:00;5;;;3;;\n"
            + "x;SDS011;70;57.1;-2.1;2018-03-01T00:08:00;5;;;3;;\n"
            + "7;SDS011;70;57.1;-2.1;yesterday;5;;;3;;\n"
            + "7;SDS011;70;57.1;-2.1;2018-03-02T00:00:30;5;;;3;;\n"
            + "7;SDS011;70;57.1;-2.1;2018-03-01T00:10:00;;;;;;\n"
            + "7;SDS011;70;57.1;-2.1;2018-03-01T00:12");
    write(
        "2018-03-02/2018-03-02_ppd42ns_sensor_8_indoor.csv.gz",
        gzip(HEADER + "8;PPD42NS;80;48.5;9.1;2018-03-02T00:00:00;5000;1;0.1;300;1;0.1\n"));
    write(
        "2018-03-02/2018-03-02_radiation_sensor_9.csv",
        """
        sensor_id;sensor_type;location;lat;lon;timestamp;counts;new one;hv_volts
        9;Si22G;90;48.5;9.1;2018-03-02T00:00:00;17;1;400
        """);
    write(
        "csv_per_month/2018-04/2018-04_sds011.zip",
        zip(
            "2018-04-03_sds011_sensor_7.csv",
            HEADER + "7;SDS011;70;57.1;-2.1;2018-04-03T00:00:00;20;;;10;;\n"));
  }

  @Test
  void takesTheSameReadingsAndRejectsTheSame() throws Exception {
    Outcome local = local(Selection.ALL);
    Outcome spark = spark(Selection.ALL, "lake");
    assertSame(spark, local);
    assertThat(spark.report().stored()).isGreaterThan(30);
    assertThat(spark.report().rejected()).isNotEmpty();
  }

  @Test
  void selectsTheSame() throws Exception {
    for (Selection selection :
        List.of(
            new Selection(
                new Days(LocalDate.parse("2018-03-01"), LocalDate.parse("2018-03-02")),
                Set.of(),
                Set.of(),
                Optional.empty()),
            new Selection(Days.ALL, Set.of("SDS011"), Set.of(), Optional.empty()),
            new Selection(
                Days.ALL, Set.of(), Set.of(), Optional.of(new BoundingBox(-3, 57, -2, 58))))) {
      String name = "selected-" + selection.hashCode();
      assertSame(spark(selection, name), local(selection));
    }
  }

  @Test
  void takesFilesWhoseNamesHaveTheMakeInCapitals() throws Exception {
    write(
        "2018-03-03/2018-03-03_SDS011_sensor_10.csv",
        HEADER + "10;SDS011;100;57.1;-2.1;2018-03-03T00:00:00;20;;;10;;\n");
    Selection dust = new Selection(Days.ALL, Set.of("SDS011"), Set.of(), Optional.empty());
    Outcome spark = spark(dust, "lake");
    assertThat(spark.readings()).anyMatch(reading -> reading.sensor().id() == 10);
    assertSame(spark, local(dust));
  }

  @Test
  void againChangesNothing() throws Exception {
    Outcome first = spark(Selection.ALL, "lake");
    Outcome again = spark(Selection.ALL, "lake");
    assertThat(again.readings()).isEqualTo(first.readings());
    assertThat(again.report().stored()).isZero();
    assertThat(again.report().duplicate())
        .isEqualTo(first.report().stored() + first.report().duplicate());
  }

  @Test
  void followsTheLakesRecipeAndTellsTheStoreWhatWasReported() throws Exception {
    Outcome first = spark(Selection.ALL, "lake");
    String lake = folder.resolve("lake/lake").toString();
    new SparkReprocess(
            TestSpark.session(),
            new ReprocessJob(
                lake,
                false,
                AqiStandards.find("us-epa").orElseThrow(),
                Calibration.of(List.of("P1=2x", "P2=0.5x/growth(0.4)")),
                Optional.empty(),
                () -> false))
        .run();
    List<String> made = lakeRows(lake);
    assertThat(made).anyMatch(row -> row.contains("Map(P1 -> "));
    Files.createDirectory(folder.resolve("other"));
    Files.move(folder.resolve("lake/lake"), folder.resolve("other/lake"));
    Outcome again = spark(Selection.ALL, "other");
    assertThat(again.readings()).isEqualTo(first.readings());
    assertThat(again.report().rejected()).isEqualTo(first.report().rejected());
    assertThat(lakeRows(folder.resolve("other/lake").toString())).isEqualTo(made);
  }

  private static List<String> lakeRows(String folder) throws IOException {
    Lake lake = new Lake(TestSpark.session(), folder);
    return lake
        .read(lake.version().partitions())
        .drop("commit")
        .withColumn(ReadingColumns.TIMESTAMP, col(ReadingColumns.TIMESTAMP).cast("long"))
        .withColumn(ReadingColumns.DAY, col(ReadingColumns.DAY).cast("string"))
        .collectAsList()
        .stream()
        .map(Row::toString)
        .sorted()
        .toList();
  }

  @Test
  void mergesWithWhatTheLakeHasOfADay() throws Exception {
    Selection march =
        new Selection(
            new Days(LocalDate.parse("2018-03-02"), LocalDate.parse("2018-03-03")),
            Set.of(),
            Set.of(),
            Optional.empty());
    spark(march, "lake");
    // The file of the first has a reading of the second, whose day is in the lake already.
    Selection before =
        new Selection(
            new Days(LocalDate.parse("2018-03-01"), LocalDate.MAX),
            Set.of("sds011"),
            Set.of(),
            Optional.empty());
    Outcome both = spark(before, "lake");
    assertThat(both.lakeRows()).isEqualTo(both.readings().size() + 0L);
  }

  @Test
  void tellsWhichFileIsBrokenAndTakesTheRest() throws Exception {
    write("2018-03-01/2018-03-01_sds011_sensor_66.csv.gz", new byte[] {0x1F, (byte) 0x8B, 8, 0, 1});
    Outcome local = local(Selection.ALL);
    Outcome spark = spark(Selection.ALL, "lake");
    assertThat(spark.report().filesFailed()).isEqualTo(1);
    assertThat(spark.report().problems()).isEqualTo(local.report().problems());
    assertSame(spark, local);
  }

  @Test
  void readsCapturesOfTheFeedToo() throws Exception {
    Path captures = Files.createDirectories(folder.resolve("captures"));
    for (String name : List.of("feed-snapshot-2017-01-16.json", "feed-excerpt-2019-04-25.json")) {
      try (var capture = SparkBackfillTest.class.getResourceAsStream("/feeds/" + name)) {
        Files.copy(capture, captures.resolve(name));
      }
    }
    Files.writeString(
        captures.resolve("odd.json"),
        """
        [{"timestamp": "2024-11-25 09:00:00", "sensor": {"id": 1}, "location": {"id": 2},
          "sensordatavalues": [{"value_type": "P1", "value": "7"}, {"value_type": "P1", "value": "8"},
            {"value_type": "aqi", "value": "1"}, {"value_type": "P2", "value": "nan"}]},
         {"timestamp": "2024-11-25 09:00:00", "sensor": null, "location": {"id": 2},
          "sensordatavalues": [{"value_type": "P1", "value": "7"}]},
         {"timestamp": "2024-11-25 09:05:00", "sensor": {"id": 1}, "location": {"id": 2},
          "sensordatavalues": [{"value_type": "P2", "value": "9.99e1"}]},
         {"timestamp":\
        """);
    Files.write(captures.resolve("torn.json.gz"), new byte[] {0x1F, (byte) 0x8B, 8});
    archive = captures;
    Outcome spark = spark(Selection.ALL, "lake");
    Map<String, Reading> expected = new LinkedHashMap<>();
    Map<RejectionReason, Long> rejected = new EnumMap<>(RejectionReason.class);
    for (Path capture : CaptureFolder.captures(captures).subList(0, 3)) {
      parse(capture, expected, rejected);
    }
    assertThat(spark.readings()).containsExactlyInAnyOrderElementsOf(expected.values());
    assertThat(spark.lakeRows()).isEqualTo(spark.readings().size());
    assertThat(spark.report().rejected()).isEqualTo(rejected);
    assertThat(rejected)
        .containsKeys(
            RejectionReason.TRUNCATED,
            RejectionReason.REPEATED_VALUE_TYPE,
            RejectionReason.MISSING_SENSOR);
    assertThat(spark.report().filesRead()).isEqualTo(3);
    assertThat(spark.report().problems()).singleElement().asString().contains("torn.json.gz");
  }

  private static void parse(
      Path capture, Map<String, Reading> readings, Map<RejectionReason, Long> rejected)
      throws Exception {
    try (InputStream json = CaptureFile.open(capture, Long.MAX_VALUE)) {
      new FeedParser(CLOCK)
          .parse(
              capture.toString(),
              json,
              new EntrySink() {
                @Override
                public void reading(Reading reading) {
                  readings.putIfAbsent(
                      reading.sensor().id() + "/" + reading.timestamp(), Indexing.indexed(reading));
                }

                @Override
                public void rejected(Rejection rejection) {
                  rejected.merge(rejection.reason(), 1L, Long::sum);
                }
              });
    }
  }

  private static void assertSame(Outcome spark, Outcome local) {
    assertThat(spark.readings()).isEqualTo(local.readings());
    assertThat(spark.report().rejected()).isEqualTo(local.report().rejected());
    assertThat(spark.report().stored()).isEqualTo(local.report().stored());
    assertThat(spark.report().duplicate()).isEqualTo(local.report().duplicate());
    assertThat(spark.report().outside()).isEqualTo(local.report().outside());
    assertThat(spark.report().rows()).isEqualTo(local.report().rows());
    assertThat(spark.report().filesRead()).isEqualTo(local.report().filesRead());
    assertThat(spark.report().filesFailed()).isEqualTo(local.report().filesFailed());
    assertThat(spark.report().bytes()).isEqualTo(local.report().bytes());
    assertThat(spark.lakeRows()).isEqualTo(spark.readings().size() + 0L);
  }

  /** What an engine did, and what is in the store then. */
  private record Outcome(BackfillReport report, List<Reading> readings, long lakeRows) {}

  private Outcome local(Selection selection) throws Exception {
    Path data = Files.createTempDirectory(folder, "local");
    try (Store store = store(data);
        FolderTree tree = new FolderTree(archive);
        DeadLetters letters = DeadLetters.in(data, CLOCK)) {
      Journal journal = Journal.open(data, tree.name(), "embedded:");
      BackfillReport report =
          new Backfill(tree, selection, store, journal, letters, Backfill.Pace.of(2), CLOCK)
              .run(() -> false);
      return new Outcome(report, readings(store), 0);
    }
  }

  private Outcome spark(Selection selection, String name) throws Exception {
    SparkSession session = TestSpark.session();
    Path data = Files.createDirectories(folder.resolve(name));
    String lake = data.resolve("lake").toString();
    try (Store store = store(data);
        DeadLetters letters = DeadLetters.in(data, CLOCK)) {
      BackfillJob job =
          new BackfillJob(
              archive,
              selection,
              lake,
              false,
              Optional.of(store),
              letters,
              Optional.empty(),
              () -> false);
      BackfillReport report = new SparkBackfill(session, job).run();
      Lake written = new Lake(session, lake);
      List<LakePartition> partitions = written.version().partitions();
      return new Outcome(
          report, readings(store), partitions.isEmpty() ? 0 : written.read(partitions).count());
    }
  }

  private static Store store(Path data) {
    return Stores.open(
        new StoreSettings("embedded:", data, Durability.PROCESS, OptionalInt.empty()));
  }

  private static List<Reading> readings(Store store) {
    try (Stream<Reading> found = store.readings().find(ReadingQuery.of(ReadingFilter.all()))) {
      return found.toList();
    }
  }

  private void copy(String path) throws IOException {
    try (var file = SparkBackfillTest.class.getResourceAsStream("/archive/" + path)) {
      write(path, file.readAllBytes());
    }
  }

  private void write(String path, String text) throws IOException {
    write(path, text.getBytes(UTF_8));
  }

  private void write(String path, byte[] bytes) throws IOException {
    Path file = archive.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private static byte[] gzip(String text) throws IOException {
    var bytes = new java.io.ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  private static byte[] zip(String name, String text) throws IOException {
    var bytes = new java.io.ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }
}
