package org.airlens.store.embedded;

import static org.airlens.model.TestReadings.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.questdb.cairo.CommitMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.airlens.model.Reading;
import org.airlens.store.Durability;
import org.airlens.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is acknowledged has been forced to the disk before, all of it that is needed to read it. */
class PowerDurabilityTest {

  private static final int BATCHES = 12;

  @TempDir Path work;

  @Test
  void settingsForceCommitsOrDoNot() {
    assertThat(settings(Durability.POWER).getCommitMode()).isEqualTo(CommitMode.SYNC);
    assertThat(settings(Durability.PROCESS).getCommitMode()).isEqualTo(CommitMode.NOSYNC);
  }

  @Test
  void survivesTheLossOfPowerAfterAnyAcknowledgedBatch() throws Exception {
    PowerLoss files = new PowerLoss(Files.createDirectory(work.resolve("forced")));
    Path folder = work.resolve("store");
    Map<String, Reading> acknowledged = new HashMap<>();
    for (int start = 0; start < 2; start++) {
      try (EmbeddedStore store =
          EmbeddedStore.open(
              folder,
              OptionalInt.empty(),
              database -> Database.open(database, Durability.POWER, files))) {
        for (int i = 0; i < BATCHES; i++) {
          List<Reading> batch = StoreProgram.batch(start * BATCHES + i);
          long before = files.bytesForced();
          store.writer().write(batch);
          assertThat(files.bytesForced()).isGreaterThan(before);
          for (Reading reading : batch) {
            acknowledged.put(reading.sensor().id() + "@" + reading.timestamp(), reading);
          }
          assertSurvives(files, folder, acknowledged);
        }
        assertThat(store.dropBefore(NOON.minus(Duration.ofDays(1)))).isEqualTo(1);
        acknowledged
            .values()
            .removeIf(reading -> reading.timestamp().isBefore(NOON.minusSeconds(1)));
        assertSurvives(files, folder, acknowledged);
      }
      assertSurvives(files, folder, acknowledged);
    }
  }

  @Test
  void nothingIsForcedWhereOnlyTheProcessMayEnd() throws Exception {
    PowerLoss files = new PowerLoss(Files.createDirectory(work.resolve("forced")));
    try (EmbeddedStore store =
        EmbeddedStore.open(
            work.resolve("store"),
            OptionalInt.empty(),
            database -> Database.open(database, Durability.PROCESS, files))) {
      store.writer().write(StoreProgram.batch(1));
      long before = files.bytesForced();

      store.writer().write(StoreProgram.batch(2));

      assertThat(files.bytesForced()).isEqualTo(before);
      // So that the test above could fail: here the loss of power does lose what was written.
      files.layOut(work.resolve("store/db"), Files.createDirectory(work.resolve("after")));
      assertThatThrownBy(() -> Database.open(work.resolve("after"), Durability.PROCESS))
          .isInstanceOf(StoreException.class);
    }
  }

  private void assertSurvives(PowerLoss files, Path folder, Map<String, Reading> acknowledged)
      throws IOException {
    Path after = work.resolve("after");
    Files.createDirectory(after);
    for (String name : List.of("format", "measures.tsv")) { // Forced by the store itself.
      Files.copy(folder.resolve(name), after.resolve(name));
    }
    files.layOut(folder.resolve("db"), after.resolve("db"));
    try (EmbeddedStore store = EmbeddedStore.open(after, Durability.POWER, OptionalInt.empty())) {
      assertThat(new HashSet<>(StoreProgram.readings(store)))
          .isEqualTo(new HashSet<>(acknowledged.values()));
    } finally {
      EmbeddedPlace.delete(after);
    }
  }

  private DatabaseSettings settings(Durability durability) {
    return new DatabaseSettings(work, durability, WholeFiles.INSTANCE);
  }
}
