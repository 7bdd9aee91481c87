package org.airlens.pipeline;

import java.io.IOException;
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
  static final int BATCH = 50_000;

  private static final Logger LOG = LoggerFactory.getLogger(SourceRun.class);

  private final Source source;
  private final FeedParser parser;
  private final Ingest ingest;
  private final DeadLetters deadLetters;
  private final InstantSource clock;
  private final List<Reading> batch = new ArrayList<>();
  private CycleCounts counts = new CycleCounts();
  private boolean brokeOff;
  private String told = "";
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
    try {
      drain(stopping);
    } catch (SourceException e) {
      failed(String.valueOf(e.getMessage()));
    } catch (StoreException e) {
      failed("the store can't keep readings: " + e.getMessage());
    } catch (RuntimeException | Error e) {
      // An Error, too: neither the other sources nor the next cycle may suffer for it.
      if (failed("unexpected: " + e)) {
        LOG.error("cycle of {}", source.name(), e);
      }
    }
    return counts;
  }

  private void drain(BooleanSupplier stopping) throws SourceException {
    for (int taken = 0; taken < source.contentsPerCycle() && !stopping.getAsBoolean(); taken++) {
      switch (source.fetch()) {
        case Fetch.Content(FeedContent feed) -> take(feed);
        case Fetch.Unchanged unchanged -> {
          if (!brokeOff) {
            succeeded(Health.OK);
          }
          return;
        }
        case Fetch.Finished finished -> {
          succeeded(Health.FINISHED);
          return;
        }
        case Fetch.Wait(var pause, String reason) -> {
          waits("%s; asks again in %d s".formatted(reason, Math.max(1, pause.toSeconds())));
          return;
        }
      }
    }
  }

  /**
   * Stores a content before the source is asked for more, since it would deliver the same again
   * until it has been acknowledged.
   */
  private void take(FeedContent feed) {
    Optional<String> breakOff;
    try {
      breakOff = read(feed);
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      store();
      throw e;
    }
    store(); // What came before a break is good.
    brokeOff = breakOff.isPresent();
    if (brokeOff) {
      feed.abandon();
      failed(breakOff.get());
    } else {
      feed.acknowledge();
      succeeded(Health.OK);
    }
  }

  /** Reads to the end, or to where the content breaks off and why. */
  private Optional<String> read(FeedContent feed) {
    try (feed) {
      CountedBody body = new CountedBody(feed.body());
      try {
        parser.parse(feed.name(), body, this);
      } finally {
        counts.bytes += body.bytes();
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("%s breaks off: %s".formatted(feed.name(), e.getMessage()));
    }
  }

  @Override
  public void reading(Reading reading) {
    counts.seen++;
    counts.newestSecond = Math.max(counts.newestSecond, reading.timestamp().getEpochSecond());
    batch.add(reading);
    if (batch.size() >= BATCH) {
      store();
    }
  }

  @Override
  public void rejected(Rejection rejection) {
    counts.rejected(rejection.reason());
    deadLetters.keep(rejection);
  }

  private void store() {
    if (!batch.isEmpty()) {
      counts.taken(ingest.take(List.copyOf(batch)));
      batch.clear();
    }
  }

  private void succeeded(Health health) {
    if (counts.problem != null) {
      return; // One of the cycle's contents was broken: that is what people must see.
    }
    if (!told.isEmpty()) {
      LOG.info("{} delivers again", source.name());
      told = "";
    }
    state = new SourceState(source.name(), health, Optional.of(clock.instant()), Optional.empty());
  }

  private void waits(String reason) {
    state =
        new SourceState(source.name(), Health.WAITING, state.lastSuccess(), Optional.of(reason));
  }

  /** Notes a problem; it is told once, and again only when it changes. Whether it was told now. */
  private boolean failed(String problem) {
    counts.failed(problem);
    state =
        new SourceState(source.name(), Health.FAILING, state.lastSuccess(), Optional.of(problem));
    boolean isNew = !problem.equals(told);
    if (isNew) {
      LOG.warn("{}", problem);
      told = problem;
    }
    return isNew;
  }
}
