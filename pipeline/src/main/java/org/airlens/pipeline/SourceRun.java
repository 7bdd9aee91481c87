package org.airlens.pipeline;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.airlens.collect.DeadLetters;
import org.airlens.collect.EntrySink;
import org.airlens.collect.FeedContent;
import org.airlens.collect.Fetch;
import org.airlens.collect.Rejection;
import org.airlens.collect.Source;
import org.airlens.collect.SourceException;
import org.airlens.collect.feed.FeedParser;
import org.airlens.model.Reading;
import org.airlens.pipeline.SourceState.Health;
import org.airlens.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One source's part of every cycle. Used by one thread at a time. */
final class SourceRun implements EntrySink {

  /** So many readings are held at once, whatever a source delivers. */
  static final int BATCH = 25_000;

  private static final Logger LOG = LoggerFactory.getLogger(SourceRun.class);

  private final Source source;
  private final FeedParser parser;
  private final Ingest ingest;
  private final DeadLetters deadLetters;
  private final InstantSource clock;
  private final List<Reading> batch = new ArrayList<>();
  private final List<Runnable> durable = new ArrayList<>();
  private CycleCounts counts = new CycleCounts();
  private volatile SourceState state;

  SourceRun(Source source, Ingest ingest, DeadLetters deadLetters, InstantSource clock) {
    this.source = source;
    this.ingest = ingest;
    this.deadLetters = deadLetters;
    this.clock = clock;
    parser = new FeedParser(clock);
    state = SourceState.unasked(source.name());
  }

  SourceState state() {
    return state;
  }

  /** Reads what the source has for one cycle, until told to stop. */
  CycleCounts cycle(BooleanSupplier stopping) {
    counts = new CycleCounts();
    batch.clear();
    durable.clear();
    try {
      drain(stopping);
    } catch (SourceException e) {
      failed(String.valueOf(e.getMessage()));
    } catch (StoreException e) {
      failed("the store can't keep readings: " + e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("cycle of {}", source.name(), e);
      failed("unexpected: " + e);
    }
    return counts;
  }

  private void drain(BooleanSupplier stopping) throws SourceException {
    try {
      for (int taken = 0; taken < source.contentsPerCycle() && !stopping.getAsBoolean(); taken++) {
        switch (source.fetch()) {
          case Fetch.Content(FeedContent feed) -> read(feed);
          case Fetch.Unchanged unchanged -> {
            flush();
            succeeded(Health.OK);
            return;
          }
          case Fetch.Finished finished -> {
            flush();
            succeeded(Health.FINISHED);
            return;
          }
          case Fetch.Wait(var pause, String reason) -> {
            flush();
            waits("%s; asks again in %d s".formatted(reason, Math.max(1, pause.toSeconds())));
            return;
          }
        }
      }
    } catch (SourceException e) {
      flush(); // What came before is good.
      throw e;
    }
    boolean delivered = !durable.isEmpty();
    flush();
    if (delivered && counts.problem == null) {
      succeeded(Health.OK);
    }
  }

  private void read(FeedContent feed) {
    try (feed) {
      counts.bytes += parser.parse(feed.name(), feed.body(), this).bytes();
      durable.add(feed::acknowledge);
    } catch (IOException e) {
      durable.add(feed::abandon);
      failed("%s breaks off: %s".formatted(feed.name(), e.getMessage()));
    }
    if (batch.size() >= BATCH) {
      flush();
    }
  }

  @Override
  public void reading(Reading reading) {
    counts.seen++;
    counts.newestSecond = Math.max(counts.newestSecond, reading.timestamp().getEpochSecond());
    batch.add(reading);
    if (batch.size() >= 2 * BATCH) {
      store();
    }
  }

  @Override
  public void rejected(Rejection rejection) {
    counts.rejected(rejection.reason());
    deadLetters.keep(rejection);
  }

  private void flush() {
    store();
    durable.forEach(Runnable::run);
    durable.clear();
  }

  private void store() {
    if (!batch.isEmpty()) {
      counts.taken(ingest.take(List.copyOf(batch)));
      batch.clear();
    }
  }

  private void succeeded(Health health) {
    if (counts.problem == null) {
      recovered();
      state =
          new SourceState(source.name(), health, Optional.of(clock.instant()), Optional.empty());
    }
  }

  private void waits(String reason) {
    state =
        new SourceState(source.name(), Health.WAITING, state.lastSuccess(), Optional.of(reason));
  }

  private void failed(String problem) {
    counts.failed(problem);
    Optional<Instant> lastSuccess = state.lastSuccess();
    if (state.problem().filter(problem::equals).isEmpty()) {
      LOG.warn("{}", problem); // Said once, and again only when it changes.
    }
    state = new SourceState(source.name(), Health.FAILING, lastSuccess, Optional.of(problem));
  }

  private void recovered() {
    if (state.health() == Health.FAILING) {
      LOG.info("{} delivers again", source.name());
    }
  }
}
