package org.airlens.benchmarks;

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

  /**
   * How much later the snapshot is in each round: less than it spans, so that new rows fall between
   * old ones, as those of a feed do whose sensors report at their own pace.
   */
  private static final Duration STEP = Duration.ofSeconds(61);

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
    for (Durability durability : Durability.values()) {
      try (WorkFolder folder = WorkFolder.below(parent)) {
        measure(durability, folder.path());
      }
    }
  }

  private void measure(Durability durability, Path folder) throws Exception {
    Timings fresh = new Timings();
    Timings again = new Timings();
    InstantSource clock = InstantSource.system();
    try (Store store =
            Stores.open(new StoreSettings("embedded:", folder, durability, OptionalInt.empty()));
        DeadLetters deadLetters = DeadLetters.in(folder.resolve("rejected"), clock);
        InMemorySource source = new InMemorySource()) {
      SimpleMeterRegistry metrics = new SimpleMeterRegistry();
      Ingest ingest = new Ingest(store, new LatestView(), new LiveReadings(), metrics);
      Pipeline pipeline = new Pipeline(List.of(source), ingest, deadLetters, metrics, clock);
      long stored = 0;
      for (int round = 0; round < warmUp + rounds; round++) {
        source.document = snapshot.later(STEP.multipliedBy(round));
        CycleReport first = cycle(pipeline, round < warmUp ? new Timings() : fresh);
        CycleReport second = cycle(pipeline, round < warmUp ? new Timings() : again);
        if (first.stored() == 0 || second.stored() != 0 || second.seen() != first.seen()) {
          throw new IllegalStateException("not every reading was stored once: " + first + second);
        }
        stored += first.stored();
      }
      if (store.status().readings() != stored) {
        throw new IllegalStateException("the store lost readings: " + store.status());
      }
      print(durability, stored / (warmUp + rounds), fresh, again);
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

  private void print(Durability durability, long rows, Timings fresh, Timings again) {
    out.printf(
        "  durability %s, %,d new rows a round%n",
        durability.name().toLowerCase(Locale.ROOT), rows);
    out.printf("    bytes to queryable rows   %s; goal 300 ms%n", fresh);
    out.printf("    the same snapshot again   %s; goal 100 ms%n", again);
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
}
