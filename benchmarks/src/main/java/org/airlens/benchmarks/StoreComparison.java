package org.airlens.benchmarks;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.airlens.model.Reading;
import org.airlens.store.Durability;

/**
 * The embedded store beside DuckDB in one run: the same history, cycles and queries, alone and with
 * two readers beside the writer.
 */
final class StoreComparison {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int APPENDS = 15;
  private static final int QUERIES = 40;

  private final int sensors;
  private final Duration history;
  private final Duration step;
  private final PrintStream out;
  private final Map<String, Map<String, String>> results = new LinkedHashMap<>();

  /**
   * Makes the comparison.
   *
   * @param sensors how many sensors report
   * @param history how long they have reported before the measuring begins
   * @param step how long between two readings of a sensor in the history
   */
  StoreComparison(int sensors, Duration history, Duration step, PrintStream out) {
    this.sensors = sensors;
    this.history = history;
    this.step = step;
    this.out = out;
  }

  /** Runs all candidates and prints the table. */
  void run() throws Exception {
    Path folder = Files.createTempDirectory("airlens-bench-store");
    try {
      measure(new AirLensCandidate(folder.resolve("process"), Durability.PROCESS));
      measure(new AirLensCandidate(folder.resolve("power"), Durability.POWER));
      measure(new DuckDbCandidate(folder.resolve("duckdb")));
    } finally {
      Folders.delete(folder);
    }
    print();
  }

  private void measure(StoreCandidate candidate) throws Exception {
    try (candidate) {
      SyntheticNetwork network = new SyntheticNetwork(sensors);
      Instant now = START;
      long readings = 0;
      long began = System.nanoTime();
      while (now.isBefore(START.plus(history))) {
        candidate.write(network.cycle(now));
        readings += sensors;
        now = now.plus(step);
      }
      double seconds = (System.nanoTime() - began) / 1e9;
      note(candidate, "history", "%,d readings at %,.0f/s".formatted(readings, readings / seconds));

      now = appendAndQuery(candidate, network, now, "");
      try (Readers readers = new Readers(candidate, network, now)) {
        appendAndQuery(candidate, network, now, ", 2 readers beside");
        readers.check();
      }
      note(candidate, "size on disk", "%,.1f MB".formatted(candidate.bytes() / 1e6));
      Timings reopening = new Timings();
      for (int i = 0; i < 3; i++) {
        reopening.time(candidate::reopen);
      }
      note(candidate, "close and reopen", reopening);
    }
  }

  private Instant appendAndQuery(
      StoreCandidate candidate, SyntheticNetwork network, Instant start, String suffix)
      throws Exception {
    Instant now = start;
    Timings append = new Timings();
    List<Reading> last = new ArrayList<>();
    for (int i = 0; i < APPENDS; i++) {
      last = network.cycle(now);
      List<Reading> batch = last;
      append.time(() -> candidate.write(batch));
      now = now.plusSeconds(150);
    }
    note(candidate, "append a cycle" + suffix, append);

    List<Reading> again = last;
    Timings duplicates = new Timings();
    for (int i = 0; i < APPENDS; i++) {
      duplicates.time(() -> candidate.write(again));
    }
    note(candidate, "append it again" + suffix, duplicates);

    Instant end = now;
    Timings latest = new Timings();
    Timings series = new Timings();
    Timings table = new Timings();
    for (int i = 0; i < QUERIES; i++) {
      long sensor = 1 + 2L * (i * 37 % (sensors / 2));
      latest.time(() -> expect(candidate.latest(), sensors));
      series.time(() -> expectSome(candidate.series(sensor, end.minus(Duration.ofDays(7)), end)));
      table.time(() -> expectSome(candidate.table("BG", end.minus(Duration.ofHours(1)), end)));
    }
    note(candidate, "latest per sensor" + suffix, latest);
    note(candidate, "7-day series" + suffix, series);
    note(candidate, "last-hour table" + suffix, table);
    return now;
  }

  private void note(StoreCandidate candidate, String operation, Object result) {
    results
        .computeIfAbsent(operation, ignored -> new LinkedHashMap<>())
        .put(candidate.name(), result.toString());
    out.printf("%-20s %-36s %s%n", candidate.name(), operation, result);
  }

  private void print() {
    out.println();
    out.printf("%,d sensors, %s of history every %s%n", sensors, history, step);
    results.forEach((operation, byCandidate) -> {
      out.println(operation);
      byCandidate.forEach((name, result) -> out.printf("  %-20s %s%n", name, result));
    });
  }

  private static void expect(int actual, int expected) {
    if (actual != expected) {
      throw new IllegalStateException("expected " + expected + " rows, got " + actual);
    }
  }

  private static void expectSome(int actual) {
    if (actual == 0) {
      throw new IllegalStateException("expected rows, got none");
    }
  }

  /** Two threads that keep asking. */
  private static final class Readers implements AutoCloseable {

    private final AtomicBoolean stopped = new AtomicBoolean();
    private final List<Thread> threads = new ArrayList<>();
    private final List<Exception> failures = new ArrayList<>();

    Readers(StoreCandidate candidate, SyntheticNetwork network, Instant now) {
      for (int i = 0; i < 2; i++) {
        long sensor = 1 + 2L * i;
        threads.add(
            Thread.ofPlatform().start(() -> ask(candidate, sensor, network.country(sensor), now)));
      }
    }

    private void ask(StoreCandidate candidate, long sensor, String country, Instant now) {
      try {
        while (!stopped.get()) {
          candidate.series(sensor, now.minus(Duration.ofDays(7)), now);
          candidate.table(country, now.minus(Duration.ofHours(1)), now);
        }
      } catch (Exception e) {
        synchronized (failures) {
          failures.add(e);
        }
      }
    }

    void check() throws Exception {
      synchronized (failures) {
        if (!failures.isEmpty()) {
          throw failures.getFirst();
        }
      }
    }

    @Override
    public void close() {
      stopped.set(true);
      for (Thread thread : threads) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
