package org.airlens.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.airlens.model.Reading;
import org.airlens.spark.columns.ReadingRows;
import org.airlens.store.Durability;
import org.airlens.store.ReadingFilter;
import org.airlens.store.ReadingQuery;
import org.airlens.store.Store;
import org.airlens.store.StoreSettings;
import org.airlens.store.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code airlens collect --engine spark}, killed and ended in the middle of batches. */
class SparkCollectIT {

  private static final int KILLS = 2;
  private static final int CAPTURES = 40;
  private static final int SENSORS = 100;
  private static final int LONGEST_MILLIS = 400;

  @TempDir Path folder;

  @Test
  void losesNothingAndDoublesNothing() throws Exception {
    Path captures = Files.createDirectory(folder.resolve("captures"));
    for (int i = 0; i < CAPTURES; i++) {
      Files.writeString(captures.resolve("%03d.json".formatted(i)), capture(i));
    }
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int kill = 0; kill < KILLS; kill++) {
      Process collect = collect(captures);
      awaitBatch(collect);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(LONGEST_MILLIS)));
      collect.destroyForcibly().waitFor();
    }
    Process ended = collect(captures);
    awaitBatch(ended);
    ended.destroy();
    assertThat(exit(ended)).as(said()).isZero();

    assertThat(exit(collect(captures))).as(said()).isZero();
    assertThat(said()).doesNotContain("ERROR");
    List<String> stored = stored().map(SparkCollectIT::identity).toList();
    assertThat(stored).as("seed %d", seed).hasSize(CAPTURES * SENSORS).doesNotHaveDuplicates();
    assertThat(lake().map(SparkCollectIT::identity))
        .as("seed %d", seed)
        .containsExactlyInAnyOrderElementsOf(stored);
    try (Stream<Path> left = Files.list(folder.resolve("data/stream"))) {
      assertThat(left.map(Path::toString)).noneMatch(name -> name.endsWith(".document"));
    }
  }

  /** Waits until a further batch is under way, or all are done. */
  private void awaitBatch(Process collect) {
    int before = number("offsets");
    while (collect.isAlive() && number("offsets") <= before) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  /** The number of the last batch of which the checkpoint has this; −1 before the first. */
  private int number(String what) {
    try (Stream<Path> files = Files.list(folder.resolve("data/stream/checkpoint/" + what))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("\\d+"))
          .mapToInt(Integer::parseInt)
          .max()
          .orElse(-1);
    } catch (IOException e) {
      return -1;
    }
  }

  private Process collect(Path captures) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-Dspark.sql.shuffle.partitions=2",
            "-XX:TieredStopAtLevel=1", // Each life is short: nothing else would pay.
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "org.airlens.app.Main",
            "collect",
            "--engine",
            "spark",
            "--master",
            "local[2]",
            "--lake",
            folder.resolve("lake").toString(),
            "--source",
            captures.toString(),
            "--data-dir",
            folder.resolve("data").toString(),
            "--durability",
            "process",
            "--speed",
            "4",
            "--interval",
            "100ms"));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("said.txt").toFile())
        .start();
  }

  private static int exit(Process process) throws InterruptedException {
    assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
    return process.exitValue();
  }

  private String said() throws IOException {
    return Files.readString(folder.resolve("said.txt"));
  }

  private Stream<Reading> stored() {
    try (Store store =
            Stores.open(
                new StoreSettings(
                    "embedded:", folder.resolve("data"), Durability.PROCESS, OptionalInt.empty()));
        Stream<Reading> found = store.readings().find(ReadingQuery.of(ReadingFilter.all()))) {
      return found.toList().stream();
    }
  }

  private Stream<Reading> lake() throws IOException {
    Lake lake = new Lake(TestSpark.session(), folder.resolve("lake").toString());
    return lake
        .read(lake.version().partitions())
        .select(ReadingRows.columns())
        .collectAsList()
        .stream()
        .map(ReadingRows::reading);
  }

  private static String identity(Reading reading) {
    return reading.sensor().id() + " " + reading.timestamp();
  }

  private static String capture(int number) {
    List<String> entries = new ArrayList<>();
    for (int sensor = 1; sensor <= SENSORS; sensor++) {
      entries.add(
          """
          {"timestamp":"2026-03-01 00:%02d:00","location":{"id":%d,"latitude":"57.1",\
          "longitude":"-2.1","country":"GB"},"sensor":{"id":%d,"pin":"1","sensor_type":{"id":14,\
          "name":"SDS011","manufacturer":"Nova Fitness"}},"sensordatavalues":[\
          {"value_type":"P1","value":"%d"},{"value_type":"P2","value":"5.5"}]}\
          """
              .formatted(number, sensor, sensor, number + 1));
    }
    return "[" + String.join(",", entries) + "]";
  }
}
