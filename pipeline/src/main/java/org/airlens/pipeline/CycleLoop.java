package org.airlens.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntFunction;
import org.airlens.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs cycles at an interval, never two at once: a cycle that takes longer than the interval is
 * reported, and the next begins right after it. Drops what is older than the retention, hourly.
 */
public final class CycleLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CycleLoop.class);
  private static final Duration RETENTION_EVERY = Duration.ofHours(1);

  /** How long {@link #close} lets the cycle under way finish, and then lets it stop in haste. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Pipeline pipeline;
  private final ToIntFunction<Instant> forget;
  private final Duration interval;
  private final Optional<Duration> retain;
  private final InstantSource clock;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;
  private volatile Optional<CycleReport> last = Optional.empty();
  private final AtomicLong cycles = new AtomicLong();
  private Instant lastRetention = Instant.MIN;
  private String retentionProblem = "";

  private CycleLoop(
      Pipeline pipeline,
      ToIntFunction<Instant> forget,
      Duration interval,
      Optional<Duration> retain,
      InstantSource clock) {
    this.pipeline = pipeline;
    this.forget = forget;
    this.interval = interval;
    this.retain = retain;
    this.clock = clock;
    thread = Thread.ofPlatform().name("cycle").unstarted(this::run);
  }

  /**
   * Starts cycling on a thread of its own, with the first cycle at once.
   *
   * @param forget drops readings older than an instant, as {@link Ingest#dropBefore}
   * @param interval from one cycle's begin to the next
   * @param retain how old readings get in the store; empty keeps them for ever
   */
  public static CycleLoop start(
      Pipeline pipeline,
      ToIntFunction<Instant> forget,
      Duration interval,
      Optional<Duration> retain,
      InstantSource clock) {
    CycleLoop loop = new CycleLoop(pipeline, forget, interval, retain, clock);
    loop.thread.start();
    return loop;
  }

  /** The last finished cycle. */
  public Optional<CycleReport> lastCycle() {
    return last;
  }

  /** How many cycles have finished. */
  public long cycles() {
    return cycles.get();
  }

  /** Each source and its state now. */
  public List<SourceState> sources() {
    return pipeline.sources();
  }

  /**
   * Begins no further cycle, waits a moment for the one under way, and then interrupts what blocks.
   */
  @Override
  public void close() {
    stop.countDown();
    try {
      if (!thread.join(PATIENCE)) {
        thread.interrupt();
        thread.join(PATIENCE.dividedBy(2));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether a cycle is under way; after {@link #close}, because not even an interrupt ends it. */
  public boolean isRunning() {
    return thread.isAlive();
  }

  private void run() {
    boolean stopped = false;
    while (!stopped) {
      long begin = System.nanoTime();
      try {
        cycle();
      } catch (RuntimeException | Error e) {
        // Whatever it is, collecting goes on: the thread that ends here ends it for good.
        LOG.error("the cycle failed; the next one tries again", e);
      }
      long left = interval.toNanos() - (System.nanoTime() - begin);
      try {
        stopped = stop.await(Math.max(0, left), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void cycle() {
    CycleReport report = pipeline.cycle(() -> stop.getCount() == 0);
    last = Optional.of(report);
    cycles.incrementAndGet();
    tell(report);
    applyRetention();
  }

  private void tell(CycleReport report) {
    String rejected = report.rejected().isEmpty() ? "" : ", rejected " + report.rejected();
    String text =
        "cycle %d: %,d readings, %,d new, %,d known%s, %,d kB in %d ms"
            .formatted(
                cycles.get(),
                report.seen(),
                report.stored(),
                report.duplicate(),
                rejected,
                report.bytes() / 1_000,
                report.duration().toMillis());
    if (report.stored() > 0 || !report.rejected().isEmpty()) {
      LOG.info(text);
    } else {
      LOG.debug(text);
    }
    if (report.duration().compareTo(interval) > 0) {
      LOG.warn(
          "the cycle took {} ms, longer than the interval of {} ms; the next follows at once",
          report.duration().toMillis(),
          interval.toMillis());
    }
  }

  private void applyRetention() {
    Instant now = clock.instant();
    if (retain.isEmpty()
        || stop.getCount() == 0
        || now.isBefore(lastRetention.plus(RETENTION_EVERY))) {
      return;
    }
    try {
      int dropped = forget.applyAsInt(now.minus(retain.get()));
      if (dropped > 0) {
        LOG.info("dropped {} days that are older than the retention", dropped);
      }
      lastRetention = now;
      retentionProblem = "";
    } catch (StoreException e) {
      String problem = String.valueOf(e.getMessage());
      if (!problem.equals(retentionProblem)) {
        LOG.warn("old readings can't be dropped, tried again each cycle: {}", problem);
        retentionProblem = problem;
      }
    }
  }
}
