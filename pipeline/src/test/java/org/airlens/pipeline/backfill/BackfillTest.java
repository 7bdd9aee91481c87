package org.airlens.pipeline.backfill;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.airlens.collect.SourceException;
import org.airlens.collect.archive.Days;
import org.airlens.collect.archive.FolderTree;
import org.airlens.model.BoundingBox;
import org.airlens.model.Location;
import org.airlens.model.MeasureValues;
import org.airlens.model.Position;
import org.airlens.model.Reading;
import org.airlens.model.RejectionReason;
import org.airlens.model.Sensor;
import org.airlens.model.SensorType;
import org.airlens.pipeline.FaultyStore;
import org.airlens.store.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackfillTest {

  @TempDir Path folder;
  private Path root;
  private TestArchive archive;
  private BackfillNode node;

  @BeforeEach
  void open() {
    root = folder.resolve("archive");
    archive = new TestArchive(root);
    node = BackfillNode.in(folder.resolve("data"));
  }

  @AfterEach
  void close() {
    node.close();
  }

  private void restart() {
    node.close();
    node = BackfillNode.in(folder.resolve("data"));
  }

  private void someDays() {
    for (String day : List.of("2018-02-27", "2018-02-28", "2018-03-01")) {
      archive.dust(day, 1, 100);
      archive.dust(day, 2, 50);
      archive.climate(day, 3, 80);
    }
  }

  @Test
  void loadsAnArchiveWithIndices() throws Exception {
    someDays();
    BackfillReport report = node.load(root);
    assertThat(report.filesRead()).isEqualTo(9);
    assertThat(report.rows()).isEqualTo(690);
    assertThat(report.stored()).isEqualTo(690);
    assertThat(report.duplicate()).isZero();
    assertThat(report.rejected()).isEmpty();
    assertThat(report.isComplete()).isTrue();
    List<Reading> stored = node.stored();
    assertThat(stored).hasSize(690);
    assertThat(stored)
        .filteredOn(reading -> reading.sensor().id() == 2)
        .filteredOn(reading -> reading.timestamp().equals(Instant.parse("2018-02-28T01:37:30Z")))
        .singleElement()
        .satisfies(reading -> {
          assertThat(reading.values()).isEqualTo(MeasureValues.of("P1", 2.39, "P2", 39));
          assertThat(reading.aqi()).hasValue(4);
        });
  }

  @Test
  void aSecondRunReadsNothingAndStoresNothing() throws Exception {
    someDays();
    node.load(root);
    List<Reading> before = node.stored();
    restart();
    BackfillReport again = node.load(root);
    assertThat(again.filesRead()).isZero();
    assertThat(again.filesUnchanged()).isEqualTo(9);
    assertThat(again.rows()).isZero();
    assertThat(again.stored()).isZero();
    assertThat(again.isComplete()).isTrue();
    assertThat(node.stored()).isEqualTo(before);
  }

  @Test
  void aFileThatHasChangedIsReadAgain() throws Exception {
    someDays();
    node.load(root);
    archive.dust("2018-02-28", 1, 120);
    Path sameSize = root.resolve("2018-03-01/2018-03-01_sds011_sensor_2.csv");
    String text = Files.readString(sameSize);
    Files.writeString(sameSize, text.replace("T00:00:00", "T00:00:09"));
    BackfillReport report = node.load(root);
    assertThat(report.filesRead()).isEqualTo(2);
    assertThat(report.filesUnchanged()).isEqualTo(7);
    assertThat(report.stored()).isEqualTo(20 + 1);
    assertThat(report.duplicate()).isEqualTo(100 + 49);
  }

  @Test
  void theFirstOfAnIdentityStays() throws Exception {
    Reading live =
        new Reading(
            new Sensor(1, "1", new SensorType(14, "SDS011", "Nova Fitness")),
            new Location(
                1_001,
                Optional.of(new Position(57.001, -2.1)),
                OptionalDouble.of(3),
                "GB",
                false,
                Optional.of(false)),
            Instant.parse("2018-02-27T00:02:30Z"),
            MeasureValues.of("P1", 77),
            OptionalInt.of(5));
    node.store.writer().write(List.of(live));
    archive.dust("2018-02-27", 1, 100);
    archive.gzip(
        "2018-02-27/2018-02-27_sds011_sensor_1.csv.gz", TestArchive.dustText("2018-02-27", 1, 90));
    BackfillReport report = node.load(root);
    assertThat(report.stored()).isEqualTo(99);
    assertThat(report.duplicate()).isEqualTo(91);
    assertThat(node.stored())
        .hasSize(100)
        .contains(live)
        .as("the store knew the place's country")
        .allSatisfy(reading -> assertThat(reading.location().country()).isEqualTo("GB"));
  }

  @Test
  void aBrokenFileCostsNoOtherAndIsTriedAgain() throws Exception {
    someDays();
    byte[] gzip =
        Files.readAllBytes(
            archive.gzip(
                "2018-02-28/2018-02-28_sds011_sensor_9.csv.gz",
                TestArchive.dustText("2018-02-28", 9, 500)));
    archive.write(
        "2018-02-28/2018-02-28_sds011_sensor_9.csv.gz", Arrays.copyOf(gzip, gzip.length - 9));
    archive.write("2018-03-01/2018-03_sds011.zip", "no zip");
    archive.write("2018-03-01/2018-03-01_sds011_sensor_8.csv", "");
    archive.write("2018-03-01/2018-03-01_sds011_sensor_7.csv", "sensor_id;nothing\n7;5\n");
    BackfillReport report = node.load(root);
    assertThat(report.filesFailed()).isEqualTo(2);
    assertThat(report.problems())
        .anyMatch(problem ->
            problem.startsWith(
                "2018-02-28/2018-02-28_sds011_sensor_9.csv.gz can't be read: it ends too early"))
        .anyMatch(problem ->
            problem.startsWith(
                "2018-03-01/2018-03_sds011.zip can't be read: there is no CSV file in it"));
    assertThat(report.isComplete()).isFalse();
    assertThat(report.rejected())
        .isEqualTo(Map.of(RejectionReason.TRUNCATED, 1L, RejectionReason.MISSING_LOCATION, 1L));
    assertThat(node.deadLetters()).hasSize(2);
    long before = node.stored().size();
    assertThat(before).as("what came before the break is kept").isGreaterThan(690);

    archive.write("2018-02-28/2018-02-28_sds011_sensor_9.csv.gz", gzip);
    Files.delete(root.resolve("2018-03-01/2018-03_sds011.zip"));
    BackfillReport mended = node.load(root);
    assertThat(mended.isComplete()).isTrue();
    assertThat(mended.filesRead()).isEqualTo(1);
    assertThat(node.stored()).hasSize(690 + 500);
  }

  @Test
  void rejectsByRowWithOffsets() throws Exception {
    String good = TestArchive.dustText("2018-02-27", 1, 2);
    archive.write("2018-02-27/2018-02-27_sds011_sensor_1.csv", good + "1;half\n" + good + "2;SDS");
    BackfillReport report = node.load(root);
    assertThat(report.stored()).isEqualTo(2);
    assertThat(report.duplicate()).isEqualTo(2);
    assertThat(report.rowsRejected()).isEqualTo(2);
    assertThat(node.deadLetters())
        .satisfiesExactly(
            letter ->
                assertThat(letter)
                    .contains("\"source\":\"2018-02-27/2018-02-27_sds011_sensor_1.csv\"")
                    .contains("\"reason\":\"malformed\",\"offset\":%d,".formatted(good.length()))
                    .contains("\"record\":\"1;half\""),
            letter ->
                assertThat(letter)
                    .contains(
                        "\"reason\":\"truncated\",\"offset\":%d,"
                            .formatted(2 * good.length() + 7)));
  }

  @Test
  void aMonthsZipGivesWhatItsDaysWould() throws Exception {
    someDays();
    node.load(root);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("2018-02_sds011.csv"));
      zip.write(
          (TestArchive.dustText("2018-02-27", 1, 100) + TestArchive.dustText("2018-02-28", 1, 110))
              .getBytes(UTF_8));
    }
    Path months = folder.resolve("months");
    new TestArchive(months).write("csv_per_month/2018-02/2018-02_sds011.zip", bytes.toByteArray());
    BackfillReport report = node.load(months);
    assertThat(report.stored()).isEqualTo(10);
    assertThat(report.duplicate()).isEqualTo(200);
  }

  @Test
  void selectsByDayTypeAndPlace() throws Exception {
    someDays();
    Days lastOfFebruary = new Days(LocalDate.parse("2018-02-28"), LocalDate.parse("2018-03-01"));
    BackfillReport day =
        node.load(
            root, new Selection(lastOfFebruary, Set.of("SDS011"), Set.of(), Optional.empty()));
    assertThat(day.filesRead()).isEqualTo(2);
    assertThat(day.stored()).isEqualTo(150);

    BoundingBox first = new BoundingBox(-3, 57.0005, -2, 57.0015);
    BackfillReport box =
        node.load(root, new Selection(Days.ALL, Set.of(), Set.of(), Optional.of(first)));
    assertThat(box.filesUnchanged()).as("those of which everything was wanted").isEqualTo(2);
    assertThat(box.stored()).isEqualTo(200);
    assertThat(box.outside()).isEqualTo(690 - 150 - 200);

    BackfillReport rest = node.load(root);
    assertThat(rest.filesUnchanged()).as("those of which all was taken").isEqualTo(4);
    assertThat(rest.stored()).isEqualTo(690 - 350);
    assertThat(
            node.load(root, new Selection(Days.ALL, Set.of(), Set.of(), Optional.of(first)))
                .filesUnchanged())
        .isEqualTo(9);
    assertThat(node.stored()).hasSize(690);
  }

  @Test
  void rowsOfOtherDaysAreOutsideTheSelection() throws Exception {
    archive.dust("2018-02-28", 1, 600); // Its last rows are of 2018-03-01.
    Days february = new Days(LocalDate.parse("2018-02-01"), LocalDate.parse("2018-03-01"));
    BackfillReport report =
        node.load(root, new Selection(february, Set.of(), Set.of(), Optional.empty()));
    assertThat(report.stored()).isEqualTo(576);
    assertThat(report.outside()).isEqualTo(24);
    assertThat(node.load(root).stored()).isEqualTo(24);
  }

  @Test
  void takesCountriesThatTheStoreKnows() throws Exception {
    someDays();
    Selection germany = new Selection(Days.ALL, Set.of(), Set.of("DE"), Optional.empty());
    assertThat(node.load(root, germany).stored()).isZero();
    node.store
        .writer()
        .write(
            List.of(
                new Reading(
                    new Sensor(2, "1", new SensorType(14, "SDS011", "")),
                    new Location(
                        1_002,
                        Optional.empty(),
                        OptionalDouble.empty(),
                        "DE",
                        false,
                        Optional.empty()),
                    Instant.parse("2020-01-01T00:00:00Z"),
                    MeasureValues.of("P1", 1),
                    OptionalInt.empty())));
    BackfillReport report =
        node.load(root, new Selection(Days.ALL, Set.of(), Set.of("DE", "FR"), Optional.empty()));
    assertThat(report.stored()).isEqualTo(150);
  }

  @Test
  void whateverBecomesOfAWriteTheNextRunMakesItWhole() throws Exception {
    for (int day = 1; day <= 9; day++) {
      archive.dust("2018-02-0" + day, 1, 400);
      archive.climate("2018-02-0" + day, 2, 400);
    }
    for (FaultyStore.Writing fault :
        List.of(FaultyStore.REFUSING, FaultyStore.HALF, FaultyStore.KEEPING_BUT_FAILING)) {
      AtomicInteger writes = new AtomicInteger();
      node.store.on((real, batch) -> {
        FaultyStore.Writing writing = writes.incrementAndGet() == 2 ? fault : FaultyStore.SOUND;
        writing.write(real, batch);
      });
      assertThatThrownBy(() ->
              node.load(
                  new FolderTree(root), Selection.ALL, new Backfill.Pace(2, 1_000), () -> false))
          .isInstanceOf(StoreException.class)
          .hasMessage(FaultyStore.FAULT);
      restart();
    }
    BackfillReport report = node.load(root);
    assertThat(report.isComplete()).isTrue();
    assertThat(report.filesUnchanged()).isGreaterThan(0);
    assertThat(node.stored()).hasSize(7_200).doesNotHaveDuplicates();
  }

  @Test
  void aRunThatIsStoppedGoesOnLater() throws Exception {
    for (int day = 1; day <= 9; day++) {
      archive.dust("2018-02-0" + day, 1, 500);
    }
    AtomicInteger writes = new AtomicInteger();
    node.store.on((real, batch) -> {
      real.write(batch);
      writes.incrementAndGet();
    });
    BackfillReport stopped =
        node.load(
            new FolderTree(root),
            Selection.ALL,
            new Backfill.Pace(2, 500),
            () -> writes.get() >= 3);
    assertThat(stopped.broken()).contains(BackfillReport.STOPPED);
    assertThat(stopped.isComplete()).isFalse();
    assertThat(stopped.stored()).isBetween(1_500L, 3_000L);
    BackfillReport rest = node.load(root);
    assertThat(rest.filesUnchanged()).isBetween(3L, 6L);
    assertThat(rest.stored() + stopped.stored()).isEqualTo(4_500);
    assertThat(node.stored()).hasSize(4_500);
  }

  @Test
  void anEmptiedStoreIsFilledAgain() throws Exception {
    someDays();
    node.load(root);
    node.close();
    node = BackfillNode.in(folder.resolve("other"));
    node.close();
    Files.move(folder.resolve("data/backfill"), folder.resolve("other/backfill"));
    node = BackfillNode.in(folder.resolve("other"));
    assertThat(node.load(root).stored()).isEqualTo(690);
  }

  @Test
  void smallBatchesAndManyReadersChangeNothing() throws Exception {
    someDays();
    archive.dust("2018-03-02", 1, 5_000);
    BackfillReport report =
        node.load(new FolderTree(root), Selection.ALL, new Backfill.Pace(16, 1), () -> false);
    assertThat(report.stored()).isEqualTo(5_690);
    assertThat(node.stored()).hasSize(5_690).doesNotHaveDuplicates();
  }

  @Test
  void anArchiveThatIsNotThereIsAFailureOfTheRun() {
    assertThatThrownBy(() -> node.load(folder.resolve("none")))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("none");
  }
}
