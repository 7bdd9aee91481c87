package org.airlens.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.airlens.model.TestReadings.NOON;
import static org.airlens.model.TestReadings.dust;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.airlens.collect.Fetch;
import org.airlens.collect.Source;
import org.airlens.collect.SourceException;
import org.airlens.model.Reading;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CycleLoopTest {

  private static final Duration AT_ONCE = Duration.ofNanos(1);
  private static final Duration FAR_AWAY = Duration.ofDays(1);

  @TempDir Path folder;
  private Node node;
  private final Gate gate = new Gate();

  @BeforeEach
  void start() {
    node = Node.in(folder);
  }

  @AfterEach
  void stop() {
    gate.close();
    node.close();
  }

  /** A source that a test asks what it does each time it is asked. */
  private record Asked(ScriptedSource.Step step) implements Source {
    @Override
    public String name() {
      return "asked";
    }

    @Override
    public Fetch fetch() throws SourceException {
      return step.fetch();
    }

    @Override
    public void close() {
      // Holds nothing.
    }
  }

  @Test
  void runsTheFirstCycleAtOnceAndWaitsForTheNext() {
    ScriptedSource source =
        new ScriptedSource("replay")
            .delivers("1", Documents.of(dust(1, NOON, 20, 10)))
            .delivers("2", Documents.of(dust(2, NOON, 20, 10)));
    try (CycleLoop loop = loop(FAR_AWAY, Optional.empty(), source)) {
      Await.until("the first cycle is over", () -> loop.cycles() == 1);
      assertThat(loop.lastCycle().orElseThrow().stored()).isEqualTo(1);
      assertThat(loop.sources()).extracting(SourceState::name).containsExactly("replay");
      assertThat(loop.isRunning()).isTrue();
    }
    assertThat(source.told()).containsExactly("acknowledged 1");
  }

  @Test
  void knowsNoLastCycleBeforeTheFirstIsOver() {
    Source slow =
        new Asked(() -> {
          gate.pass();
          return new Fetch.Unchanged();
        });
    try (CycleLoop loop = loop(FAR_AWAY, Optional.empty(), slow)) {
      gate.awaitArrival();
      assertThat(loop.lastCycle()).isEmpty();
      assertThat(loop.cycles()).isZero();
      gate.open();
      Await.until("the cycle is over", () -> loop.lastCycle().isPresent());
    }
  }

  @Test
  void neverRunsTwoCyclesAtOnce() {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger asked = new AtomicInteger();
    Source source =
        new Asked(() -> {
          most.accumulateAndGet(inside.incrementAndGet(), Math::max);
          asked.incrementAndGet();
          inside.decrementAndGet();
          return new Fetch.Unchanged();
        });
    try (CycleLoop loop = loop(AT_ONCE, Optional.empty(), source)) {
      Await.until("it has cycled often", () -> loop.cycles() >= 50);
    }
    assertThat(most).hasValue(1);
    assertThat(asked).hasValueGreaterThanOrEqualTo(50);
  }

  @Test
  void beginsNoCycleWhileTheStoreIsSlow() {
    AtomicInteger asked = new AtomicInteger();
    node.store.on(gate);
    ScriptedSource feed =
        new ScriptedSource("feed").delivers("feed", Documents.of(dust(1, NOON, 20, 10)));
    Source other =
        new Asked(() -> {
          asked.incrementAndGet();
          return new Fetch.Unchanged();
        });
    try (HeardLog log = HeardLog.of(CycleLoop.class);
        CycleLoop loop = loop(AT_ONCE, Optional.empty(), feed, other)) {
      gate.awaitArrival();
      Await.until("the other source was asked", () -> asked.get() >= 1);
      assertThat(asked).as("asked once, then the cycle waits for the store").hasValue(1);
      assertThat(loop.cycles()).isZero();
      gate.open();
      Await.until("three cycles are over", () -> loop.cycles() >= 3);
      assertThat(loop.lastCycle().orElseThrow().duration()).isGreaterThan(AT_ONCE);
      assertThat(log.warnings())
          .isNotEmpty()
          .allMatch(line -> line.contains("longer than the interval"));
    }
    assertThat(node.stored()).hasSize(1);
  }

  @Test
  void tellsWhatACycleDid() {
    ScriptedSource source =
        new ScriptedSource("feed")
            .delivers("feed", "[1," + Documents.entry(dust(1, NOON, 20, 10)) + "]");
    try (HeardLog log = HeardLog.of(CycleLoop.class);
        CycleLoop loop = loop(FAR_AWAY, Optional.empty(), source)) {
      Await.until("the cycle was told", () -> !log.lines().isEmpty());
      assertThat(loop.cycles()).isEqualTo(1);
      assertThat(log.lines())
          .singleElement()
          .asString()
          .startsWith("INFO cycle 1: 1 readings, 1 new, 0 known, rejected {not_an_object=1}");
    }
  }

  @Test
  void goesOnAfterACycleThatFailedAltogether() {
    AtomicBoolean broken = new AtomicBoolean(true);
    InstantSource clock =
        () -> {
          if (Thread.currentThread().getName().equals("cycle") && broken.getAndSet(false)) {
            throw new IllegalStateException("the clock is broken");
          }
          return Node.NOW;
        };
    ScriptedSource source =
        new ScriptedSource("feed").delivers("1", Documents.of(dust(1, NOON, 20, 10)));
    Pipeline pipeline =
        new Pipeline(List.of(source), node.ingest, node.letters, node.metrics, clock);
    try (HeardLog log = HeardLog.of(CycleLoop.class);
        CycleLoop loop =
            CycleLoop.start(
                pipeline, node.ingest::dropBefore, AT_ONCE, Optional.empty(), node.clock)) {
      Await.until("it has cycled", () -> loop.cycles() >= 1);
      assertThat(source.told()).containsExactly("acknowledged 1");
      assertThat(log.lines()).contains("ERROR the cycle failed; the next one tries again");
    }
  }

  @Test
  void closesWhileASourceBlocks() {
    CycleLoop loop = loop(AT_ONCE, Optional.empty(), blocking());
    gate.awaitArrival();
    loop.close();
    assertThat(loop.isRunning()).isFalse();
    assertThat(loop.lastCycle().orElseThrow().problem()).contains("interrupted");
  }

  @Test
  void closesWhileASourceBlocksThatNothingInterrupts() {
    Source source =
        new Asked(() -> {
          gate.pass();
          return new Fetch.Unchanged();
        });
    CycleLoop loop = loop(AT_ONCE, Optional.empty(), source);
    gate.awaitArrival();
    loop.close();
    assertThat(loop.isRunning()).as("it was left behind").isTrue();
    gate.open();
    Await.until("the cycle is over", () -> !loop.isRunning());
    assertThat(loop.cycles()).isEqualTo(1);
  }

  @Test
  void countsWhatTheOthersDidWhenOneIsInterrupted() {
    ScriptedSource sound =
        new ScriptedSource("feed").delivers("feed", Documents.of(dust(1, NOON, 20, 10)));
    CycleLoop loop = loop(FAR_AWAY, Optional.empty(), blocking(), sound);
    gate.awaitArrival();
    Await.until("the sound source is done", () -> !sound.told().isEmpty());
    loop.close();
    assertThat(loop.lastCycle().orElseThrow().stored()).isEqualTo(1);
  }

  @Test
  void stopsAReplayBetweenTwoCaptures() {
    ScriptedSource replay = new ScriptedSource("replay").perCycle(Integer.MAX_VALUE);
    replay.delivers("1", Documents.of(dust(1, NOON, 20, 10)));
    replay.delivers(
        "2",
        () -> {
          gate.pass();
          return new ByteArrayInputStream(Documents.of(dust(2, NOON, 20, 10)).getBytes(UTF_8));
        });
    replay.delivers("3", Documents.of(dust(3, NOON, 20, 10)));
    CycleLoop loop = loop(AT_ONCE, Optional.empty(), replay);
    gate.awaitArrival();
    Thread closing = Thread.startVirtualThread(loop::close);
    Await.until("it is closing", () -> closing.getState() == Thread.State.TIMED_WAITING);
    gate.open();
    Await.until("it has stopped", () -> !loop.isRunning());
    assertThat(replay.told()).containsExactly("acknowledged 1", "acknowledged 2");
  }

  @Test
  void dropsWhatIsOlderThanTheRetentionEachHour() {
    Reading old = dust(1, Node.NOW.minus(Duration.ofDays(9)), 20, 10);
    Reading fresh = dust(2, Node.NOW.minus(Duration.ofHours(1)), 20, 10);
    ScriptedSource source = new ScriptedSource("feed").delivers("feed", Documents.of(old, fresh));
    try (CycleLoop loop = loop(AT_ONCE, Optional.of(Duration.ofDays(7)), source)) {
      Await.until("it was applied", () -> node.store.droppedBefore().isPresent());
      assertThat(node.store.droppedBefore()).contains(Node.NOW.minus(Duration.ofDays(7)));
      Await.until("the old is gone", () -> node.stored().size() == 1);
      assertThat(node.stored()).extracting(reading -> reading.sensor().id()).containsExactly(2L);
      Await.until("the view forgot it", () -> node.view.snapshot().size() == 1);
      assertThat(node.view.snapshot().get(2)).isPresent();
      cycleTwice(loop);
      node.clock.advance(Duration.ofMinutes(59));
      cycleTwice(loop);
      assertThat(node.store.droppedBefore()).contains(Node.NOW.minus(Duration.ofDays(7)));
      node.clock.advance(Duration.ofMinutes(1));
      Await.until(
          "it is applied again",
          () ->
              node.store
                  .droppedBefore()
                  .filter(Node.NOW.plus(Duration.ofHours(1)).minus(Duration.ofDays(7))::equals)
                  .isPresent());
    }
  }

  @Test
  void keepsEverythingWithoutARetention() {
    Reading old = dust(1, Node.NOW.minus(Duration.ofDays(900)), 20, 10);
    ScriptedSource source = new ScriptedSource("feed").delivers("feed", Documents.of(old));
    try (CycleLoop loop = loop(AT_ONCE, Optional.empty(), source)) {
      Await.until("it has cycled", () -> loop.cycles() >= 3);
    }
    assertThat(node.store.droppedBefore()).isEmpty();
    assertThat(node.stored()).hasSize(1);
  }

  @Test
  void triesARetentionAgainThatFailedAndSaysSoOnce() {
    node.store.refuseDropping(true);
    try (HeardLog log = HeardLog.of(CycleLoop.class);
        CycleLoop loop = loop(AT_ONCE, Optional.of(Duration.ofDays(7)))) {
      cycleTwice(loop);
      cycleTwice(loop);
      node.store.refuseDropping(false);
      Await.until("it was applied", () -> node.store.droppedBefore().isPresent());
      assertThat(log.warnings())
          .filteredOn(line -> line.contains("old readings can't be dropped"))
          .hasSize(1);
    }
  }

  private CycleLoop loop(Duration interval, Optional<Duration> retain, Source... sources) {
    return CycleLoop.start(
        node.pipeline(sources), node.ingest::dropBefore, interval, retain, node.clock);
  }

  private static void cycleTwice(CycleLoop loop) {
    long before = loop.cycles();
    Await.until("two more cycles are over", () -> loop.cycles() >= before + 2);
  }

  /** A source that blocks until it is interrupted. */
  private Source blocking() {
    return new Asked(() -> {
      try {
        gate.passInterruptibly();
      } catch (InterruptedException e) {
        throw new SourceException("interrupted", e);
      }
      return new Fetch.Unchanged();
    });
  }
}
