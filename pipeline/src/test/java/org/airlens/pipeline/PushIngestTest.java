package org.airlens.pipeline;

import static org.airlens.model.TestReadings.NOON;
import static org.airlens.model.TestReadings.climate;
import static org.airlens.model.TestReadings.dust;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.airlens.model.Reading;
import org.airlens.pipeline.Ingest.Taken;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PushIngestTest {

  private static final Duration A_DAY = Duration.ofDays(1);

  @TempDir Path folder;
  private Node node;
  private PushIngest pushes;
  private ExecutorService threads;
  private final Gate gate = new Gate();

  @BeforeEach
  void start() {
    node = Node.in(folder);
    pushes = PushIngest.start(node.ingest, node.metrics);
    threads = Executors.newVirtualThreadPerTaskExecutor();
  }

  @AfterEach
  void stop() {
    gate.close();
    pushes.close();
    threads.close();
    node.close();
  }

  @Test
  void isDurableAndShownWhenItReturns() throws Exception {
    pushes.take(List.of(dust(1, NOON, 36, 39), climate(2, NOON, 20, 50)));
    assertThat(node.stored()).hasSize(2);
    assertThat(node.stored().getFirst().aqi()).hasValue(4);
    assertThat(node.view.snapshot().size()).isEqualTo(2);
    assertThat(node.published()).hasSize(2);
    assertThat(node.metrics.get("airlens.pushed.readings").counter().count()).isEqualTo(2);
  }

  @Test
  void acceptsAPushWithoutReadings() throws Exception {
    pushes.take(List.of());
    assertThat(node.stored()).isEmpty();
  }

  @Test
  void returnsOnlyWhenTheBatchIsWritten() throws Exception {
    node.store.on(gate);
    Future<Boolean> push = push(dust(1, NOON, 20, 10));
    gate.awaitArrival();
    assertThat(push.isDone()).isFalse();
    gate.open();
    assertThat(push.get()).isTrue();
  }

  @Test
  void writesTogetherWhatCameDuringAWrite() throws Exception {
    node.store.on(gate);
    List<Future<Boolean>> taking = new ArrayList<>();
    taking.add(push(dust(1, NOON, 20, 10)));
    gate.awaitArrival();
    for (int i = 2; i <= 101; i++) {
      taking.add(push(dust(i, NOON, 20, 10)));
    }
    Await.until("all wait", () -> pushes.waiting() == 100);
    gate.open();
    for (Future<Boolean> push : taking) {
      assertThat(push.get()).isTrue();
    }
    assertThat(gate.batches()).containsExactly(1, 100);
    assertThat(node.stored()).hasSize(101);
  }

  @Test
  void keepsEveryPushOfManyAtOnce() throws Exception {
    List<Future<Boolean>> taking = new ArrayList<>();
    for (int station = 1; station <= 50; station++) {
      for (int second = 0; second < 10; second++) {
        taking.add(push(dust(station, NOON.plusSeconds(second), 20, 10)));
      }
    }
    for (Future<Boolean> push : taking) {
      assertThat(push.get()).isTrue();
    }
    assertThat(node.stored()).hasSize(500);
    assertThat(node.published()).hasSize(500);
  }

  @Test
  void movesArrivalsOfTheSameSecondToTheNextFreeOnes() throws Exception {
    pushes.take(List.of(dust(1, NOON, 1, 1)));
    pushes.take(List.of(dust(1, NOON, 2, 2), dust(1, NOON, 3, 3)));
    pushes.take(List.of(dust(1, NOON.plusSeconds(1), 4, 4)));
    pushes.take(List.of(dust(2, NOON, 5, 5)));
    List<Instant> times =
        node.stored().stream()
            .filter(reading -> reading.sensor().id() == 1)
            .map(Reading::timestamp)
            .toList();
    assertThat(times)
        .containsExactly(NOON, NOON.plusSeconds(1), NOON.plusSeconds(2), NOON.plusSeconds(3));
    assertThat(node.view.snapshot().get(1).orElseThrow().values().get("P1")).hasValue(4);
    assertThat(node.view.snapshot().get(2).orElseThrow().timestamp()).isEqualTo(NOON);
  }

  @Test
  void findsAFreeSecondAlsoAcrossTheHourAndARestart() throws Exception {
    Instant last = Instant.parse("2018-12-20T12:59:59Z");
    pushes.take(List.of(dust(1, last, 1, 1)));
    pushes.close();
    node.close();
    node = Node.in(folder);
    pushes = PushIngest.start(node.ingest, node.metrics);
    pushes.take(List.of(dust(1, last, 2, 2)));
    assertThat(node.stored())
        .extracting(Reading::timestamp)
        .containsExactly(last, Instant.parse("2018-12-20T13:00:00Z"));
  }

  @Test
  void refusesTheArrivalThatFindsNoSecondWithinAMinute() throws Exception {
    List<Reading> minute = new ArrayList<>();
    for (int second = 0; second <= 60; second++) {
      minute.add(dust(1, NOON, 20, 10));
    }
    pushes.take(minute);
    assertThat(node.stored()).hasSize(61);
    assertThatThrownBy(() -> pushes.take(List.of(dust(1, NOON, 20, 10))))
        .isInstanceOf(PushUnavailableException.class)
        .hasMessage("the station pushes more often than once a second");
    pushes.take(List.of(dust(2, NOON, 20, 10)));
    assertThat(node.stored()).hasSize(62);
  }

  @Test
  void refusesOnlyThePushThatFoundNoSecondAmongEqualOnes() throws Exception {
    node.store.on(gate);
    Future<Boolean> first = push(dust(99, NOON, 20, 10));
    gate.awaitArrival();
    List<Future<Boolean>> equal = new ArrayList<>();
    for (int i = 0; i < 62; i++) {
      equal.add(push(dust(1, NOON, 20, 10)));
    }
    Await.until("all wait", () -> pushes.waiting() == 62);
    gate.open();
    assertThat(first.get()).isTrue();
    int kept = 0;
    for (Future<Boolean> push : equal) {
      kept += push.get() ? 1 : 0;
    }
    assertThat(kept).isEqualTo(61);
    assertThat(node.stored()).hasSize(62);
  }

  @Test
  void keepsAFeedsReadingAndAPushedOneApart() throws Exception {
    assertThat(node.ingest.take(List.of(dust(1, NOON, 20, 10)))).isEqualTo(new Taken(1, 0));
    pushes.take(List.of(dust(1, NOON, 30, 15)));
    assertThat(node.stored())
        .extracting(Reading::timestamp)
        .containsExactly(NOON, NOON.plusSeconds(1));
  }

  @Test
  void refusesWhenTheStoreFailsAndTakesAgainWhenItIsMended() throws Exception {
    node.store.on(FaultyStore.REFUSING);
    assertThatThrownBy(() -> pushes.take(List.of(dust(1, NOON, 20, 10))))
        .isInstanceOf(PushUnavailableException.class)
        .hasMessage("the store can't keep readings: " + FaultyStore.FAULT);
    assertThat(node.published()).isEmpty();
    node.store.on(FaultyStore.SOUND);
    pushes.take(List.of(dust(1, NOON, 20, 10)));
    assertThat(node.stored()).extracting(Reading::timestamp).containsExactly(NOON);
    assertThat(node.metrics.get("airlens.pushed.readings").counter().count()).isEqualTo(1);
  }

  @Test
  void goesOnAfterAnErrorOfTheStore() throws Exception {
    node.store.on((real, batch) -> {
      throw new InternalError("a fault occurred in an unsafe memory access operation");
    });
    assertThatThrownBy(() -> pushes.take(List.of(dust(1, NOON, 20, 10))))
        .isInstanceOf(PushUnavailableException.class)
        .hasMessageStartingWith("unexpected: java.lang.InternalError");
    node.store.on(FaultyStore.SOUND);
    pushes.take(List.of(dust(1, NOON, 20, 10)));
    assertThat(node.stored()).hasSize(1);
  }

  @Test
  void refusesAtOnceWhenTooManyWait() throws Exception {
    node.store.on(gate);
    try (PushIngest narrow = PushIngest.start(node.ingest, node.metrics, 2, A_DAY)) {
      List<Future<Boolean>> taking = new ArrayList<>();
      taking.add(push(narrow, dust(1, NOON, 20, 10)));
      gate.awaitArrival();
      taking.add(push(narrow, dust(2, NOON, 20, 10)));
      taking.add(push(narrow, dust(3, NOON, 20, 10)));
      Await.until("two wait", () -> narrow.waiting() == 2);
      assertThatThrownBy(() -> narrow.take(List.of(dust(4, NOON, 20, 10))))
          .isInstanceOf(PushUnavailableException.class)
          .hasMessage("too many stations push at once");
      gate.open();
      for (Future<Boolean> push : taking) {
        assertThat(push.get()).isTrue();
      }
    }
    assertThat(node.stored()).hasSize(3);
  }

  @Test
  void refusesOnceClosed() {
    pushes.close();
    assertThatThrownBy(() -> pushes.take(List.of(dust(1, NOON, 20, 10))))
        .isInstanceOf(PushUnavailableException.class)
        .hasMessage("shutting down");
    assertThat(node.stored()).isEmpty();
  }

  @Test
  void finishesTheBatchUnderWayAndRefusesWhatWaitsWhenItCloses() throws Exception {
    node.store.on(gate);
    Future<Boolean> underWay = push(dust(1, NOON, 20, 10));
    gate.awaitArrival();
    Future<Boolean> waiting = push(dust(2, NOON, 20, 10));
    Await.until("it waits", () -> pushes.waiting() == 1);
    Thread closing = Thread.startVirtualThread(pushes::close);
    Await.until("it is closing", () -> closing.getState() == Thread.State.TIMED_WAITING);
    gate.open();
    assertThat(underWay.get()).isTrue();
    assertThat(waiting.get()).isFalse();
    assertThat(node.stored()).extracting(reading -> reading.sensor().id()).containsExactly(1L);
  }

  @Test
  void answersEveryPushThatComesWhileItCloses() throws Exception {
    for (int round = 0; round < 10; round++) {
      PushIngest closing = PushIngest.start(node.ingest, node.metrics);
      AtomicInteger begun = new AtomicInteger();
      List<Future<Optional<String>>> taking = new ArrayList<>();
      for (int i = 1; i <= 100; i++) {
        Reading reading = dust(round * 100L + i, NOON, 20, 10);
        taking.add(
            threads.submit(() -> {
              begun.incrementAndGet();
              return refusal(closing, reading);
            }));
      }
      int some = round * 10;
      Await.until("some have come", () -> begun.get() >= some);
      closing.close();
      Set<Long> kept = new HashSet<>();
      for (int i = 1; i <= 100; i++) {
        Optional<String> refusal = taking.get(i - 1).get();
        if (refusal.isEmpty()) {
          kept.add(round * 100L + i);
        } else {
          assertThat(refusal).contains("shutting down");
        }
      }
      long first = round * 100L;
      assertThat(node.stored())
          .extracting(reading -> reading.sensor().id())
          .filteredOn(id -> id > first)
          .containsExactlyInAnyOrderElementsOf(kept);
    }
  }

  @Test
  void refusesWhatTheStoreIsTooSlowForAndDoesNotKeepItLater() throws Exception {
    node.store.on(gate);
    try (PushIngest hasty = PushIngest.start(node.ingest, node.metrics, 10, Duration.ofMillis(1))) {
      assertThat(refusal(hasty, dust(1, NOON, 20, 10))).contains("the store is too slow");
      gate.awaitArrival();
      assertThat(refusal(hasty, dust(2, NOON, 20, 10))).contains("the store is too slow");
      assertThat(hasty.waiting()).isZero();
      gate.open();
    }
    assertThat(node.stored())
        .as("at most the one whose writing had begun")
        .extracting(reading -> reading.sensor().id())
        .containsExactly(1L);
  }

  @Test
  void givesUpWhenItsCallerIsInterrupted() throws Exception {
    node.store.on(gate);
    Future<Boolean> underWay = push(dust(1, NOON, 20, 10));
    gate.awaitArrival();
    Future<Optional<String>> interrupted =
        threads.submit(() -> {
          Thread.currentThread().interrupt();
          return refusal(pushes, dust(2, NOON, 20, 10));
        });
    assertThat(interrupted.get()).contains("interrupted");
    assertThat(pushes.waiting()).as("the refused push is not kept later").isZero();
    gate.open();
    assertThat(underWay.get()).isTrue();
    assertThat(node.stored()).hasSize(1);
  }

  private Future<Boolean> push(Reading reading) {
    return push(pushes, reading);
  }

  private Future<Boolean> push(PushIngest to, Reading reading) {
    return threads.submit(() -> kept(to, reading));
  }

  private static boolean kept(PushIngest to, Reading reading) {
    return refusal(to, reading).isEmpty();
  }

  private static Optional<String> refusal(PushIngest to, Reading reading) {
    try {
      to.take(List.of(reading));
      return Optional.empty();
    } catch (PushUnavailableException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
