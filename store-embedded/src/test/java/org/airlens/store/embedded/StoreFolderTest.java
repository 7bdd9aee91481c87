package org.airlens.store.embedded;

import static org.airlens.model.TestReadings.NOON;
import static org.airlens.model.TestReadings.dust;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.airlens.store.Durability;
import org.airlens.store.StoreException;
import org.airlens.store.StoreSettings;
import org.airlens.store.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose folder it is, and in which format. */
class StoreFolderTest {

  @TempDir Path work;

  @Test
  void theUriNamesTheFolderOrTheDataDirectoryHasIt() {
    Stores.open(settings("embedded:")).close();
    Stores.open(settings("embedded:" + work.resolve("elsewhere"))).close();

    assertThat(work.resolve("store/format")).hasContent(StoreFolder.FORMAT);
    assertThat(work.resolve("elsewhere/format")).hasContent(StoreFolder.FORMAT);
    assertThat(work.resolve("store/creating")).doesNotExist();
  }

  @Test
  void aSecondProcessIsToldWhoHasTheFolder() throws Exception {
    Path folder = work.resolve("store");
    try (ChildJvm other = ChildJvm.start(work, StoreProgram.class, "open")) {
      try (EmbeddedStore store = open(folder)) {
        store.writer().write(List.of(dust(1, NOON, 1, 1)));

        assertThat(other.ask(folder.toString()))
            .isEqualTo(
                "refused: the store in %s is in use by process %d; stop that one, choose another --data-dir, or use a shared store (postgresql:) for several nodes"
                    .formatted(folder, ProcessHandle.current().pid()));

        store.writer().write(List.of(dust(2, NOON, 1, 1)));
        assertThat(store.status().readings()).isEqualTo(2);
      }
      assertThat(other.ask(folder.toString())).isEqualTo("held 2, then 42");
    }
  }

  @Test
  void theSameProcessCanNotOpenItTwiceEither() {
    Path folder = work.resolve("store");
    try (EmbeddedStore store = open(folder)) {
      assertRefused(folder, "in use by process " + ProcessHandle.current().pid());
      store.writer().write(List.of(dust(1, NOON, 1, 1)));
    }
    open(folder).close();
  }

  @Test
  void anotherFormatIsNamedAndLeftAlone() throws IOException {
    Path folder = filled("store");
    Files.writeString(folder.resolve("format"), "airlens-embedded-7\n");

    assertRefused(
        folder,
        "has the format 'airlens-embedded-7', this AirLens reads '" + StoreFolder.FORMAT + "'");

    Files.writeString(folder.resolve("format"), StoreFolder.FORMAT);
    assertHoldsItsReading(folder);
  }

  @Test
  void aGarbledFormatIsShownInPrint() throws IOException {
    Path folder = filled("store");
    byte[] garbage = new byte[4096];
    Arrays.fill(garbage, (byte) 0xF8);
    Files.write(folder.resolve("format"), garbage);

    assertRefused(folder, "has the format '" + "?".repeat(40) + "…'");
    // It was let go again.
    assertRefused(folder, "has the format");
  }

  @Test
  void aMissingFormatIsAnErrorWhereThereAreReadings() throws IOException {
    Path folder = filled("store");
    Files.delete(folder.resolve("format"));

    assertRefused(folder, "lacks its file 'format'; restore the folder from a backup");
    assertThat(folder.resolve("db")).isNotEmptyDirectory();
  }

  @Test
  void aFirstStartThatWasCutOffBeginsAnew() throws IOException {
    Path folder = filled("store");
    Files.delete(folder.resolve("format"));
    Files.createFile(folder.resolve("creating"));
    Files.delete(folder.resolve("db/readings~1/_txn"));

    try (EmbeddedStore store = open(folder)) {
      assertThat(store.status().readings()).isZero();
    }
    assertThat(folder.resolve("creating")).doesNotExist();
  }

  @Test
  void aStoreThatWasMadeIsNeverBegunAnew() throws IOException {
    Path folder = filled("store");
    Files.createFile(folder.resolve("creating"));

    assertHoldsItsReading(folder);
    assertThat(folder.resolve("creating")).doesNotExist();
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    Path file = Files.createFile(work.resolve("file"));

    assertRefused(file, file + " is a file, not a folder; choose another with --data-dir");
    assertRefused(file.resolve("below"), "choose another with --data-dir");
  }

  @Test
  void aFolderThatCanNotBeMadeIsNamed() {
    // No process, not even root's, can make a folder there.
    assertRefused(Path.of("/proc/airlens"), "the store folder /proc/airlens can't be");
  }

  @Test
  void aReadOnlyFolderIsNamed() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(work, "1m")) {
      disk.remount("ro");

      assertRefused(disk.folder().resolve("store"), "can't be used");
    }
  }

  private Path filled(String name) {
    Path folder = work.resolve(name);
    try (EmbeddedStore store = open(folder)) {
      store.writer().write(List.of(dust(1, NOON, 1, 1)));
    }
    return folder;
  }

  private static void assertHoldsItsReading(Path folder) {
    try (EmbeddedStore store = open(folder)) {
      assertThat(StoreProgram.readings(store)).containsExactly(dust(1, NOON, 1, 1));
    }
  }

  private static void assertRefused(Path folder, String message) {
    assertThatThrownBy(() -> open(folder))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(message)
        .hasMessageMatching(Pattern.compile("[^\\n]+"));
  }

  private static EmbeddedStore open(Path folder) {
    return EmbeddedStore.open(folder, Durability.PROCESS, OptionalInt.empty());
  }

  private StoreSettings settings(String uri) {
    return new StoreSettings(uri, work, Durability.PROCESS, OptionalInt.empty());
  }
}
