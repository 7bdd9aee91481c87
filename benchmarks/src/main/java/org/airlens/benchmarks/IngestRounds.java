package org.airlens.benchmarks;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.airlens.collect.DeadLetters;
import org.airlens.collect.FeedContent;
import org.airlens.collect.Fetch;
import org.airlens.collect.Source;
import org.airlens.pipeline.CycleReport;
import org.airlens.pipeline.Ingest;
import org.airlens.pipeline.Pipeline;
import org.airlens.store.Durability;
import org.airlens.store.Store;
import org.airlens.store.StoreSettings;
import org.airlens.store.Stores;
import org.airlens.store.live.LatestView;
import org.airlens.store.live.LiveReadings;

/**
 * The product's own cycle over a snapshot in memory, from its bytes to rows that queries see:
 * validate, index, deduplicate, write, show. In each round the snapshot is new once, and then comes
 * again with nothing new in it.
 */
final class IngestRounds {

  private final Snapshot snapshot;
  private final int warmUp;
  private final int rounds;
  private final Path parent;
  private final PrintStream out;

  /**
   * Makes the rounds.
   *
   * @param warmUp how many rounds are not measured
   * @param rounds how many are
   * @param parent where the stores go
   */
  IngestRounds(Snapshot snapshot, int warmUp, int rounds, Path parent, PrintStream out) {
    this.snapshot = snapshot;
    this.warmUp = warmUp;
    this.rounds = rounds;
    this.parent = parent;
    this.out = out;
  }

  /** Runs them with each durability and prints the times. */
  void run() throws Exception {
    out.printf(
        "A snapshot of %,d entries (%s), %,.1f MB, %d rounds after %d, heap up to %,d MB%n",
        snapshot.entries(),
        snapshot.name(),
        snapshot.json().length / 1e6,
        rounds,
        warmUp,
        Runtime.getRuntime().maxMemory() >> 20);
    Duration span = snapshot.span().plusSeconds(1);
    for (Durability durability : Durability.values()) {
      measure(durability, "each snapshot after the former", span);
      measure(durability, "each begins amid the former", span.multipliedBy(2).dividedBy(3));
    }
  }

  /**
   * Measures rounds.
   *
   * @param step how much later the snapshot is in each round; when that is less than it spans, new
   *     rows fall between old ones
   */
  private void measure(Durability durability, String order, Duration step) throws Exception {
    try (WorkFolder folder = WorkFolder.below(parent)) {
      Measured measured = measure(durability, step, folder.path());
      out.printf(
          "  durability %s, %s: %,d new rows a round%n",
          durability.name().toLowerCase(Locale.ROOT), order, measured.rows());
      out.printf("    bytes to queryable rows   %s; goal 300 ms%n", measured.fresh());
      out.printf("      of that in the store    %s%n", measured.writes());
      out.printf("    the same snapshot again   %s; goal 100 ms%n", measured.again());
    }
  }

  private Measured measure(Durability durability, Duration step, Path folder) throws Exception {
    Measured measured = new Measured();
    InstantSource clock = InstantSource.system();
    try (Store store =
            Stores.open(new StoreSettings("embedded:", folder, durability, OptionalInt.empty()));
        DeadLetters deadLetters = DeadLetters.in(folder.resolve("rejected"), clock);
        InMemorySource source = new InMemorySource()) {
      SimpleMeterRegistry metrics = new SimpleMeterRegistry();
      Ingest ingest = new Ingest(store, new LatestView(), new LiveReadings(), metrics);
      Pipeline pipeline = new Pipeline(List.of(source), ingest, deadLetters, metrics, clock);
      Timer writes = metrics.get("airlens.store.write").timer();
      for (int round = -warmUp; round < rounds; round++) {
        if (round == 0) {
          measured.forgetTimes();
        }
        source.document = snapshot.later(step.multipliedBy(warmUp + round));
        double before = writes.totalTime(TimeUnit.NANOSECONDS);
        CycleReport first = cycle(pipeline, measured.fresh);
        measured.writes.add(Math.round(writes.totalTime(TimeUnit.NANOSECONDS) - before));
        CycleReport second = cycle(pipeline, measured.again);
        if (first.stored() == 0 || second.stored() != 0 || second.seen() != first.seen()) {
          throw new IllegalStateException("not every reading was stored once: " + first + second);
        }
        measured.stored += first.stored();
      }
      if (store.status().readings() != measured.stored) {
        throw new IllegalStateException("the store lost readings: " + store.status());
      }
      return measured;
    }
  }

  private static CycleReport cycle(Pipeline pipeline, Timings timings) {
    long begin = System.nanoTime();
    CycleReport report = pipeline.cycle();
    timings.add(System.nanoTime() - begin);
    if (report.problem().isPresent()) {
      throw new IllegalStateException(report.problem().get());
    }
    return report;
  }

  /** Delivers whatever document it holds. */
  private static final class InMemorySource implements Source {

    private byte[] document = new byte[0];

    @Override
    public String name() {
      return "memory";
    }

    @Override
    public Fetch fetch() {
      return new Fetch.Content(new InMemoryContent(new ByteArrayInputStream(document)));
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }

  private record InMemoryContent(InputStream body) implements FeedContent {

    @Override
    public String name() {
      return "memory";
    }

    @Override
    public void acknowledge() {
      // The next round brings another document.
    }

    @Override
    public void close() {
      try {
        body.close();
      } catch (IOException e) {
        throw new IllegalStateException("an array can't fail", e);
      }
    }
  }

  /** What rounds took. */
  private final class Measured {

    private Timings fresh = new Timings();
    private Timings writes = new Timings();
    private Timings again = new Timings();
    private long stored;

    void forgetTimes() {
      fresh = new Timings();
      writes = new Timings();
      again = new Timings();
    }

    Timings fresh() {
      return fresh;
    }

    Timings writes() {
      return writes;
    }

    Timings again() {
      return again;
    }

    long rows() {
      return stored / (warmUp + rounds);
    }
  }
}
