package org.airlens.store.embedded;

import static org.airlens.model.TestReadings.NOON;
import static org.airlens.model.TestReadings.dust;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.airlens.model.MeasureValues;
import org.airlens.model.Reading;
import org.airlens.store.Durability;
import org.airlens.store.ReadingFilter;
import org.airlens.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The disk fills up and has room again, while the store stays open. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DiskFullTest {

  private static final int SENSORS = 20_000;

  @TempDir Path work;

  @ParameterizedTest
  @EnumSource(Durability.class)
  void saysSoReadsOnAndTakesTheSameBatchOnceThereIsRoom(Durability durability) throws Exception {
    try (SmallDisk disk = SmallDisk.mount(work, "220m")) {
      Path folder = disk.folder().resolve("store");
      List<Reading> kept;
      try (EmbeddedStore store = EmbeddedStore.open(folder, durability, OptionalInt.empty())) {
        kept = fillAndFree(disk, store);
      }
      try (EmbeddedStore store = EmbeddedStore.open(folder, durability, OptionalInt.empty())) {
        assertHolds(store, kept);
      }
    }
  }

  private static List<Reading> fillAndFree(SmallDisk disk, EmbeddedStore store) throws Exception {
    List<Reading> kept = new ArrayList<>(batch(NOON));
    store.writer().write(kept);
    disk.fillBut(12 << 20);

    List<Reading> refused = writeUntilRefused(store, kept);

    assertThat(store.status().problem().orElseThrow()).contains("disk").contains("full");
    assertThat(store.readings().latest()).hasSize(SENSORS);
    assertHasAtLeast(store, kept);
    assertRefused(store, refused); // Trying again without room does no harm.
    assertHasAtLeast(store, kept);

    disk.free();
    store.writer().write(refused);
    kept.addAll(refused);

    assertThat(store.status().problem()).isEmpty();
    assertHolds(store, kept);
    List<Reading> next = batch(kept.getLast().timestamp().plusSeconds(60));
    store.writer().write(next);
    kept.addAll(next);
    assertHolds(store, kept);
    return kept;
  }

  @Test
  void aMeasureThatCameWhileTheDiskWasFullIsKeptOnceThereIsRoom() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(work, "150m");
        EmbeddedStore store =
            EmbeddedStore.open(
                disk.folder().resolve("store"), Durability.PROCESS, OptionalInt.empty())) {
      store.writer().write(List.of(dust(1, NOON, 1, 1)));
      Reading reading =
          new Reading(
              dust(2, NOON, 1, 1).sensor(),
              dust(2, NOON, 1, 1).location(),
              NOON,
              MeasureValues.of("new_measure", 5),
              OptionalInt.empty());
      disk.fillBut(0);

      assertRefused(store, List.of(reading));
      assertRefused(store, List.of(reading));

      disk.free();
      store.writer().write(List.of(reading));
      assertThat(StoreProgram.readings(store)).containsExactly(dust(1, NOON, 1, 1), reading);
      assertThat(
              store.series().distribution(ReadingFilter.all().withMeasure("new_measure")).values())
          .containsExactly(5);
    }
  }

  @Test
  void aStoreThatCanNotBeMadeSaysWhyAndCanOnceThereIsRoom() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(work, "150m")) {
      Path folder = disk.folder().resolve("store");
      disk.fillBut(100 << 10);

      assertThatThrownBy(() -> EmbeddedStore.open(folder, Durability.PROCESS, OptionalInt.empty()))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("is full; free some space");

      disk.free();
      try (EmbeddedStore store =
          EmbeddedStore.open(folder, Durability.PROCESS, OptionalInt.empty())) {
        store.writer().write(List.of(dust(1, NOON, 1, 1)));
        assertHolds(store, List.of(dust(1, NOON, 1, 1)));
      }
    }
  }

  /** Writes batches, which join {@code kept}, until one is refused, which is returned. */
  private static List<Reading> writeUntilRefused(EmbeddedStore store, List<Reading> kept) {
    for (int minute = 1; minute < 100; minute++) {
      List<Reading> batch = batch(NOON.plusSeconds(60L * minute));
      try {
        store.writer().write(batch);
      } catch (StoreException e) {
        assertFull(e);
        return batch;
      }
      kept.addAll(batch);
    }
    throw new AssertionError("the disk did not fill up");
  }

  private static void assertRefused(EmbeddedStore store, List<Reading> batch) {
    assertThatThrownBy(() -> store.writer().write(batch))
        .isInstanceOfSatisfying(StoreException.class, DiskFullTest::assertFull);
  }

  private static void assertFull(StoreException e) {
    assertThat(e.getMessage())
        .contains("disk")
        .contains("full; free some space")
        .doesNotContain("\n");
  }

  private static void assertHasAtLeast(EmbeddedStore store, List<Reading> kept) {
    // Compared as lists, which are in the same order: AssertJ's sets take hours for so many.
    assertThat(StoreProgram.readings(store).subList(0, kept.size()).equals(kept)).isTrue();
  }

  private static void assertHolds(EmbeddedStore store, List<Reading> kept) {
    assertThat(StoreProgram.readings(store).equals(kept)).isTrue();
    assertThat(store.readings().newest()).contains(kept.getLast().timestamp());
    assertThat(store.readings().latest())
        .allMatch(reading -> reading.timestamp().equals(kept.getLast().timestamp()));
  }

  private static List<Reading> batch(Instant at) {
    return IntStream.rangeClosed(1, SENSORS)
        .mapToObj(id -> dust(id, at, id % 100, id % 50))
        .toList();
  }
}
