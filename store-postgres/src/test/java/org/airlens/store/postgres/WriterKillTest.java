package org.airlens.store.postgres;

import static org.airlens.model.TestReadings.NOON;
import static org.airlens.store.postgres.PostgresPlace.settings;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.airlens.model.Reading;
import org.airlens.store.ReadingFilter;
import org.airlens.store.ReadingQuery;
import org.airlens.store.Store;
import org.airlens.store.Stores;
import org.junit.jupiter.api.Test;

/** {@code kill -9} of the process that writes. */
class WriterKillTest {

  private static final int KILLS = 3;

  private final String uri = RealPostgres.shared().newDatabase();

  @Test
  void losesNothingAcknowledgedKeepsNoHalfBatchAndFreesTheRightToWrite() throws Exception {
    long acknowledged = 0;
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int kill = 0; kill < KILLS; kill++) {
      long first = acknowledged + 1;
      Process process =
          new ProcessBuilder(
                  ProcessHandle.current().info().command().orElse("java"),
                  "-cp",
                  System.getProperty(
                      "surefire.test.class.path", System.getProperty("java.class.path")),
                  WriterProcess.class.getName(),
                  uri,
                  Long.toString(first))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try (BufferedReader out = process.inputReader()) {
        long last = first + 3 + random.nextInt(20);
        String line = out.readLine();
        while (line != null) {
          acknowledged = Long.parseLong(line);
          if (acknowledged == last) {
            process
                .toHandle()
                .destroyForcibly(); // In the middle of the next ones; what it said is read on.
          }
          line = out.readLine();
        }
      } finally {
        process.destroyForcibly().waitFor();
      }
      check(acknowledged, seed);
    }
  }

  private void check(long acknowledged, long seed) {
    try (Store store = Stores.open(settings(uri));
        Stream<Reading> all = store.readings().find(ReadingQuery.of(ReadingFilter.all()))) {
      Map<Long, Long> batches =
          all.collect(
              Collectors.groupingBy(
                  reading -> Duration.between(NOON, reading.timestamp()).toSeconds(),
                  Collectors.counting()));
      List<Long> promised = LongStream.rangeClosed(1, acknowledged).boxed().toList();
      assertThat(batches.keySet()).as("seed %d", seed).containsAll(promised);
      assertThat(batches.values()).as("seed %d", seed).containsOnly((long) WriterProcess.BATCH);
    }
  }
}
