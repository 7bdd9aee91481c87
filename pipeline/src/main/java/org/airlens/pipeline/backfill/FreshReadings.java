package org.airlens.pipeline.backfill;

import com.carrotsearch.hppc.LongHashSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.airlens.model.Reading;
import org.airlens.store.ReadingReader;
import org.airlens.store.Store;

/**
 * Tells which readings of a batch are new, to the batch and to the store: of an identity (sensor,
 * timestamp) the first stays. Where the live pipeline remembers the last hours, a backfill goes
 * through years: it asks the store once for each batch, and only for the batch's own time, and
 * keeps only what both have, so that memory is bounded by the batch.
 */
public final class FreshReadings {

  private static final int SECONDS = 3_600;

  private final Map<Long, LongHashSet> batch = new HashMap<>();
  private final Map<Long, LongHashSet> known = new HashMap<>();
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;

  private FreshReadings() {}

  /**
   * Writes those of a batch that are new to the store.
   *
   * @return how many these were
   * @throws org.airlens.store.StoreException when the store can't say what it has, or keep them
   */
  public static int write(List<Reading> batch, Store store) {
    List<Reading> fresh = of(batch, store.readings());
    if (!fresh.isEmpty()) {
      store.writer().write(fresh);
    }
    return fresh.size();
  }

  /**
   * The fresh readings, in their order.
   *
   * @throws org.airlens.store.StoreException when the store can't say what it has
   */
  static List<Reading> of(List<Reading> readings, ReadingReader store) {
    FreshReadings fresh = new FreshReadings();
    List<Reading> once = fresh.once(readings);
    Optional<Instant> newest = store.newest();
    if (once.isEmpty() || newest.isEmpty() || newest.get().getEpochSecond() < fresh.first) {
      return once;
    }
    fresh.ask(store);
    return fresh.known.isEmpty() ? once : fresh.unknown(once);
  }

  private List<Reading> once(List<Reading> readings) {
    List<Reading> once = new ArrayList<>(readings.size());
    long hour = Long.MIN_VALUE;
    LongHashSet seen = new LongHashSet();
    for (Reading reading : readings) {
      long second = reading.timestamp().getEpochSecond();
      first = Math.min(first, second);
      last = Math.max(last, second);
      long itsHour = Math.floorDiv(second, SECONDS);
      if (itsHour != hour) {
        hour = itsHour;
        seen = batch.computeIfAbsent(hour, _ -> new LongHashSet());
      }
      if (seen.add(identity(reading.sensor().id(), second))) {
        once.add(reading);
      }
    }
    return once;
  }

  private void ask(ReadingReader store) {
    store.identities(
        Instant.ofEpochSecond(first),
        Instant.ofEpochSecond(last + 1),
        (sensorId, second) -> {
          LongHashSet seen = batch.get(Math.floorDiv(second, SECONDS));
          long identity = identity(sensorId, second);
          if (seen != null && seen.contains(identity)) {
            known
                .computeIfAbsent(Math.floorDiv(second, SECONDS), _ -> new LongHashSet())
                .add(identity);
          }
        });
  }

  private List<Reading> unknown(List<Reading> readings) {
    List<Reading> unknown = new ArrayList<>();
    for (Reading reading : readings) {
      long second = reading.timestamp().getEpochSecond();
      LongHashSet there = known.get(Math.floorDiv(second, SECONDS));
      if (there == null || !there.contains(identity(reading.sensor().id(), second))) {
        unknown.add(reading);
      }
    }
    return unknown;
  }

  /** Sensor and second of the hour fit one long: see {@link org.airlens.model.Identifiers}. */
  private static long identity(long sensorId, long second) {
    return sensorId * SECONDS + Math.floorMod(second, SECONDS);
  }
}
