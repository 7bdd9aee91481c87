package org.airlens.benchmarks;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.airlens.model.Reading;
import org.airlens.store.Durability;

/**
 * A month of many readings in each store, beside PostgreSQL without AirLens's layout: what people
 * ask most, alone and by eight readers at once, and long questions. All must answer the same.
 */
final class HistoryComparison {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration SPAN = Duration.ofDays(30);
  private static final Duration STEP = Duration.ofMinutes(10);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Instant END = START.plus(SPAN);

  /** As many as a backfill writes at once. */
  private static final int BATCH = 250_000;

  private static final int READERS = 8;

  private final Workload workload;
  private final int asked;
  private final Duration patience;
  private final Optional<String> postgres;
  private final Path parent;
  private final PrintStream out;
  private final ResultTable results = new ResultTable();
  private final SameAnswers answers = new SameAnswers();

  /**
   * Makes the comparison.
   *
   * @param rows how many readings, about; there are as many sensors as it takes
   * @param asked how often each reader asks what takes milliseconds
   * @param patience after how long a question is not asked again
   * @param postgres the server's address; empty for one of its own
   * @param parent where the stores go
   */
  HistoryComparison(
      long rows,
      int asked,
      Duration patience,
      Optional<String> postgres,
      Path parent,
      PrintStream out) {
    int pairs = Math.toIntExact(Math.max(20, Math.ceilDiv(rows, 2 * SPAN.dividedBy(STEP))));
    workload = new Workload(2 * pairs, SPAN, STEP);
    this.asked = asked;
    this.patience = patience;
    this.postgres = postgres;
    this.parent = parent;
    this.out = out;
  }

  /** A kind of question; those of a kind are told apart by their number. */
  private record Question(String name, boolean isLong, Asking asking) {

    boolean isOfAggregates() {
      return !name.contains("table");
    }
  }

  @FunctionalInterface
  private interface Asking {
    Answer ask(StoreCandidate candidate, int number) throws Exception;
  }

  /** Runs all candidates and prints the table. */
  void run() throws Exception {
    out.printf(
        "History: %,d sensors, every %d minutes for %d days: %,d readings, one store after the other%n",
        workload.sensors(), STEP.toMinutes(), SPAN.toDays(), workload.readings());
    try (WorkFolder folder = WorkFolder.below(parent)) {
      measure(AirLensCandidate.embedded(folder.path(), Durability.POWER));
    }
    try (PostgresServer server = PostgresServer.of(postgres)) {
      out.printf("  %s%n", server.description());
      try (PostgresServer.Place place = server.place("airlens_bench_store");
          WorkFolder folder = WorkFolder.below(parent)) {
        measure(AirLensCandidate.postgres(place, folder.path()));
      }
      try (PostgresServer.Place place = server.place("airlens_bench_plain")) {
        measure(new PlainPostgres(place));
      }
    }
    results.print(out);
  }

  private void measure(StoreCandidate candidate) throws Exception {
    try (candidate) {
      load(candidate);
      for (Question question : questions()) {
        measure(candidate, question, question.name());
      }
      if (rollUp(candidate)) {
        for (Question question : questions()) {
          if (question.isOfAggregates()) {
            measure(candidate, question, question.name() + ", rolled up");
          }
        }
      }
    }
  }

  private void measure(StoreCandidate candidate, Question question, String name) throws Exception {
    check(candidate, question);
    if (question.isLong()) {
      put(candidate, name, ask(candidate, question, 1, 5));
    } else {
      put(candidate, name, ask(candidate, question, 1, asked));
      put(candidate, name + ", 8 readers", ask(candidate, question, READERS, asked));
    }
  }

  /** Whether it has rolled up its days. */
  private boolean rollUp(StoreCandidate candidate) throws Exception {
    long before = candidate.bytes();
    Timings timings = new Timings();
    boolean[] more = {true};
    int days = -1;
    while (more[0]) {
      timings.time(() -> more[0] = candidate.rollUp());
      days++;
    }
    if (days > 0) {
      put(candidate, "roll up a day", timings);
      results.put(
          candidate.name(),
          "bytes of roll-ups a reading",
          (candidate.bytes() - before) / (double) workload.readings(),
          "%.1f");
    }
    return days > 0;
  }

  private void load(StoreCandidate candidate) throws Exception {
    SyntheticNetwork network = new SyntheticNetwork(workload.sensors());
    long nanos = 0;
    List<Reading> batch = new ArrayList<>();
    for (Instant now = START; now.isBefore(END); now = now.plus(STEP)) {
      batch.addAll(network.cycle(now));
      if (batch.size() + workload.sensors() > BATCH || !now.plus(STEP).isBefore(END)) {
        long begin = System.nanoTime();
        candidate.write(batch);
        nanos += System.nanoTime() - begin;
        batch.clear();
      }
    }
    long begin = System.nanoTime();
    candidate.settle();
    nanos += System.nanoTime() - begin;
    if (candidate.count() != workload.readings()) {
      throw new IllegalStateException(
          candidate.name() + " keeps " + candidate.count() + ", not " + workload.readings());
    }
    out.printf("  %s: loaded in %,.0f s%n", candidate.name(), nanos / 1e9);
    results.put(candidate.name(), "load, readings/s", workload.readings() / (nanos / 1e9), "%,.0f");
    results.put(
        candidate.name(),
        "bytes on disk a reading",
        candidate.bytes() / (double) workload.readings(),
        "%.0f");
  }

  private List<Question> questions() {
    Instant week = END.minus(Duration.ofDays(7));
    Instant hour = END.minus(HOUR);
    return List.of(
        new Question(
            "7-day hourly series of a sensor",
            false,
            (candidate, number) -> candidate.series(workload.dustSensor(number), week, END, HOUR)),
        new Question(
            "last-hour table of a country",
            false,
            (candidate, number) -> candidate.table(country(number), hour, END)),
        new Question(
            "30-day daily series of a sensor",
            false,
            (candidate, number) -> candidate.series(workload.dustSensor(number), START, END, DAY)),
        new Question(
            "30-day daily series of a country",
            true,
            (candidate, number) -> candidate.series(country(number), START, END, DAY)),
        new Question(
            "30-day stats of all", true, (candidate, number) -> candidate.stats(START, END)));
  }

  /** Those of like size. */
  private static String country(int number) {
    return List.of("BG", "BE", "NL", "GB").get(number % 4);
  }

  /** What the first candidate answers, the others must. */
  private void check(StoreCandidate candidate, Question question) throws Exception {
    for (int number = 0; number < (question.isLong() ? 1 : READERS); number++) {
      answers.check(
          candidate, question.name() + " " + number, question.asking().ask(candidate, number));
    }
  }

  /** Each reader asks so often, or until its patience ends. */
  private Timings ask(StoreCandidate candidate, Question question, int readers, int times)
      throws Exception {
    long begin = System.nanoTime();
    Timings all = new Timings();
    try (ExecutorService threads = Executors.newFixedThreadPool(readers)) {
      List<Callable<Timings>> tasks = new ArrayList<>();
      for (int reader = 0; reader < readers; reader++) {
        int own = reader;
        tasks.add(() -> {
          Timings timings = new Timings();
          for (int i = 0;
              i < times && (i == 0 || System.nanoTime() - begin < patience.toNanos());
              i++) {
            int number = own + i * readers;
            timings.time(() -> question.asking().ask(candidate, number));
          }
          return timings;
        });
      }
      for (Future<Timings> each : threads.invokeAll(tasks)) {
        all.add(each.get());
      }
    }
    return all;
  }

  private void put(StoreCandidate candidate, String operation, Timings timings) {
    out.printf("  %s, %s: %s%n", candidate.name(), operation, timings);
    results.put(candidate.name(), operation, timings, 0.99);
  }
}
