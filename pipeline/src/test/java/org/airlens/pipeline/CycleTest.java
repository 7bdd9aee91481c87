package org.airlens.pipeline;

import static org.airlens.model.TestReadings.NOON;
import static org.airlens.model.TestReadings.climate;
import static org.airlens.model.TestReadings.dust;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.airlens.collect.capture.CaptureFolder;
import org.airlens.collect.capture.FileSource;
import org.airlens.collect.capture.SampleSource;
import org.airlens.model.Reading;
import org.airlens.model.Sensor;
import org.airlens.model.SensorType;
import org.airlens.pipeline.SourceState.Health;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cycle over sources that are well. */
class CycleTest {

  private static final long MAX_BYTES = 100 << 20;
  private static final int SAMPLE_READINGS = 10_760;

  @TempDir Path folder;
  private Node node;

  @BeforeEach
  void start() {
    node = Node.in(folder);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void storesTheBundledSampleWithItsIndices() {
    CycleReport report;
    try (SampleSource sample = new SampleSource()) {
      report = node.pipeline(sample).cycle();
    }
    assertThat(report.seen()).isEqualTo(SAMPLE_READINGS);
    assertThat(report.stored()).isEqualTo(SAMPLE_READINGS);
    assertThat(report.duplicate()).isZero();
    assertThat(report.rejected()).isEmpty();
    assertThat(report.problem()).isEmpty();
    assertThat(report.startedAt()).isEqualTo(Node.NOW);
    assertThat(report.sources())
        .singleElement()
        .satisfies(source -> {
          assertThat(source.name()).isEqualTo("sample");
          assertThat(source.health()).isEqualTo(Health.FINISHED);
          assertThat(source.lastSuccess()).contains(Node.NOW);
        });
    List<Reading> stored = node.stored();
    assertThat(stored).hasSize(SAMPLE_READINGS);
    assertThat(stored)
        .filteredOn(reading -> reading.values().has("P2"))
        .isNotEmpty()
        .allSatisfy(reading -> assertThat(reading.aqi()).isPresent());
    assertThat(stored)
        .filteredOn(reading -> !reading.values().has("P1") && !reading.values().has("P2"))
        .isNotEmpty()
        .allSatisfy(reading -> assertThat(reading.aqi()).isEmpty());
    assertThat(node.view.snapshot().size()).isEqualTo(15);
    assertThat(node.published()).hasSize(SAMPLE_READINGS);
  }

  @Test
  void storesNothingOfTheSampleTheSecondTime() {
    try (SampleSource first = new SampleSource();
        SampleSource second = new SampleSource()) {
      node.pipeline(first).cycle();
      CycleReport again = node.pipeline(second).cycle();
      assertThat(again.seen()).isEqualTo(SAMPLE_READINGS);
      assertThat(again.stored()).isZero();
      assertThat(again.duplicate()).isEqualTo(SAMPLE_READINGS);
    }
    assertThat(node.stored()).hasSize(SAMPLE_READINGS);
    assertThat(node.published()).as("each told once").hasSize(SAMPLE_READINGS);
  }

  @Test
  void readsEachContentOfACycleOnce() {
    ScriptedSource source =
        new ScriptedSource("replay")
            .delivers("1", Documents.of(dust(1, NOON, 20, 10)))
            .delivers("2", Documents.of(dust(2, NOON, 20, 10)))
            .delivers("3", Documents.of(dust(3, NOON, 20, 10)))
            .perCycle(10);
    CycleReport report = node.pipeline(source).cycle();
    assertThat(report.seen()).isEqualTo(3);
    assertThat(report.duplicate()).isZero();
    assertThat(source.told()).containsExactly("acknowledged 1", "acknowledged 2", "acknowledged 3");
  }

  @Test
  void takesNoMoreContentsThanTheSourcesPace() throws Exception {
    for (int i = 1; i <= 5; i++) {
      Files.writeString(folder.resolve(i + ".json"), Documents.of(dust(i, NOON, 20, 10)));
    }
    try (CaptureFolder captures = new CaptureFolder(folder, MAX_BYTES, 2)) {
      Pipeline pipeline = node.pipeline(captures);
      assertThat(pipeline.cycle().stored()).isEqualTo(2);
      assertThat(pipeline.cycle().stored()).isEqualTo(2);
      assertThat(pipeline.cycle().stored()).isEqualTo(1);
      assertThat(pipeline.sources().getFirst().health()).isEqualTo(Health.FINISHED);
      assertThat(pipeline.cycle().seen()).isZero();
    }
    assertThat(node.stored()).extracting(r -> r.sensor().id()).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void readsAFileAgainOnlyWhenItChanged() throws Exception {
    Path file = folder.resolve("feed.json");
    Files.writeString(file, Documents.of(dust(1, NOON, 20, 10)));
    try (FileSource source = new FileSource(file, MAX_BYTES)) {
      Pipeline pipeline = node.pipeline(source);
      assertThat(pipeline.cycle().stored()).isEqualTo(1);
      assertThat(pipeline.cycle().seen()).isZero();
      Files.writeString(file, Documents.of(dust(1, NOON, 20, 10), dust(2, NOON, 20, 10)));
      CycleReport changed = pipeline.cycle();
      assertThat(changed.stored()).isEqualTo(1);
      assertThat(changed.duplicate()).isEqualTo(1);
    }
  }

  @Test
  void keepsWhatWasMeasuredAndAddsOnlyTheIndex() {
    Reading dust = dust(1, NOON, 36, 39);
    Reading climate = climate(2, NOON, -3.5, 99.9);
    node.pipeline(new ScriptedSource("feed").delivers("feed", Documents.of(dust, climate))).cycle();
    assertThat(node.stored()).containsExactly(dust.withAqi(OptionalInt.of(4)), climate);
    assertThat(node.view.snapshot().get(1)).contains(dust.withAqi(OptionalInt.of(4)));
    assertThat(node.published()).containsExactly(dust.withAqi(OptionalInt.of(4)), climate);
  }

  @Test
  void givesNoIndexWhereNothingCounts() {
    Reading counter = dust(1, NOON, 36, 39);
    counter =
        new Reading(
            new Sensor(1, "5", new SensorType(1, "PPD42NS", "Shinyei")),
            counter.location(),
            NOON,
            counter.values(),
            OptionalInt.empty());
    Reading saturated = dust(2, NOON, 1999.9, 999.9);
    Reading negative = dust(3, NOON, -0.4, -1);
    Reading halfSaturated = dust(4, NOON, 1999, 39);
    node.pipeline(
            new ScriptedSource("feed")
                .delivers("feed", Documents.of(counter, saturated, negative, halfSaturated)))
        .cycle();
    assertThat(node.stored())
        .containsExactly(counter, saturated, negative, halfSaturated.withAqi(OptionalInt.of(4)));
  }

  @Test
  void computesTheIndexItselfWhateverTheReadingSays() {
    Reading claimed = climate(1, NOON, 20, 50).withAqi(OptionalInt.of(7));
    Reading wrong = dust(2, NOON, 36, 39).withAqi(OptionalInt.of(10));
    node.ingest.take(List.of(claimed, wrong));
    assertThat(node.stored())
        .extracting(Reading::aqi)
        .containsExactly(OptionalInt.empty(), OptionalInt.of(4));
  }

  @Test
  void countsRejectedRecordsByReasonAndKeepsThemAsDeadLetters() throws Exception {
    String good = Documents.entry(dust(1, NOON, 20, 10));
    String late = Documents.entry(2, Node.NOW.plus(Duration.ofDays(1)), "P1", "12");
    String early = Documents.entry(3, NOON.minus(Duration.ofDays(9_000)), "P1", "12");
    String oddValue = Documents.entry(4, NOON, "P1", "nan");
    String document = "[" + String.join(",", good, "17", late, early, oddValue) + "]";
    CycleReport report =
        node.pipeline(new ScriptedSource("feed").delivers("feed.json", document)).cycle();
    assertThat(report.seen()).isEqualTo(1);
    assertThat(report.stored()).isEqualTo(1);
    assertThat(report.rejected())
        .isEqualTo(
            Map.of(
                "not_an_object", 1L,
                "timestamp_in_future", 1L,
                "timestamp_too_old", 1L,
                "invalid_value", 1L,
                "no_values", 1L));
    assertThat(report.problem()).as("broken records are no broken source").isEmpty();
    List<String> letters = node.deadLetters();
    assertThat(letters).hasSize(5);
    assertThat(letters.get(0))
        .contains("\"time\":\"" + Node.NOW + "\"")
        .contains("\"source\":\"feed.json\"")
        .contains("\"reason\":\"not_an_object\"")
        .contains("\"offset\":" + document.indexOf("17"))
        .contains("\"record\":\"17\"");
    assertThat(letters.get(1))
        .contains("\"reason\":\"timestamp_in_future\"")
        .contains("\"offset\":" + document.indexOf(late));
    assertThat(letters.get(2)).contains("\"offset\":" + document.indexOf(early));
    assertThat(letters.get(4)).contains("\"offset\":" + document.indexOf(oddValue));
  }

  @Test
  void accountsForEveryReadingItSaw() {
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      readings.add(dust(i % 100 + 1, NOON.plusSeconds(i % 150), 20, 10));
    }
    CycleReport report =
        node.pipeline(
                new ScriptedSource("a").delivers("a", Documents.of(readings)),
                new ScriptedSource("b").delivers("b", Documents.of(readings.subList(50, 200))))
            .cycle();
    assertThat(report.seen()).isEqualTo(450);
    assertThat(report.stored() + report.duplicate()).isEqualTo(report.seen());
    assertThat(report.unsaved()).isZero();
    assertThat(node.stored()).hasSize(Math.toIntExact(report.stored()));
  }

  @Test
  void takesADocumentLargerThanABatch() {
    List<Reading> readings = new ArrayList<>();
    for (int i = 1; i <= ReadingIntake.BATCH + 10; i++) {
      readings.add(climate(i, NOON, 20, 50));
    }
    List<Integer> batches = new ArrayList<>();
    node.store.on((real, batch) -> {
      batches.add(batch.size());
      real.write(batch);
    });
    ScriptedSource source = new ScriptedSource("feed").delivers("feed", Documents.of(readings));
    Pipeline pipeline = node.pipeline(source);
    CycleReport report = pipeline.cycle();
    assertThat(report.stored()).isEqualTo(readings.size());
    assertThat(batches).containsExactly(ReadingIntake.BATCH, 10);
    assertThat(source.told()).containsExactly("acknowledged feed");
    assertThat(pipeline.sources().getFirst().lastSuccess()).contains(Node.NOW);
  }

  @Test
  void stopsBetweenTwoContentsWhenTold() {
    ScriptedSource source =
        new ScriptedSource("replay")
            .delivers("1", Documents.of(dust(1, NOON, 20, 10)))
            .delivers("2", Documents.of(dust(2, NOON, 20, 10)))
            .perCycle(Integer.MAX_VALUE);
    CycleReport report = node.pipeline(source).cycle(() -> source.delivered() > 0);
    assertThat(report.stored()).isEqualTo(1);
    assertThat(source.told()).containsExactly("acknowledged 1");
  }

  @Test
  void hasNothingToDoWithoutSources() {
    CycleReport report = node.pipeline().cycle();
    assertThat(report.seen()).isZero();
    assertThat(report.sources()).isEmpty();
    assertThat(report.problem()).isEmpty();
  }
}
