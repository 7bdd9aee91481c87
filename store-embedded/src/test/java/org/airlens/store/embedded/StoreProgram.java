package org.airlens.store.embedded;

import static org.airlens.model.TestReadings.NOON;
import static org.airlens.model.TestReadings.dust;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.airlens.model.MeasureValues;
import org.airlens.model.Measures;
import org.airlens.model.Reading;
import org.airlens.store.Durability;
import org.airlens.store.ReadingFilter;
import org.airlens.store.ReadingQuery;
import org.airlens.store.ReadingSort;
import org.airlens.store.StoreException;

/** What the tests run in processes of their own. */
final class StoreProgram {

  /** So many sensors report in a batch. */
  static final int SENSORS = 40;

  private StoreProgram() {}

  /** {@code write FOLDER DURABILITY FIRST}, or {@code open}, which takes folders line by line. */
  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    if (arguments[0].equals("write")) {
      write(
          Path.of(arguments[1]),
          Durability.valueOf(arguments[2]),
          Integer.parseInt(arguments[3]),
          out);
    } else {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String folder = in.readLine(); folder != null; folder = in.readLine()) {
        out.println(use(Path.of(folder)));
      }
    }
  }

  /**
   * Writes batches without end and prints the number of each that the store acknowledged, while
   * another thread rolls up what it can.
   */
  private static void write(Path folder, Durability durability, int first, PrintStream out) {
    out.println("starting");
    try (EmbeddedStore store = EmbeddedStore.open(folder, durability, OptionalInt.empty())) {
      out.println("open");
      Thread.ofPlatform().daemon().start(() -> rollUpWithoutEnd(store));
      for (int number = first; ; number++) {
        store.writer().write(batch(number));
        out.println(number);
      }
    }
  }

  private static void rollUpWithoutEnd(EmbeddedStore store) {
    while (true) {
      store.rollUp(Duration.ZERO);
      Thread.onSpinWait();
    }
  }

  /** The batch of a number: now and then a new measure, an old day, what was there before. */
  static List<Reading> batch(int number) {
    List<Reading> batch = new ArrayList<>();
    for (int sensor = 1; sensor <= SENSORS; sensor++) {
      Reading reading =
          dust(
              sensor,
              NOON.plusSeconds(number).minusSeconds(number % 5 == 0 ? 86_400L * 2 : 0),
              number,
              sensor);
      batch.add(
          number % 4 != 0
              ? reading
              : new Reading(
                  reading.sensor(),
                  reading.location(),
                  reading.timestamp(),
                  MeasureValues.of("new_" + number % 40, number, Measures.P1, sensor),
                  OptionalInt.of(1 + number % 10)));
    }
    if (number % 3 == 0 && number > 0) {
      batch.addAll(batch(number - 1));
    }
    return batch;
  }

  /** Opens, reads, writes and closes a store; what came of it, in a line. */
  private static String use(Path folder) {
    try (EmbeddedStore store =
        EmbeddedStore.open(folder, Durability.PROCESS, OptionalInt.empty())) {
      int before = readings(store).size();
      store.writer().write(batch(1_000_001));
      return "held " + before + ", then " + readings(store).size();
    } catch (StoreException e) {
      return "refused: " + e.getMessage();
    } catch (RuntimeException | Error e) {
      return "threw " + e;
    }
  }

  /** All readings, oldest first. */
  static List<Reading> readings(EmbeddedStore store) {
    try (Stream<Reading> found =
        store
            .readings()
            .find(
                new ReadingQuery(
                    ReadingFilter.all(),
                    ReadingSort.OLDEST_FIRST,
                    Optional.empty(),
                    OptionalLong.empty()))) {
      return found.toList();
    }
  }
}
