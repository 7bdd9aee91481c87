package org.airlens.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.airlens.collect.archive.ArchiveServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code airlens backfill} as its users run it. */
class BackfillIT {

  private static final LocalDate FIRST = LocalDate.parse("2018-02-01");
  private static final int DAYS = 30;
  private static final int SENSORS = 4;
  private static final int ROWS = 300;
  private static final int ALL = DAYS * SENSORS * ROWS;
  private static final long SEED = 20_181_105;
  private static final int KILLS = 6;
  private static final int LONGEST_MILLIS = 150;

  @TempDir Path folder;

  @Test
  void killedAtAnyMomentItLosesNothingAndDoublesNothing() throws Exception {
    Path archive = archive();
    Random random = new Random(SEED);
    long noted = 0;
    int killed = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      try (RunningAirLens backfill = backfill(archive.toString())) {
        long before = noted;
        long more = 1L + random.nextInt(3_000);
        while (backfill.isAlive() && journalBytes() < before + more) {
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(LONGEST_MILLIS)));
        killed += backfill.isAlive() ? 1 : 0;
        backfill.kill();
        noted = journalBytes();
      }
    }
    assertThat(killed).as("runs that were killed and had not ended").isPositive();
    try (RunningAirLens last = backfill(archive.toString())) {
      assertThat(last.exit()).as(last.err()).isZero();
      assertThat(last.out())
          .as("it goes on where the former ones were")
          .doesNotContain(" 0 unchanged");
    }
    assertThatAllIsStoredOnce();
    try (RunningAirLens again = backfill(archive.toString())) {
      assertThat(again.exit()).isZero();
      assertThat(again.out())
          .contains("files: 0 read, 120 unchanged, 0 failed")
          .contains("rows:  0 stored, 0 duplicate, 0 rejected")
          .contains("Nothing new: the store has all of it.");
    }
  }

  @Test
  void stopsCleanlyAndGoesOn() throws Exception {
    Path archive = archive();
    try (RunningAirLens backfill = backfill(archive.toString())) {
      backfill.await("the first files in the journal", () -> journalBytes() > 0 ? true : null);
      backfill.signal("INT");
      assertThat(backfill.exit()).as("it was not done").isEqualTo(1);
      assertThat(backfill.out()).contains("files: ").contains(" stored, ");
      assertThat(backfill.err())
          .contains("airlens: stopped; what is done is kept, the same command does the rest");
    }
    try (RunningAirLens rest = backfill(archive.toString())) {
      assertThat(rest.exit()).isZero();
      assertThat(rest.out()).doesNotContain(" 0 unchanged");
    }
    assertThatAllIsStoredOnce();
  }

  @Test
  void loadsFromAServerAndTellsWhatFailed() throws Exception {
    Path archive = archive();
    try (ArchiveServer server = ArchiveServer.of(archive)) {
      server.next("/2018-02-03/2018-02-03_sds011_sensor_2.csv", ArchiveServer.status(404));
      try (RunningAirLens backfill = backfill(server.url().toString())) {
        assertThat(backfill.exit()).isEqualTo(1);
        assertThat(backfill.out()).contains("files: 119 read, 0 unchanged, 1 failed");
        assertThat(backfill.err().lines().filter(line -> line.startsWith("airlens: ")))
            .singleElement()
            .asString()
            .startsWith("airlens: 1 of 120 files failed, first: can't read http://localhost:")
            .contains("404 Not Found")
            .endsWith("; the same command tries them again");
      }
      assertThat(server.mostAtOnce()).isBetween(1, 4);
      server.forget();
      try (RunningAirLens rest = backfill(server.url().toString())) {
        assertThat(rest.exit()).isZero();
        assertThat(rest.out()).contains("files: 1 read, 119 unchanged, 0 failed");
      }
      assertThat(server.requests()).filteredOn(request -> request.status() == 304).hasSize(119);
    }
    assertThatAllIsStoredOnce();
  }

  @Test
  void saysWhenThereIsNothingToRead() throws Exception {
    Path archive = archive();
    try (RunningAirLens backfill = backfill(archive.toString(), "--from", "2019-01-01")) {
      assertThat(backfill.exit()).isZero();
      assertThat(backfill.out()).contains("There is no file of this selection; look at --from");
    }
    try (RunningAirLens selected =
        backfill(
            archive.toString(),
            "--from",
            "2018-02-03",
            "--to",
            "2018-02-05",
            "--sensor-type",
            "SDS011")) {
      assertThat(selected.exit()).isZero();
      assertThat(selected.out()).contains("rows:  %,d stored".formatted(2 * SENSORS * ROWS));
    }
  }

  private RunningAirLens backfill(String archive, String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "backfill",
                "--archive",
                archive,
                "--data-dir",
                data().toString(),
                "--batch",
                "2000",
                "--durability",
                "process"));
    arguments.addAll(List.of(more));
    return RunningAirLens.start(folder, arguments.toArray(String[]::new));
  }

  private Path data() {
    return folder.resolve("data");
  }

  private long journalBytes() {
    try (Stream<Path> files = Files.walk(data().resolve("backfill"))) {
      return files
          .filter(file -> file.toString().endsWith(".journal"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertThatAllIsStoredOnce() throws Exception {
    try (RunningAirLens export =
        RunningAirLens.start(folder, "export", "--data-dir", data().toString())) {
      assertThat(export.exit()).isZero();
      List<String> lines = export.out().lines().skip(1).toList();
      Set<String> identities = new HashSet<>();
      for (String line : lines) {
        String[] cells = line.split(",", 4);
        assertThat(identities.add(cells[0] + " " + cells[1])).as("doubled: %s", line).isTrue();
      }
      assertThat(identities).hasSize(ALL);
    }
  }

  private Path archive() throws IOException {
    Path root = folder.resolve("archive");
    for (int day = 0; day < DAYS; day++) {
      LocalDate date = FIRST.plusDays(day);
      Path of = Files.createDirectories(root.resolve(date.toString()));
      for (int sensor = 1; sensor <= SENSORS; sensor++) {
        StringBuilder text =
            new StringBuilder(
                "sensor_id;sensor_type;location;lat;lon;timestamp;P1;durP1;ratioP1;P2;durP2;ratioP2\n");
        for (int row = 0; row < ROWS; row++) {
          int second = row * 280;
          text.append(
              String.format(
                  Locale.ROOT,
                  "%d;SDS011;%d;57.1;-2.1;%sT%02d:%02d:%02d;%d.5;;;%d.25;;\n",
                  sensor,
                  sensor,
                  date,
                  second / 3_600,
                  second / 60 % 60,
                  second % 60,
                  row % 90,
                  row % 50));
        }
        Files.writeString(of.resolve("%s_sds011_sensor_%d.csv".formatted(date, sensor)), text);
      }
    }
    return root;
  }
}
