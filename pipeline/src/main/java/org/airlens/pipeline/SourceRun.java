package org.airlens.pipeline;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.airlens.collect.FeedContent;
import org.airlens.collect.Fetch;
import org.airlens.collect.Source;
import org.airlens.collect.SourceException;
import org.airlens.pipeline.SourceState.Health;
import org.airlens.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One source's part of every cycle. Used by one thread at a time. */
final class SourceRun {

  /** So many contents wait for one write. */
  private static final int UNSETTLED = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(SourceRun.class);

  private final Source source;
  private final Intake intake;
  private final InstantSource clock;
  private final List<ReadContent> unsettled = new ArrayList<>();
  private CycleCounts counts = new CycleCounts();
  private boolean brokeOff;
  private String told = "";
  private volatile SourceState state;

  /**
   * A source's part.
   *
   * @param intake takes its documents, and those of no other
   */
  SourceRun(Source source, Intake intake, InstantSource clock) {
    this.source = source;
    this.intake = intake;
    this.clock = clock;
    state = SourceState.unasked(source.name());
  }

  SourceState state() {
    return state;
  }

  /** Reads what the source has for one cycle, until told to stop. */
  CycleCounts cycle(BooleanSupplier stopping) {
    counts = new CycleCounts();
    unsettled.clear();
    intake.begin(counts);
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
    source.rewind();
    Optional<Fetch> last;
    try {
      last = readContents(stopping);
    } catch (StoreException e) {
      throw e;
    } catch (SourceException | RuntimeException | Error e) {
      settle(); // What came before is good.
      throw e;
    }
    settle();
    last.ifPresent(this::conclude);
  }

  /** Reads contents, and returns what the source said instead of a further one. */
  private Optional<Fetch> readContents(BooleanSupplier stopping) throws SourceException {
    int most = source.contentsPerCycle();
    for (int taken = 0; taken < most && !stopping.getAsBoolean() && intake.hasRoom(); taken++) {
      Fetch fetch = source.fetch();
      if (!(fetch instanceof Fetch.Content(FeedContent feed))) {
        return Optional.of(fetch);
      }
      unsettled.add(new ReadContent(feed, read(feed)));
      if (unsettled.size() >= UNSETTLED) {
        settle();
      }
    }
    return Optional.empty();
  }

  /**
   * Makes what was read durable, and then tells the source: several small contents share the cost
   * of one write.
   */
  private void settle() {
    intake.settle();
    for (ReadContent content : unsettled) {
      brokeOff = content.breakOff().isPresent();
      if (brokeOff) {
        content.feed().abandon();
        failed(content.breakOff().get());
      } else {
        content.feed().acknowledge();
        succeeded(Health.OK);
      }
    }
    unsettled.clear();
  }

  private void conclude(Fetch last) {
    switch (last) {
      case Fetch.Content content -> throw new IllegalStateException("content is read, not said");
      case Fetch.Unchanged unchanged -> {
        if (!brokeOff) {
          succeeded(Health.OK);
        }
      }
      case Fetch.Fresh fresh -> {} // Nobody was asked: it is as well as it was.
      case Fetch.Finished finished -> succeeded(Health.FINISHED);
      case Fetch.Wait(var pause, String reason) ->
          waits("%s; asks again in %d s".formatted(reason, Math.max(1, pause.toSeconds())));
    }
  }

  private Optional<String> read(FeedContent feed) {
    try (feed) {
      CountedBody body = new CountedBody(feed.body());
      try {
        return intake.take(feed.name(), body);
      } finally {
        counts.bytes += body.bytes();
      }
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

  /** A content that was read to its end, or to where it breaks off and why. */
  private record ReadContent(FeedContent feed, Optional<String> breakOff) {}
}
