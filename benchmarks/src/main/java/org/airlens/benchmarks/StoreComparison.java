package org.airlens.benchmarks;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.airlens.model.Reading;
import org.airlens.store.Durability;

/**
 * The embedded store beside DuckDB in one run: the same history, cycles and queries, alone and with
 * readers beside the writer.
 */
final class StoreComparison {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration BETWEEN_CYCLES = Duration.ofSeconds(150);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration WEEK = Duration.ofDays(7);

  private final Workload workload;
  private final int repeats;
  private final Path parent;
  private final PrintStream out;
  private final ResultTable results = new ResultTable();
  private final SameAnswers answers = new SameAnswers();

  /**
   * Makes the comparison.
   *
   * @param repeats how often each operation is timed
   * @param parent where the stores go
   */
  StoreComparison(Workload workload, int repeats, Path parent, PrintStream out) {
    this.workload = workload;
    this.repeats = repeats;
    this.parent = parent;
    this.out = out;
  }

  /** Runs all candidates and prints the table. */
  void run() throws Exception {
    out.printf(
        "Stores: %,d sensors, %,d readings of history, then cycles of %,d; each operation %d times%n",
        workload.sensors(), workload.readings(), workload.sensors(), repeats);
    try (WorkFolder folder = WorkFolder.below(parent)) {
      measure(AirLensCandidate.embedded(folder.path().resolve("process"), Durability.PROCESS));
      measure(AirLensCandidate.embedded(folder.path().resolve("power"), Durability.POWER));
      measure(new DuckDbCandidate(folder.path().resolve("duckdb")));
    }
    results.print(out);
  }

  private void measure(StoreCandidate candidate) throws Exception {
    try (candidate) {
      String name = candidate.name();
      SyntheticNetwork network = new SyntheticNetwork(workload.sensors());
      long began = System.nanoTime();
      Instant now = writeHistory(candidate, network);
      double seconds = (System.nanoTime() - began) / 1e9;
      results.put(name, "history, readings/s", workload.readings() / seconds, "%,.0f");
      candidate.settle();
      askLong(candidate, now);

      now = appendAndQuery(candidate, network, now, "");
      try (BesideReaders readers = new BesideReaders(candidate, network, now)) {
        now = appendAndQuery(candidate, network, now, ", readers beside");
        out.printf("  %s: the readers got %,d answers%n", name, readers.answers());
      }
      long expected = workload.readings() + 2L * repeats * workload.sensors();
      check(candidate.count() == expected, "keeps " + candidate.count() + ", not " + expected);
      results.put(name, "size on disk, MB", candidate.bytes() / 1e6, "%,.1f");
      reopen(candidate, now);
    }
  }

  private Instant writeHistory(StoreCandidate candidate, SyntheticNetwork network)
      throws Exception {
    Instant now = START;
    Instant end = START.plus(workload.history());
    for (; now.isBefore(end); now = now.plus(workload.step())) {
      candidate.write(network.cycle(now));
    }
    return now;
  }

  private void askLong(StoreCandidate candidate, Instant end) throws Exception {
    Instant begin = end.minus(workload.history());
    Timings series = new Timings();
    Timings stats = new Timings();
    for (int i = 0; i < Math.min(5, repeats); i++) {
      series.time(
          () -> answers.check(candidate, "series", candidate.series("BG", begin, end, DAY)));
      stats.time(() -> answers.check(candidate, "stats", candidate.stats(begin, end)));
    }
    results.put(candidate.name(), "daily series of a country, whole history", series);
    results.put(candidate.name(), "stats of all, whole history", stats);
  }

  private Instant appendAndQuery(
      StoreCandidate candidate, SyntheticNetwork network, Instant start, String suffix)
      throws Exception {
    String name = candidate.name();
    Instant now = start;
    Timings append = new Timings();
    Timings duplicates = new Timings();
    for (int i = 0; i < repeats; i++) {
      List<Reading> batch = network.cycle(now);
      append.time(() -> candidate.write(batch));
      duplicates.time(() -> candidate.write(batch));
      now = now.plus(BETWEEN_CYCLES);
    }
    results.put(name, "append a cycle" + suffix, append);
    results.put(name, "append it again" + suffix, duplicates);

    Instant end = now;
    Timings latest = new Timings();
    Timings series = new Timings();
    Timings table = new Timings();
    for (int i = 0; i < repeats; i++) {
      long sensor = workload.dustSensor(i);
      latest.time(() -> check(candidate.latest() == workload.sensors(), "misses sensors"));
      Instant hour = end.minus(HOUR);
      series.time(() ->
          answers.check(
              candidate,
              "series of " + sensor + " until " + end,
              candidate.series(sensor, end.minus(WEEK), end, HOUR)));
      table.time(
          () -> answers.check(candidate, "table until " + end, candidate.table("BG", hour, end)));
    }
    results.put(name, "latest per sensor" + suffix, latest);
    results.put(name, "7-day series" + suffix, series);
    results.put(name, "last-hour table" + suffix, table);
    return now;
  }

  private void reopen(StoreCandidate candidate, Instant now) throws Exception {
    Timings closing = new Timings();
    Timings opening = new Timings();
    for (int i = 0; i < Math.min(5, repeats); i++) {
      closing.time(candidate::close);
      opening.time(() -> {
        candidate.open();
        check(candidate.series(1, now.minus(WEEK), now, HOUR).size() > 0, "no series");
      });
    }
    results.put(candidate.name(), "start-up to the first series", opening);
    results.put(candidate.name(), "close", closing);
  }

  private static void check(boolean holds, String problem) {
    if (!holds) {
      throw new IllegalStateException(problem);
    }
  }
}
