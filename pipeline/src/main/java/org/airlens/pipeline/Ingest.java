package org.airlens.pipeline;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.airlens.model.Reading;
import org.airlens.store.Store;
import org.airlens.store.live.LatestView;
import org.airlens.store.live.LiveReadings;

/**
 * Index, deduplicate, write, show: what happens to every valid reading, wherever it came from.
 * Thread-safe, one batch at a time.
 */
public final class Ingest {

  private static final int MAX_SHIFT_SECONDS = 60;

  private final Store store;
  private final LatestView view;
  private final LiveReadings live;
  private final SeenReadings seen;
  private final Timer writes;

  /**
   * An ingest into a store.
   *
   * @param view shows what was stored; holds the store's newest readings already
   * @param live tells of what was stored
   */
  public Ingest(Store store, LatestView view, LiveReadings live, MeterRegistry metrics) {
    this.store = store;
    this.view = view;
    this.live = live;
    seen = new SeenReadings(store.readings());
    writes =
        Timer.builder("airlens.store.write")
            .description("Writing one batch, until it is durable and visible")
            .publishPercentileHistogram()
            .register(metrics);
  }

  /**
   * Takes a batch; when this returns, every reading of it is durable. The first of an identity
   * stays, be it in the store or in the batch.
   *
   * @throws org.airlens.store.StoreException when the store can't keep it; it may be given again
   */
  public Taken take(List<Reading> batch) {
    return take(batch, Indexing::indexed);
  }

  /**
   * Takes a batch whose readings have their index already; otherwise as {@link #take(List)}.
   *
   * @throws org.airlens.store.StoreException when the store can't keep it; it may be given again
   */
  public Taken takeIndexed(List<Reading> batch) {
    return take(batch, reading -> reading);
  }

  private synchronized Taken take(List<Reading> batch, UnaryOperator<Reading> indexing) {
    List<Reading> fresh = new ArrayList<>(batch.size());
    writing(
        fresh,
        () -> {
          for (Reading reading : batch) {
            if (seen.add(reading.sensor().id(), reading.timestamp().getEpochSecond())) {
              fresh.add(indexing.apply(reading));
            }
          }
        });
    return new Taken(fresh.size(), batch.size() - fresh.size());
  }

  /**
   * Takes readings that were timed on arrival: where a sensor has one at that second already, the
   * reading moves to the next free second, within a minute.
   *
   * @return the readings that found no free second and were not taken
   * @throws org.airlens.store.StoreException when the store can't keep them
   */
  synchronized List<Reading> takeArrivals(List<Reading> arrivals) {
    List<Reading> fresh = new ArrayList<>(arrivals.size());
    List<Reading> refused = new ArrayList<>();
    writing(
        fresh,
        () -> {
          for (Reading reading : arrivals) {
            long second = freeSecond(reading);
            if (second < 0) {
              refused.add(reading);
            } else {
              fresh.add(Indexing.indexed(at(reading, second)));
            }
          }
        });
    return refused;
  }

  /**
   * Forgets readings older than the cutoff, in the store's units, in the store and in the view.
   *
   * @return how many of the store's units were dropped
   * @throws org.airlens.store.StoreException when the store can't
   */
  public synchronized int dropBefore(Instant cutoff) {
    int dropped = store.dropBefore(cutoff);
    if (dropped > 0) {
      view.dropBefore(store.status().oldest().orElse(Instant.MAX));
    }
    return dropped;
  }

  private long freeSecond(Reading reading) {
    long first = reading.timestamp().getEpochSecond();
    for (long second = first; second <= first + MAX_SHIFT_SECONDS; second++) {
      if (seen.add(reading.sensor().id(), second)) {
        return second;
      }
    }
    return -1;
  }

  /** Collects what is fresh, makes it durable, and only then counts it as seen and shows it. */
  private void writing(List<Reading> fresh, Runnable collect) {
    boolean durable = false;
    try {
      collect.run();
      if (!fresh.isEmpty()) {
        writes.record(() -> store.writer().write(fresh));
      }
      durable = true;
    } finally {
      // Whatever went wrong, an Error too: a reading noted as seen but not kept would be lost.
      if (durable) {
        seen.keep();
      } else {
        seen.undo();
      }
    }
    if (!fresh.isEmpty()) {
      view.apply(fresh);
      live.publish(fresh);
    }
  }

  private static Reading at(Reading reading, long epochSecond) {
    return new Reading(
        reading.sensor(),
        reading.location(),
        Instant.ofEpochSecond(epochSecond),
        reading.values(),
        reading.aqi());
  }

  /**
   * What became of a batch.
   *
   * @param stored readings new to the store
   * @param duplicate readings it had already
   */
  public record Taken(long stored, long duplicate) {}
}
