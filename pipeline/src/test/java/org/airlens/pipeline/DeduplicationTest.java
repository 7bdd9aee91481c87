package org.airlens.pipeline;

import static org.airlens.model.TestReadings.NOON;
import static org.airlens.model.TestReadings.dust;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.airlens.collect.capture.FileSource;
import org.airlens.model.Reading;
import org.airlens.pipeline.Ingest.Taken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An identity (sensor, timestamp) is stored once, whatever comes. */
class DeduplicationTest {

  private static final long MAX_BYTES = 1 << 20;

  @TempDir Path folder;

  @Test
  void holdsAcrossARestart() {
    List<Reading> readings =
        List.of(dust(1, NOON, 20, 10), dust(1, NOON.plusSeconds(1), 20, 10), dust(2, NOON, 1, 1));
    try (Node node = Node.in(folder)) {
      assertThat(node.ingest.take(readings)).isEqualTo(new Taken(3, 0));
    }
    try (Node restarted = Node.in(folder)) {
      assertThat(restarted.ingest.take(readings)).isEqualTo(new Taken(0, 3));
      assertThat(restarted.stored()).hasSize(3);
      assertThat(restarted.published()).isEmpty();
      assertThat(restarted.view.snapshot().get(1).orElseThrow().timestamp())
          .isEqualTo(NOON.plusSeconds(1));
    }
  }

  @Test
  void tellsApartTheSecondsAndTheSensors() {
    try (Node node = Node.in(folder)) {
      List<Reading> readings = new ArrayList<>();
      for (int sensor = 1; sensor <= 3; sensor++) {
        for (int second = -2; second <= 2; second++) {
          readings.add(dust(sensor, NOON.plusSeconds(second), 20, 10));
          readings.add(dust(sensor, NOON.plus(Duration.ofHours(1)).plusSeconds(second), 20, 10));
        }
      }
      assertThat(node.ingest.take(readings)).isEqualTo(new Taken(30, 0));
      assertThat(node.ingest.take(readings)).isEqualTo(new Taken(0, 30));
      assertThat(node.stored()).hasSize(30);
    }
  }

  @Test
  void keepsTheFirstOfAnIdentityInABatch() {
    try (Node node = Node.in(folder)) {
      assertThat(node.ingest.take(List.of(dust(1, NOON, 20, 10), dust(1, NOON, 90, 60))))
          .isEqualTo(new Taken(1, 1));
      assertThat(node.stored()).containsExactly(dust(1, NOON, 20, 10).withAqi(OptionalInt.of(2)));
      assertThat(node.published()).hasSize(1);
    }
  }

  @Test
  void keepsTheFirstOfAnIdentityInTheStore() {
    Reading first = dust(1, NOON, 20, 10);
    Reading later = dust(1, NOON, 90, 60);
    try (Node node = Node.in(folder)) {
      node.ingest.take(List.of(first));
      assertThat(node.ingest.take(List.of(later))).isEqualTo(new Taken(0, 1));
    }
    try (Node restarted = Node.in(folder)) {
      assertThat(restarted.ingest.take(List.of(later))).isEqualTo(new Taken(0, 1));
      assertThat(restarted.stored()).containsExactly(first.withAqi(OptionalInt.of(2)));
      assertThat(restarted.view.snapshot().get(1)).contains(first.withAqi(OptionalInt.of(2)));
    }
  }

  @Test
  void asksTheStoreOnceForAnHour() {
    try (Node node = Node.in(folder)) {
      for (int i = 0; i < 10; i++) {
        node.ingest.take(List.of(dust(1, NOON.plusSeconds(i), 20, 10), dust(2, NOON, 20, 10)));
      }
      assertThat(node.store.identityQueries()).isEqualTo(1);
      node.ingest.take(List.of(dust(1, NOON.minusSeconds(1), 20, 10)));
      assertThat(node.store.identityQueries()).isEqualTo(2);
    }
  }

  @Test
  void holdsBetweenSourcesThatDeliverTheSame() {
    List<Reading> readings = new ArrayList<>();
    for (int i = 1; i <= 500; i++) {
      readings.add(dust(i, NOON, 20, 10));
    }
    String document = Documents.of(readings);
    ScriptedSource[] sources = new ScriptedSource[4];
    for (int i = 0; i < sources.length; i++) {
      sources[i] = new ScriptedSource("mirror " + i).delivers("feed", document);
    }
    try (Node node = Node.in(folder)) {
      CycleReport report = node.pipeline(sources).cycle();
      assertThat(report.stored()).isEqualTo(500);
      assertThat(report.duplicate()).isEqualTo(1_500);
      assertThat(node.stored()).hasSize(500);
      assertThat(node.published()).hasSize(500);
      assertThat(sources)
          .allSatisfy(source -> assertThat(source.told()).containsExactly("acknowledged feed"));
    }
  }

  @Test
  void holdsBetweenBatchesTakenAtTheSameTime() throws Exception {
    try (Node node = Node.in(folder);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Taken>> taking = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        List<Reading> batch = new ArrayList<>();
        for (int sensor = i + 1; sensor <= i + 50; sensor++) {
          batch.add(dust(sensor, NOON, 20, 10));
        }
        taking.add(threads.submit(() -> node.ingest.take(batch)));
      }
      long stored = 0;
      long duplicate = 0;
      for (Future<Taken> one : taking) {
        stored += one.get().stored();
        duplicate += one.get().duplicate();
      }
      assertThat(stored).isEqualTo(69);
      assertThat(duplicate).isEqualTo(20 * 50 - 69);
      assertThat(node.stored()).hasSize(69);
    }
  }

  @Test
  void holdsWhenTheProcessDiesBetweenWriteAndAcknowledgement() throws Exception {
    Path feed = folder.resolve("feed.json");
    List<Reading> readings = List.of(dust(1, NOON, 20, 10), dust(2, NOON, 20, 10));
    Files.writeString(feed, Documents.of(readings));
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                DiesAfterWriting.class.getName(),
                folder.toString(),
                feed.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out.txt").toFile())
            .start();
    assertThat(process.waitFor()).isEqualTo(DiesAfterWriting.EXIT);
    try (Node restarted = Node.in(folder);
        FileSource source = new FileSource(feed, MAX_BYTES)) {
      assertThat(restarted.view.snapshot().size()).isEqualTo(2);
      CycleReport report = restarted.pipeline(source).cycle();
      assertThat(report.duplicate()).isEqualTo(2);
      assertThat(report.stored()).isZero();
      assertThat(restarted.stored())
          .containsExactlyInAnyOrderElementsOf(
              readings.stream().map(reading -> reading.withAqi(OptionalInt.of(2))).toList());
    }
  }

  /** A process that ends as by {@code kill -9} once its first batch is written. */
  static final class DiesAfterWriting {

    static final int EXIT = 77;

    private DiesAfterWriting() {}

    public static void main(String[] args) {
      Node node = Node.in(Path.of(args[0]));
      node.store.on((real, batch) -> {
        real.write(batch);
        Runtime.getRuntime().halt(EXIT);
      });
      node.pipeline(new FileSource(Path.of(args[1]), MAX_BYTES)).cycle();
    }
  }
}
