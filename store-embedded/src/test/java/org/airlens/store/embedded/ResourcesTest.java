package org.airlens.store.embedded;

import static org.airlens.model.TestReadings.NOON;
import static org.airlens.model.TestReadings.dust;
import static org.assertj.core.api.Assertions.assertThat;

import io.questdb.cairo.TableToken;
import io.questdb.std.ObjHashSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.airlens.model.MeasureValues;
import org.airlens.model.Measures;
import org.airlens.model.Reading;
import org.airlens.store.Durability;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the store takes of the machine, and gives back. */
class ResourcesTest {

  @TempDir Path work;

  @Test
  void leavesNoThreadBehind() {
    Set<Thread> before = threads();
    try (EmbeddedStore store =
        EmbeddedStore.open(work.resolve("store"), Durability.PROCESS, OptionalInt.of(0))) {
      store.writer().write(List.of(dust(1, NOON, 1, 1)));
      assertThat(threads()).as("the SQL port has threads").hasSizeGreaterThan(before.size());
    }

    assertThat(threads()).isSubsetOf(before);
  }

  @Test
  void writesNothingOutsideItsFolder() throws Exception {
    Path folder = work.resolve("data/store");
    Path elsewhere = Files.createDirectory(work.resolve("elsewhere"));
    try (ChildJvm child = ChildJvm.start(elsewhere, StoreProgram.class, "open")) {
      assertThat(child.ask(folder.toString())).isEqualTo("held 0, then 40");
      assertThat(child.ask(folder.toString())).isEqualTo("held 40, then 40");
    }

    assertThat(names(work.resolve("data"))).containsExactly("store");
    assertThat(names(folder)).containsExactly("db", "format", "lock", "measures.tsv", "rollups");
    // Its working directory, which is its directory for temporary files too: what tests made there,
    // and QuestDB's native libraries, which go with the process when it is not killed.
    assertThat(names(elsewhere)).allMatch(name -> name.matches("errors.log|libquestdb.*"));
  }

  @Test
  void keepsOneTableAndNoStatistics() {
    try (EmbeddedStore store =
        EmbeddedStore.open(work.resolve("store"), Durability.PROCESS, OptionalInt.empty())) {
      store.writer().write(List.of(dust(1, NOON, 1, 1)));
    }
    try (Database database = Database.open(work.resolve("store/db"), Durability.PROCESS)) {
      ObjHashSet<TableToken> tables = new ObjHashSet<>();
      database.engine().getTableTokens(tables, true);

      assertThat(tables.size()).isEqualTo(1);
      assertThat(tables.get(0).getTableName()).isEqualTo(Database.TABLE);
    }
  }

  @Test
  void filesAreRemovedThatAreNotNeededAnyMore() throws IOException {
    Path table = work.resolve("store/db/readings~1");
    try (EmbeddedStore store =
        EmbeddedStore.open(work.resolve("store"), Durability.PROCESS, OptionalInt.empty())) {
      for (int day = 0; day < 3; day++) {
        store.writer().write(List.of(dust(1, NOON.minusSeconds(86_400L * day), 1, 1)));
      }
      assertThat(store.dropBefore(NOON)).isEqualTo(2);
      long kept = bytes(work);
      for (int i = 1; i <= 30; i++) {
        store.writer().write(List.of(dust(1, NOON.plusSeconds(i), 1, 1)));
      }
      assertThat(bytes(work)).isLessThan(kept * 2);
    }

    assertThat(names(table)).filteredOn(name -> name.startsWith("2018-")).hasSize(1);
    assertThat(names(table)).noneMatch(name -> name.startsWith("wal"));
  }

  @Test
  void statusTellsTheBytesOfItsFiles() throws IOException {
    try (EmbeddedStore store =
        EmbeddedStore.open(work.resolve("store"), Durability.PROCESS, OptionalInt.empty())) {
      store.writer().write(List.of(dust(1, NOON, 1, 1)));

      assertThat(store.status().bytes()).isEqualTo(bytes(work));
    }
  }

  @Test
  void measuresBeyondItsCapacityAreLeftOutAndTheRestOfTheReadingIsKept() {
    int beyond = 20;
    List<Reading> readings = new ArrayList<>();
    int unknown = MeasureColumns.MAX_UNKNOWN + beyond;
    for (int from = 0; from < unknown; from += 92) {
      MeasureValues.Builder values = MeasureValues.builder().add(Measures.P1, from);
      IntStream.range(from, Math.min(from + 92, unknown))
          .forEach(i -> values.add("unknown_%03d".formatted(i), i));
      Reading reading = dust(1 + from, NOON, 0, 0);
      readings.add(
          new Reading(
              reading.sensor(), reading.location(), NOON, values.build(), OptionalInt.empty()));
    }
    Path folder = work.resolve("store");
    List<Reading> found;
    try (EmbeddedStore store =
        EmbeddedStore.open(folder, Durability.PROCESS, OptionalInt.empty())) {
      store.writer().write(readings);
      store.writer().write(readings);
      found = StoreProgram.readings(store);

      assertThat(found).hasSameSizeAs(readings);
      assertThat(store.readings().measures())
          .hasSize(Measures.all().size() - 1 + MeasureColumns.MAX_UNKNOWN);
      assertThat(found.stream().mapToInt(reading -> reading.values().size()).sum())
          .isEqualTo(MeasureColumns.MAX_UNKNOWN + readings.size());
      assertThat(found).allMatch(reading -> reading.value(Measures.P1).isPresent());
      assertThat(store.readings().latest()).containsExactlyInAnyOrderElementsOf(found);
      assertThat(store.status().problem()).isEmpty();
    }
    try (EmbeddedStore store =
        EmbeddedStore.open(folder, Durability.PROCESS, OptionalInt.empty())) {
      assertThat(StoreProgram.readings(store)).isEqualTo(found);
    }
  }

  /** All threads but those that Java itself starts when it pleases. */
  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .filter(thread -> !thread.getName().startsWith("Cleaner-"))
        .collect(Collectors.toSet());
  }

  private static long bytes(Path folder) throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }

  private static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
