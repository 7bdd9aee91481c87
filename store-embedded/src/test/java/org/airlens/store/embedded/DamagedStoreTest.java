package org.airlens.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import org.airlens.store.Durability;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files that were cut, lost or overwritten, opened in a process of its own: each ends in one
 * message, and none in the end of the process or in readings that are silently fewer.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DamagedStoreTest {

  private static final String TABLE = "db/readings~1/";
  private static final int BATCHES = 6;

  private Path whole;
  private Path withLog;
  private Path damaged;
  private String held;
  private ChildJvm opener;

  @BeforeAll
  void makeStores(@TempDir Path work) throws Exception {
    whole = work.resolve("whole");
    withLog = work.resolve("with-log");
    damaged = work.resolve("damaged");
    try (EmbeddedStore store = open(whole)) {
      for (int number = 0; number < BATCHES; number++) {
        store.writer().write(StoreProgram.batch(number));
      }
      held = "held " + StoreProgram.readings(store).size() + ", then ";
      // What is on the disk while a process is in the middle of its work: the log is still there.
      copy(whole, withLog);
    }
    opener = ChildJvm.start(work, StoreProgram.class, "open");
  }

  @AfterAll
  void endProcess() {
    opener.close();
  }

  @Test
  void aCopyIsAsGoodAsTheStore() throws Exception {
    assertThat(opened(whole, _ -> {})).startsWith(held);
    assertThat(opened(withLog, _ -> {})).startsWith(held);
  }

  @ParameterizedTest
  @CsvSource({
    "measures.tsv, is missing",
    "format, lacks its file 'format'",
    "db/readings~1/_txn, _txn is missing",
    "db/readings~1/_meta, _meta is missing",
    "db/readings~1/_cv, _cv is missing",
    "db/readings~1/country.o, country.o is missing",
    "db/readings~1/txn_seq/_txnlog, _txnlog is missing",
    "db/readings~1/txn_seq/_meta, _meta is missing",
    "db/readings~1/2018-12-20*/P2.d*, P2.d",
    "db/readings~1/2018-12-20*/sensor_id.d*, sensor_id.d"
  })
  void aLostFileIsNamed(String file, String message) throws Exception {
    assertThat(opened(whole, store -> Files.delete(find(store, file))))
        .startsWith("refused: ")
        .contains(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"db", "db/readings~1", "db/readings~1/2018-12-18*", "db/readings~1/txn_seq"})
  void aLostFolderIsAnError(String folder) throws Exception {
    assertThat(opened(whole, store -> EmbeddedPlace.delete(find(store, folder))))
        .startsWith("refused: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "format",
        "measures.tsv",
        "db/readings~1/_txn",
        "db/readings~1/_meta",
        "db/readings~1/_cv",
        "db/readings~1/txn_seq/_txnlog",
        "db/readings~1/txn_seq/_meta",
        "db/readings~1/2018-12-20*/ts.d",
        "db/readings~1/2018-12-20*/P1.d",
        "db/readings~1/2018-12-20*/aqi.d",
        "db/readings~1/2018-12-20*/country.d",
        "db/readings~1/2018-12-20*/exact_location.d",
        "db/readings~1/2018-12-18*/ts.d",
        "db/readings~1/2018-12-18*/P2.d",
        "db/readings~1/country.c",
        "db/readings~1/country.k",
        "db/readings~1/country.o",
        "db/readings~1/country.v",
        "db/readings~1/sensor_type_name.v"
      })
  void aFileCutToNothingIsAnError(String file) throws Exception {
    assertThat(opened(whole, store -> cut(find(store, file), 0))).startsWith("refused: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "db/readings~1/2018-12-20*/ts.d",
        "db/readings~1/2018-12-20*/sensor_id.d",
        "db/readings~1/2018-12-20*/latitude.d",
        "db/readings~1/2018-12-18*/P1.d"
      })
  void aColumnCutByOneRowIsAnError(String file) throws Exception {
    assertThat(
            opened(whole, store -> cut(find(store, file), lastByteOfRows(find(store, file)) - 1)))
        .startsWith("refused: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "format",
        "measures.tsv",
        "db/readings~1/_txn",
        "db/readings~1/_meta",
        "db/readings~1/_cv",
        "db/readings~1/txn_seq/_txnlog",
        "db/readings~1/txn_seq/_txnlog.meta.i",
        "db/readings~1/txn_seq/_meta",
        "db/readings~1/txn_seq/_wal_index.d",
        "db/readings~1/2018-12-20*/ts.d",
        "db/readings~1/2018-12-20*/sensor_id.d",
        "db/readings~1/2018-12-20*/location_id.d",
        "db/readings~1/2018-12-20*/latitude.d",
        "db/readings~1/2018-12-20*/country.d",
        "db/readings~1/2018-12-20*/aqi.d",
        "db/readings~1/country.c",
        "db/readings~1/country.k",
        "db/readings~1/country.o",
        "db/readings~1/country.v",
        "db/readings~1/indoor.k",
        "db/readings~1/sensor_pin.o"
      })
  void garbageIsAnError(String file) throws Exception {
    assertThat(opened(whole, store -> fillWithGarbage(find(store, file)))).startsWith("refused: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"db/readings~1/2018-12-20*/P1.d", "db/readings~1/2018-12-18*/altitude.d"})
  void garbageThatMayBeAMeasurementEndsNoProcess(String file) throws Exception {
    // There is no checksum of values: what can't be told apart is read as it is.
    assertThat(opened(whole, store -> fillWithGarbage(find(store, file)))).startsWith(held);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "db/readings~1/_txn",
        "db/readings~1/_meta",
        "db/readings~1/country.c",
        "db/readings~1/country.v",
        "db/readings~1/txn_seq/_txnlog",
        "db/readings~1/2018-12-20*/ts.d",
        "measures.tsv"
      })
  void zerosAreAnError(String file) throws Exception {
    assertThat(
            opened(
                whole,
                store -> {
                  Path found = find(store, file);
                  Files.write(found, new byte[(int) Files.size(found)]);
                }))
        .startsWith("refused: ");
  }

  @Test
  void aMeasureTakenOutOfTheMappingIsAnError() throws Exception {
    assertThat(
            opened(
                whole,
                store -> {
                  List<String> lines = Files.readAllLines(store.resolve("measures.tsv"));
                  Files.write(store.resolve("measures.tsv"), lines.subList(0, lines.size() - 1));
                }))
        .startsWith("refused: ")
        .contains("measures.tsv does not name the measures in [new_4]");
  }

  @Test
  void aLogThatIsNotNeededAnyMoreMayBeDamaged() throws Exception {
    assertThat(opened(withLog, store -> EmbeddedPlace.delete(find(store, TABLE + "wal*"))))
        .startsWith(held);
  }

  @ParameterizedTest
  @ValueSource(strings = {"wal*/0/_event", "wal*/0/ts.d", "wal*/0/P1.d", "wal*/0/_event.i"})
  void damageToWhatWasCommittedAndNotAppliedIsAnError(String file) throws Exception {
    Path unapplied = damaged.resolveSibling("unapplied");
    copy(whole, unapplied);
    try (Database database = Database.open(unapplied.resolve("db"), Durability.PROCESS)) {
      database.commit(writer -> {
        var row = writer.newRow(1_545_307_200_000_000L);
        row.putLong(writer.getMetadata().getColumnIndex("sensor_id"), 1);
        row.append();
      });
      copy(unapplied, unapplied.resolveSibling("copy"));
    }
    try {
      assertThat(
              opened(unapplied.resolveSibling("copy"), store -> cut(find(store, TABLE + file), 0)))
          .startsWith("refused: the write-ahead log of the store in ")
          .contains("can't be applied");
    } finally {
      EmbeddedPlace.delete(unapplied);
      EmbeddedPlace.delete(unapplied.resolveSibling("copy"));
    }
  }

  /** What a process says that opens, reads and writes a damaged copy. */
  private String opened(Path store, Damage damage) throws IOException {
    copy(store, damaged);
    try {
      damage.doTo(damaged);
      @Nullable String answer = opener.ask(damaged.toString());
      assertThat(answer).as("the process lives").isNotNull();
      return answer;
    } finally {
      EmbeddedPlace.delete(damaged);
    }
  }

  private static EmbeddedStore open(Path folder) {
    return EmbeddedStore.open(folder, Durability.PROCESS, OptionalInt.empty());
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  /** The first file of a name in which {@code *} stands for anything. */
  private static Path find(Path store, String name) throws IOException {
    String[] parts = name.split("/", -1);
    Path found = store;
    for (String part : parts) {
      try (var files = Files.newDirectoryStream(found, part)) {
        found = files.iterator().next();
      }
    }
    return found;
  }

  private static void cut(Path file, long length) throws IOException {
    try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
      channel.truncate(length);
    }
  }

  /** How far the rows of a column reach: its file goes on with zeros to the end of a page. */
  private static long lastByteOfRows(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int end = bytes.length;
    while (bytes[end - 1] == 0) {
      end--;
    }
    return end;
  }

  private static void fillWithGarbage(Path file) throws IOException {
    byte[] garbage = new byte[(int) Files.size(file)];
    new Random(Arrays.hashCode(new Object[] {file.getFileName()})).nextBytes(garbage);
    Files.write(file, garbage);
  }

  @FunctionalInterface
  private interface Damage {
    void doTo(Path store) throws IOException;
  }
}
