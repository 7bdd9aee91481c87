package org.airlens.pipeline;

import static org.airlens.model.TestReadings.NOON;
import static org.airlens.model.TestReadings.dust;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.airlens.model.Reading;
import org.airlens.pipeline.FaultyStore.Writing;
import org.airlens.pipeline.Ingest.Taken;
import org.airlens.pipeline.SourceState.Health;
import org.airlens.store.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A store that fails costs no reading, doubles none, and shows none that is not durable. */
class FailingStoreTest {

  private static final String PROBLEM = "the store can't keep readings: " + FaultyStore.FAULT;

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

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of("keeps nothing", FaultyStore.REFUSING),
        Arguments.of("keeps half", FaultyStore.HALF),
        Arguments.of("keeps all, and says that it failed", FaultyStore.KEEPING_BUT_FAILING));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void acknowledgesNothingAndStoresTheSameNextTime(String name, Writing failure) {
    List<Reading> readings = readings(1, 20);
    ScriptedSource source = new ScriptedSource("feed").delivers("feed", Documents.of(readings));
    Pipeline pipeline = node.pipeline(source);
    node.store.on(failure);

    for (int i = 0; i < 2; i++) {
      CycleReport failed = pipeline.cycle();
      assertThat(failed.problem()).contains(PROBLEM);
      assertThat(failed.sources().getFirst().health()).isEqualTo(Health.FAILING);
      assertThat(failed.seen()).isEqualTo(20);
      assertThat(failed.unsaved()).isEqualTo(20);
      assertThat(source.told()).isEmpty();
      assertThat(node.published()).isEmpty();
      assertThat(node.view.snapshot().size()).isZero();
    }

    node.store.on(FaultyStore.SOUND);
    CycleReport mended = pipeline.cycle();
    assertThat(mended.problem()).isEmpty();
    assertThat(mended.stored()).isEqualTo(20);
    assertThat(mended.unsaved()).isZero();
    assertThat(mended.sources().getFirst().health()).isEqualTo(Health.OK);
    assertThat(source.told()).containsExactly("acknowledged feed");
    assertThat(node.stored()).containsExactlyInAnyOrderElementsOf(indexed(readings));
    assertThat(node.published()).containsExactlyElementsOf(indexed(readings));
    assertThat(node.view.snapshot().size()).isEqualTo(20);
  }

  @Test
  void survivesAnErrorOfTheStoreWithoutLosingAReading() {
    ScriptedSource source =
        new ScriptedSource("feed").delivers("feed", Documents.of(readings(1, 20)));
    Pipeline pipeline = node.pipeline(source);
    // What a memory-mapped file throws when the disk below it is full.
    node.store.on((real, batch) -> {
      throw new InternalError("a fault occurred in an unsafe memory access operation");
    });
    assertThat(pipeline.cycle().problem().orElseThrow()).contains("InternalError");
    assertThat(source.told()).isEmpty();
    node.store.on(FaultyStore.SOUND);
    assertThat(pipeline.cycle().stored()).isEqualTo(20);
    assertThat(node.stored()).hasSize(20);
  }

  @Test
  void staysInOrderWhenTheStoreCanNotSayWhatItHas() {
    ScriptedSource source =
        new ScriptedSource("feed")
            .delivers(
                "feed", Documents.of(dust(1, NOON.minusSeconds(1), 1, 1), dust(1, NOON, 1, 1)));
    Pipeline pipeline = node.pipeline(source);
    node.store.muteIdentities(true);
    assertThat(pipeline.cycle().problem()).contains(PROBLEM);
    node.store.muteIdentities(false);
    assertThat(pipeline.cycle().stored()).isEqualTo(2);
    assertThat(source.told()).containsExactly("acknowledged feed");
  }

  @Test
  void acknowledgesNoneOfTheContentsThatShareAFailedWrite() {
    ScriptedSource source =
        new ScriptedSource("replay")
            .delivers("1", Documents.of(readings(1, 3)))
            .delivers("2", Documents.of(readings(4, 6)))
            .delivers("3", Documents.of(readings(7, 9)))
            .perCycle(3);
    Pipeline pipeline = node.pipeline(source);
    node.store.on(FaultyStore.HALF);
    CycleReport failed = pipeline.cycle();
    assertThat(failed.stored()).isZero();
    assertThat(failed.unsaved()).isEqualTo(9);
    assertThat(source.told()).isEmpty();
    node.store.on(FaultyStore.SOUND);
    CycleReport mended = pipeline.cycle();
    assertThat(mended.stored() + mended.duplicate()).isEqualTo(9);
    assertThat(source.told()).containsExactly("acknowledged 1", "acknowledged 2", "acknowledged 3");
    assertThat(node.stored()).hasSize(9);
  }

  @Test
  void storesTheRestOfALargeDocumentWhoseFirstBatchIsDurable() {
    List<Reading> readings = readings(1, ReadingIntake.BATCH + 5);
    ScriptedSource source = new ScriptedSource("feed").delivers("feed", Documents.of(readings));
    Pipeline pipeline = node.pipeline(source);
    node.store.on((real, batch) -> {
      if (batch.size() < ReadingIntake.BATCH) {
        throw new StoreException(FaultyStore.FAULT);
      }
      real.write(batch);
    });
    CycleReport failed = pipeline.cycle();
    assertThat(failed.stored()).isEqualTo(ReadingIntake.BATCH);
    assertThat(failed.unsaved()).isEqualTo(5);
    assertThat(source.told()).isEmpty();
    node.store.on(FaultyStore.SOUND);
    CycleReport mended = pipeline.cycle();
    assertThat(mended.duplicate()).isEqualTo(ReadingIntake.BATCH);
    assertThat(mended.stored()).isEqualTo(5);
    assertThat(node.published()).hasSize(readings.size());
  }

  @Test
  void doesNotAbandonABrokenContentThatItCouldNotKeep() {
    String half = Documents.of(readings(1, 10));
    ScriptedSource source =
        new ScriptedSource("feed").breaksOff("feed", half.substring(0, half.length() - 1), "reset");
    Pipeline pipeline = node.pipeline(source);
    node.store.on(FaultyStore.REFUSING);
    assertThat(pipeline.cycle().problem()).contains(PROBLEM);
    assertThat(source.told()).isEmpty();
    node.store.on(FaultyStore.SOUND);
    assertThat(pipeline.cycle().stored()).isEqualTo(10);
    assertThat(source.told()).containsExactly("abandoned feed");
  }

  @Test
  void remembersWhatWasStoredBeforeAFailedBatch() {
    node.ingest.take(readings(1, 5));
    node.store.on(FaultyStore.REFUSING);
    assertThatThrownBy(() -> node.ingest.take(readings(1, 10))).isInstanceOf(StoreException.class);
    node.store.on(FaultyStore.SOUND);
    assertThat(node.ingest.take(readings(1, 10))).isEqualTo(new Taken(5, 5));
    assertThat(node.published()).hasSize(10);
  }

  @Test
  void takesFromAnotherSourceWhatItCouldNotKeepOfOne() {
    String document = Documents.of(readings(1, 5));
    ScriptedSource one = new ScriptedSource("one").delivers("feed", document);
    ScriptedSource other = new ScriptedSource("other").delivers("feed", document);
    Pipeline failing = node.pipeline(one);
    node.store.on(FaultyStore.HALF);
    failing.cycle();
    node.store.on(FaultyStore.SOUND);
    assertThat(node.pipeline(other).cycle().stored()).isEqualTo(5);
    CycleReport late = failing.cycle();
    assertThat(late.stored()).isZero();
    assertThat(late.duplicate()).isEqualTo(5);
    assertThat(node.published()).hasSize(5);
  }

  @Test
  void showsNothingWhileItIsBeingWritten() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        Gate gate = new Gate()) {
      node.store.on(gate);
      Future<Taken> taking = threads.submit(() -> node.ingest.take(readings(1, 5)));
      gate.awaitArrival();
      assertThat(node.view.snapshot().size()).isZero();
      assertThat(node.published()).isEmpty();
      gate.open();
      assertThat(taking.get()).isEqualTo(new Taken(5, 0));
    }
    assertThat(node.view.snapshot().size()).isEqualTo(5);
    assertThat(node.published()).hasSize(5);
  }

  @Test
  void losesAndDoublesNothingWhateverFailsWhileSourcesRace() {
    List<Reading> readings = readings(1, 200);
    ScriptedSource[] sources = new ScriptedSource[3];
    for (int i = 0; i < sources.length; i++) {
      sources[i] = new ScriptedSource("s" + i).perCycle(4);
      for (int part = 0; part < 4; part++) {
        sources[i].delivers(
            "part " + part, Documents.of(readings.subList(part * 50, part * 50 + 50)));
      }
    }
    Pipeline pipeline = node.pipeline(sources);
    List<Writing> course =
        List.of(
            FaultyStore.HALF,
            FaultyStore.SOUND,
            FaultyStore.REFUSING,
            FaultyStore.KEEPING_BUT_FAILING,
            FaultyStore.SOUND);
    List<Integer> writes = new ArrayList<>();
    node.store.on((real, batch) -> {
      writes.add(batch.size()); // One batch at a time: Ingest sees to it.
      course.get(writes.size() % course.size()).write(real, batch);
    });
    long stored = 0;
    for (int cycles = 0; sourcesNotDone(sources) && cycles < 50; cycles++) {
      stored += pipeline.cycle().stored();
    }
    assertThat(sourcesNotDone(sources)).isFalse();
    assertThat(stored).isEqualTo(200);
    assertThat(node.stored()).containsExactlyInAnyOrderElementsOf(indexed(readings));
    Set<Reading> published = new HashSet<>(node.published());
    assertThat(node.published()).hasSize(200);
    assertThat(published).hasSize(200);
  }

  private static boolean sourcesNotDone(ScriptedSource[] sources) {
    return Stream.of(sources).anyMatch(source -> source.told().size() < 4);
  }

  private static List<Reading> readings(int first, int last) {
    List<Reading> readings = new ArrayList<>();
    for (int i = first; i <= last; i++) {
      readings.add(dust(i, NOON, 20, 10));
    }
    return readings;
  }

  private static List<Reading> indexed(List<Reading> readings) {
    return readings.stream().map(reading -> reading.withAqi(OptionalInt.of(2))).toList();
  }
}
