package org.airlens.store.postgres;

import static org.airlens.model.TestReadings.NOON;
import static org.airlens.model.TestReadings.dust;

import java.util.List;
import java.util.stream.LongStream;
import org.airlens.model.Reading;
import org.airlens.store.Store;
import org.airlens.store.Stores;

/**
 * A process that writes batches of 500 readings of one instant each, and says which are written.
 */
final class WriterProcess {

  static final int BATCH = 500;

  private WriterProcess() {}

  /** Writes until it is killed; takes the store's address and the number of the first batch. */
  public static void main(String[] arguments) {
    try (Store store = Stores.open(PostgresPlace.settings(arguments[0]))) {
      for (long number = Long.parseLong(arguments[1]); ; number++) {
        store.writer().write(batch(number));
        System.out.println(number);
      }
    }
  }

  static List<Reading> batch(long number) {
    return LongStream.rangeClosed(1, BATCH)
        .mapToObj(id -> dust(id, NOON.plusSeconds(number), (double) number, 1))
        .toList();
  }
}
