package org.airlens.pipeline;

import static org.airlens.model.TestReadings.NOON;
import static org.airlens.model.TestReadings.dust;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.airlens.collect.Fetch;
import org.airlens.collect.SourceException;
import org.airlens.model.RejectionReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CycleMetricsTest {

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
  void countReadingsByWhatBecameOfThem() {
    String twice = Documents.of(dust(1, NOON, 20, 10), dust(1, NOON, 20, 10));
    ScriptedSource source =
        new ScriptedSource("feed")
            .delivers("1", twice)
            .delivers("2", "[1," + Documents.entry(dust(2, NOON, 20, 10)) + "]");
    Pipeline pipeline = node.pipeline(source);
    assertThat(readings("stored")).as("known from the start").isZero();
    pipeline.cycle();
    pipeline.cycle();
    assertThat(readings("stored")).isEqualTo(2);
    assertThat(readings("duplicate")).isEqualTo(1);
    assertThat(readings("rejected")).isEqualTo(1);
    assertThat(readings("unsaved")).isZero();
    node.store.on(FaultyStore.REFUSING);
    node.pipeline(new ScriptedSource("other").delivers("3", Documents.of(dust(3, NOON, 20, 10))))
        .cycle();
    assertThat(readings("unsaved")).isEqualTo(1);
  }

  @Test
  void countRejectionsByReasonAndOnlyWholeRecordsAsRejectedReadings() {
    String oddValue =
        Documents.entry(dust(1, NOON, 20, 10))
            .replace(
                "\"sensordatavalues\":[",
                "\"sensordatavalues\":[{\"value_type\":\"x\",\"value\":\"nan\"},");
    String late = Documents.entry(2, Node.NOW.plus(Duration.ofDays(1)), "P1", "12");
    CycleReport report =
        node.pipeline(new ScriptedSource("feed").delivers("f", "[" + oddValue + "," + late + "]"))
            .cycle();
    assertThat(report.stored()).isEqualTo(1);
    assertThat(rejections(RejectionReason.INVALID_VALUE)).isEqualTo(1);
    assertThat(rejections(RejectionReason.TIMESTAMP_IN_FUTURE)).isEqualTo(1);
    assertThat(readings("rejected")).as("the odd value's reading is stored").isEqualTo(1);
    for (RejectionReason reason : RejectionReason.values()) {
      assertThat(rejections(reason)).as("%s is known from the start", reason).isNotNegative();
    }
  }

  @Test
  void tellTheAgeOfTheNewestReading() {
    ScriptedSource source =
        new ScriptedSource("feed")
            .delivers("1", Documents.of(dust(1, NOON, 20, 10), dust(1, NOON.minusSeconds(9), 1, 1)))
            .delivers("2", Documents.of(dust(1, NOON.minusSeconds(99), 20, 10)));
    Pipeline pipeline = node.pipeline(source);
    assertThat(gauge("airlens.feed.lag")).as("nothing was delivered").isNaN();
    pipeline.cycle();
    assertThat(gauge("airlens.feed.lag")).isEqualTo(86_400);
    node.clock.advance(Duration.ofSeconds(60));
    assertThat(gauge("airlens.feed.lag")).isEqualTo(86_460);
    pipeline.cycle();
    assertThat(gauge("airlens.feed.lag")).as("older ones don't count").isEqualTo(86_460);
  }

  @Test
  void tellTheTimeSinceTheLastCycle() {
    Pipeline pipeline = node.pipeline();
    assertThat(gauge("airlens.cycle.age")).isNaN();
    pipeline.cycle();
    node.clock.advance(Duration.ofSeconds(60));
    assertThat(gauge("airlens.cycle.age")).isBetween(0.0, 60.0);
    node.clock.advance(Duration.ofHours(1));
    assertThat(gauge("airlens.cycle.age")).isBetween(3_600.0, 3_660.0);
  }

  @Test
  void timeCyclesAndWrites() {
    ScriptedSource source =
        new ScriptedSource("feed").delivers("1", Documents.of(dust(1, NOON, 20, 10)));
    Pipeline pipeline = node.pipeline(source);
    CycleReport first = pipeline.cycle();
    CycleReport second = pipeline.cycle();
    assertThat(node.metrics.get("airlens.cycle").timer().count()).isEqualTo(2);
    assertThat(node.metrics.get("airlens.cycle").timer().totalTime(TimeUnit.NANOSECONDS))
        .isEqualTo((double) first.duration().plus(second.duration()).toNanos());
    assertThat(node.metrics.get("airlens.store.write").timer().count())
        .as("nothing is written when nothing is new")
        .isEqualTo(1);
  }

  @Test
  void countTheBytesRead() {
    String document = Documents.of(dust(1, NOON, 20, 10));
    CycleReport report = node.pipeline(new ScriptedSource("feed").delivers("1", document)).cycle();
    assertThat(report.bytes()).isEqualTo(document.length());
    assertThat(node.metrics.get("airlens.feed.bytes").counter().count())
        .isEqualTo(document.length());
  }

  @Test
  void tellWhichSourceIsDown() {
    ScriptedSource failing =
        new ScriptedSource("failing")
            .does(() -> {
              throw new SourceException("no route");
            })
            .does(Fetch.Unchanged::new);
    Pipeline pipeline = node.pipeline(failing, new ScriptedSource("sound"));
    assertThat(up("failing")).isEqualTo(1);
    pipeline.cycle();
    assertThat(up("failing")).isZero();
    assertThat(up("sound")).isEqualTo(1);
    pipeline.cycle();
    assertThat(up("failing")).isEqualTo(1);
  }

  @Test
  void countDeadLettersThatAreLostWithoutStoppingTheCycle() throws Exception {
    Files.writeString(folder.resolve("rejected"), "a file where the folder should be");
    CycleReport report =
        node.pipeline(
                new ScriptedSource("feed")
                    .delivers("1", "[1,2," + Documents.entry(dust(1, NOON, 20, 10)) + "]"))
            .cycle();
    assertThat(report.stored()).isEqualTo(1);
    assertThat(report.rejected()).containsEntry("not_an_object", 2L);
    assertThat(gauge("airlens.dead.letters.lost")).isEqualTo(2);
  }

  private double readings(String outcome) {
    return node.metrics.get("airlens.readings").tag("outcome", outcome).counter().count();
  }

  private double rejections(RejectionReason reason) {
    return node.metrics.get("airlens.rejections").tag("reason", reason.label()).counter().count();
  }

  private double up(String source) {
    return node.metrics.get("airlens.source.up").tag("source", source).gauge().value();
  }

  private double gauge(String name) {
    return node.metrics.get(name).gauge().value();
  }
}
