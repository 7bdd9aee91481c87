package org.airlens.pipeline;

import static org.airlens.model.TestReadings.NOON;
import static org.airlens.model.TestReadings.dust;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.airlens.collect.Fetch;
import org.airlens.collect.SourceException;
import org.airlens.collect.capture.CaptureFolder;
import org.airlens.collect.capture.FileSource;
import org.airlens.model.Reading;
import org.airlens.pipeline.SourceState.Health;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A source that fails costs the others nothing, is told of, and is asked again. */
class BrokenSourceTest {

  private static final long MAX_BYTES = 100_000;

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

  /** A way in which a source fails, and how the report tells it. */
  record Failure(ScriptedSource.Step step, String told) {
    @Override
    public String toString() {
      return told;
    }
  }

  static List<Failure> failures() {
    return List.of(
        new Failure(
            () -> {
              throw new SourceException("can't read https://example.org: no route");
            },
            "can't read https://example.org: no route"),
        new Failure(
            () -> {
              throw new IllegalStateException("a bug");
            },
            "unexpected: java.lang.IllegalStateException: a bug"),
        new Failure(
            () -> {
              throw new NoClassDefFoundError("a/part");
            },
            "unexpected: java.lang.NoClassDefFoundError: a/part"),
        new Failure(
            () -> {
              throw new OutOfMemoryError("too large");
            },
            "unexpected: java.lang.OutOfMemoryError: too large"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void neverStopsTheOthersAndIsAskedAgain(Failure failure) {
    ScriptedSource broken =
        new ScriptedSource("broken")
            .does(failure.step())
            .delivers("late", Documents.of(dust(1, NOON, 20, 10)));
    ScriptedSource sound =
        new ScriptedSource("sound")
            .delivers("first", Documents.of(dust(2, NOON, 20, 10)))
            .delivers("second", Documents.of(dust(3, NOON, 20, 10)));
    Pipeline pipeline = node.pipeline(broken, sound);

    CycleReport first = pipeline.cycle();
    assertThat(first.stored()).isEqualTo(1);
    assertThat(first.problem()).contains(failure.told());
    assertThat(first.sources()).extracting(SourceState::name).containsExactly("broken", "sound");
    assertThat(first.sources().get(0).health()).isEqualTo(Health.FAILING);
    assertThat(first.sources().get(0).problem()).contains(failure.told());
    assertThat(first.sources().get(0).lastSuccess()).isEmpty();
    assertThat(first.sources().get(1).health()).isEqualTo(Health.OK);

    node.clock.advance(Duration.ofSeconds(10));
    CycleReport second = pipeline.cycle();
    assertThat(second.stored()).isEqualTo(2);
    assertThat(second.problem()).isEmpty();
    assertThat(second.sources().get(0).health()).isEqualTo(Health.OK);
    assertThat(second.sources().get(0).problem()).isEmpty();
    assertThat(second.sources().get(0).lastSuccess()).contains(Node.NOW.plusSeconds(10));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void losesNothingThatCameBeforeItInTheCycle(Failure failure) {
    ScriptedSource source =
        new ScriptedSource("replay")
            .delivers("first", Documents.of(dust(1, NOON, 20, 10)))
            .does(failure.step())
            .delivers("second", Documents.of(dust(2, NOON, 20, 10)))
            .perCycle(3);
    Pipeline pipeline = node.pipeline(source);
    CycleReport report = pipeline.cycle();
    assertThat(report.stored()).isEqualTo(1);
    assertThat(report.problem()).contains(failure.told());
    assertThat(source.told()).containsExactly("acknowledged first");
    assertThat(pipeline.cycle().stored()).isEqualTo(1);
    assertThat(source.told()).containsExactly("acknowledged first", "acknowledged second");
  }

  @Test
  void keepsAndCountsWhatCameBeforeABreak() {
    String whole = Documents.of(manyReadings());
    String half = whole.substring(0, whole.length() / 2);
    ScriptedSource source = new ScriptedSource("feed").breaksOff("feed", half, "connection reset");
    Pipeline pipeline = node.pipeline(source);
    CycleReport report = pipeline.cycle();
    int wholeEntries = half.split("]}", -1).length - 1;
    assertThat(report.seen()).isEqualTo(wholeEntries).isGreaterThan(900);
    assertThat(report.stored()).isEqualTo(report.seen());
    assertThat(report.bytes()).isEqualTo(half.length());
    assertThat(report.problem()).contains("feed breaks off: connection reset");
    assertThat(node.stored()).hasSize(Math.toIntExact(report.stored()));
    assertThat(source.told()).containsExactly("abandoned feed");
    assertThat(pipeline.cycle().seen()).isZero();
    assertThat(source.told()).containsExactly("abandoned feed");
  }

  @Test
  void keepsWhatCameBeforeABugAndAsksForTheContentAgain() {
    String half = Documents.of(manyReadings()).substring(0, 200_000);
    List<InputStream> bodies = new ArrayList<>();
    ScriptedSource source =
        new ScriptedSource("feed")
            .delivers(
                "feed",
                () -> {
                  InputStream text =
                      new ByteArrayInputStream(half.getBytes(StandardCharsets.UTF_8));
                  bodies.add(text);
                  return new SequenceInputStream(text, new Buggy());
                });
    Pipeline pipeline = node.pipeline(source);
    CycleReport report = pipeline.cycle();
    assertThat(report.stored()).isPositive().isEqualTo(report.seen());
    assertThat(report.problem()).contains("unexpected: java.lang.IllegalStateException: a bug");
    assertThat(source.told()).isEmpty();
    CycleReport again = pipeline.cycle();
    assertThat(bodies).hasSize(2);
    assertThat(again.duplicate()).isEqualTo(report.stored());
  }

  @Test
  void doesNotFallSilentAfterABrokenFile() throws Exception {
    Path file = folder.resolve("feed.json");
    Files.writeString(file, Documents.of(manyReadings()));
    try (FileSource source = new FileSource(file, MAX_BYTES)) {
      Pipeline pipeline = node.pipeline(source);
      CycleReport report = pipeline.cycle();
      assertThat(report.stored()).isPositive();
      assertThat(report.problem().orElseThrow()).startsWith(file + " breaks off: ");
      CycleReport unchanged = pipeline.cycle();
      assertThat(unchanged.seen()).as("it will not read better").isZero();
      assertThat(unchanged.sources().getFirst().health()).isEqualTo(Health.FAILING);
      Files.writeString(file, Documents.of(dust(5_000, NOON, 20, 10)));
      assertThat(pipeline.cycle().sources().getFirst().health()).isEqualTo(Health.OK);
    }
  }

  @Test
  void passesABrokenCaptureInTheMiddleOfAReplay() throws Exception {
    Files.writeString(folder.resolve("a.json"), Documents.of(dust(1, NOON, 20, 10)));
    Files.write(folder.resolve("b.json.gz"), new byte[] {0x1F, (byte) 0x8B, 99, 99});
    Files.writeString(folder.resolve("c.json"), Documents.of(manyReadings()));
    Files.writeString(folder.resolve("d.json"), Documents.of(dust(5_000, NOON, 20, 10)));
    try (CaptureFolder source = new CaptureFolder(folder, MAX_BYTES, 1);
        HeardLog log = HeardLog.of(SourceRun.class)) {
      Pipeline pipeline = node.pipeline(source);
      assertThat(pipeline.cycle().stored()).isEqualTo(1);
      assertThat(pipeline.cycle().problem().orElseThrow()).contains("b.json.gz");
      CycleReport half = pipeline.cycle();
      assertThat(half.stored()).isPositive();
      assertThat(half.problem().orElseThrow()).contains("c.json breaks off");
      CycleReport last = pipeline.cycle();
      assertThat(last.stored()).isEqualTo(1);
      assertThat(last.problem()).isEmpty();
      assertThat(pipeline.cycle().sources().getFirst().health()).isEqualTo(Health.FINISHED);
      assertThat(log.warnings()).filteredOn(line -> line.contains("b.json.gz")).hasSize(1);
      assertThat(log.warnings()).filteredOn(line -> line.contains("c.json")).hasSize(1);
      assertThat(log.warnings()).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>Bad gateway</html>", "", "null", "{}", "[", "\u0000"})
  void saysThatADocumentIsNoFeed(String text) {
    ScriptedSource source = new ScriptedSource("feed").delivers("page", text);
    CycleReport report = node.pipeline(source).cycle();
    assertThat(report.problem())
        .contains("page is no feed: there is no entry in it; check --source");
    assertThat(report.rejected()).hasSize(1);
    assertThat(source.told()).containsExactly("abandoned page");
  }

  @Test
  void takesAFeedOfNothingAsAFeed() {
    ScriptedSource source = new ScriptedSource("feed").delivers("feed", "[]");
    assertThat(node.pipeline(source).cycle().problem()).isEmpty();
    assertThat(source.told()).containsExactly("acknowledged feed");
  }

  @Test
  void saysAProblemOnceUntilItIsOver() {
    ScriptedSource.Step refused =
        () -> {
          throw new SourceException("connection refused");
        };
    ScriptedSource source =
        new ScriptedSource("feed")
            .does(refused)
            .does(() -> new Fetch.Wait(Duration.ofSeconds(30), "it failed often"))
            .does(refused)
            .does(Fetch.Unchanged::new)
            .does(refused);
    try (HeardLog log = HeardLog.of(SourceRun.class)) {
      Pipeline pipeline = node.pipeline(source);
      for (int i = 0; i < 3; i++) {
        pipeline.cycle();
      }
      assertThat(log.lines()).containsExactly("WARN connection refused");
      pipeline.cycle();
      pipeline.cycle();
      assertThat(log.lines())
          .containsExactly(
              "WARN connection refused", "INFO feed delivers again", "WARN connection refused");
    }
  }

  @Test
  void tellsABugWithItsTraceOnce() {
    ScriptedSource.Step bug =
        () -> {
          throw new IllegalStateException("a bug");
        };
    ScriptedSource source = new ScriptedSource("feed").does(bug).does(bug);
    try (HeardLog log = HeardLog.of(SourceRun.class)) {
      Pipeline pipeline = node.pipeline(source);
      pipeline.cycle();
      pipeline.cycle();
      assertThat(log.lines())
          .containsExactly(
              "WARN unexpected: java.lang.IllegalStateException: a bug", "ERROR cycle of feed");
    }
  }

  @Test
  void waitsAsLongAsTheSourceAsks() {
    ScriptedSource source =
        new ScriptedSource("feed")
            .does(() -> new Fetch.Wait(Duration.ofSeconds(90), "the server asked for a pause"));
    CycleReport report = node.pipeline(source).cycle();
    assertThat(report.problem()).as("waiting is no failure").isEmpty();
    assertThat(report.sources().getFirst())
        .isEqualTo(
            new SourceState(
                "feed",
                Health.WAITING,
                Optional.empty(),
                Optional.of("the server asked for a pause; asks again in 90 s")));
  }

  @Test
  void isWellWhileItsLastAnswerHolds() {
    ScriptedSource source =
        new ScriptedSource("feed")
            .delivers("feed", "[]")
            .does(() -> new Fetch.Fresh(Duration.ofSeconds(50)));
    Pipeline pipeline = node.pipeline(source);
    SourceState delivered = pipeline.cycle().sources().getFirst();
    assertThat(delivered.health()).isEqualTo(Health.OK);
    assertThat(pipeline.cycle().sources()).containsExactly(delivered);
  }

  /** More than fits {@link #MAX_BYTES}. */
  private static List<Reading> manyReadings() {
    List<Reading> readings = new ArrayList<>();
    for (int i = 1; i <= 2_000; i++) {
      readings.add(dust(i, NOON, 20, 10));
    }
    return readings;
  }

  private static final class Buggy extends InputStream {
    @Override
    public int read() {
      throw new IllegalStateException("a bug");
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      throw new IllegalStateException("a bug");
    }
  }
}
