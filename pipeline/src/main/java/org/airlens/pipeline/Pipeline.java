package org.airlens.pipeline;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.airlens.collect.DeadLetters;
import org.airlens.collect.Source;

/**
 * The cycle: fetch → validate → index → deduplicate → write, over all sources side by side. A
 * source, a record or the store that fails is reported and tried again in the next cycle.
 */
public final class Pipeline {

  private final List<SourceRun> runs;
  private final CycleMetrics metrics;
  private final InstantSource clock;

  /**
   * A pipeline; the caller closes the sources and the dead letters after the last cycle.
   *
   * @param sources where readings come from
   * @param ingest where they go
   * @param deadLetters keeps what is not taken
   */
  public Pipeline(
      List<Source> sources,
      Ingest ingest,
      DeadLetters deadLetters,
      MeterRegistry metrics,
      InstantSource clock) {
    this(sources, () -> new ReadingIntake(ingest, deadLetters, clock), deadLetters, metrics, clock);
  }

  private Pipeline(
      List<Source> sources,
      Supplier<Intake> intakes,
      DeadLetters deadLetters,
      MeterRegistry metrics,
      InstantSource clock) {
    runs = sources.stream().map(source -> new SourceRun(source, intakes.get(), clock)).toList();
    this.metrics = new CycleMetrics(metrics, runs, deadLetters, clock);
    this.clock = clock;
  }

  /**
   * A pipeline of one step, fetch: the documents go to a landing zone as they are, for an engine
   * that does the other steps.
   *
   * @param deadLetters keep what the engine does not take
   */
  public static Pipeline into(
      Landing landing,
      List<Source> sources,
      DeadLetters deadLetters,
      MeterRegistry metrics,
      InstantSource clock) {
    return new Pipeline(sources, landing::intake, deadLetters, metrics, clock);
  }

  /** Each source and its state now. */
  public List<SourceState> sources() {
    return runs.stream().map(SourceRun::state).toList();
  }

  /** Runs one cycle to its end. One thread at a time calls this. */
  public CycleReport cycle() {
    return cycle(() -> false);
  }

  /**
   * Runs one cycle; sources that have more than one content stop between two when told to, and
   * those that block are interrupted with the calling thread.
   *
   * @param stopping turns true when the process is to end
   */
  CycleReport cycle(BooleanSupplier stopping) {
    Instant startedAt = clock.instant();
    long begin = System.nanoTime();
    CycleCounts total = new CycleCounts();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<CycleCounts>> running = new ArrayList<>();
      for (SourceRun run : runs) {
        running.add(threads.submit(() -> run.cycle(stopping)));
      }
      for (Future<CycleCounts> one : running) {
        total.add(counts(one, threads));
      }
    }
    CycleReport report =
        new CycleReport(
            startedAt,
            Duration.ofNanos(System.nanoTime() - begin),
            total.bytes,
            total.seen,
            total.stored,
            total.duplicate,
            total.rejectedByLabel(),
            sources(),
            Optional.ofNullable(total.problem));
    metrics.finished(report, total);
    return report;
  }

  /** Waits for one source; being interrupted, hurries all of them and still waits. */
  private static CycleCounts counts(Future<CycleCounts> running, ExecutorService threads) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return running.get();
        } catch (InterruptedException e) {
          interrupted = true;
          threads.shutdownNow();
        } catch (ExecutionException e) {
          return failed("unexpected: " + e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static CycleCounts failed(String problem) {
    CycleCounts counts = new CycleCounts();
    counts.failed(problem);
    return counts;
  }
}
