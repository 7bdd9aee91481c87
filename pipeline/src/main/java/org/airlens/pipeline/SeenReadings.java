package org.airlens.pipeline;

import com.carrotsearch.hppc.LongHashSet;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.airlens.model.Identifiers;
import org.airlens.store.ReadingReader;

/**
 * Which identities (sensor, timestamp) the store has. An hour is read from the store when it is
 * first asked for, so that this holds across restarts; the hours asked for longest ago are dropped
 * beyond a number of identities. What was added counts as seen at once and is decided on later: it
 * stays with {@link #keep} and goes with {@link #undo}. Looking up what is known allocates nothing.
 * Not thread-safe.
 */
final class SeenReadings {

  private static final int SECONDS = 3_600;

  /** About 16 bytes each. */
  private static final long MAX_IDENTITIES = 3_000_000;

  /** An hour with hardly any identities takes the room of so many. */
  private static final int HOUR_OVERHEAD = 16;

  static {
    // Sensor and second of the hour fit one long.
    if (Identifiers.MAX_ID > Long.MAX_VALUE / SECONDS - 1) {
      throw new AssertionError("ids are too large to pack");
    }
  }

  private final ReadingReader store;
  private final long maxIdentities;
  private final Map<Long, LongHashSet> hours = new LinkedHashMap<>(16, 0.75f, true);

  /** By hour what was added and is not decided on: the store can't tell it when asked again. */
  private final Map<Long, LongHashSet> undecided = new HashMap<>();

  private long size;
  private long currentHour = Long.MIN_VALUE;
  private LongHashSet current = new LongHashSet();

  SeenReadings(ReadingReader store) {
    this(store, MAX_IDENTITIES);
  }

  SeenReadings(ReadingReader store, long maxIdentities) {
    this.store = store;
    this.maxIdentities = maxIdentities;
  }

  /**
   * Notes an identity; false when it was there.
   *
   * @throws org.airlens.store.StoreException when the store can't say what it has
   */
  boolean add(long sensorId, long epochSecond) {
    long hour = Math.floorDiv(epochSecond, SECONDS);
    long identity = sensorId * SECONDS + Math.floorMod(epochSecond, SECONDS);
    if (hour != currentHour) {
      enter(hour);
    }
    if (!current.add(identity)) {
      return false;
    }
    size++;
    undecided.computeIfAbsent(hour, _ -> new LongHashSet()).add(identity);
    makeRoom();
    return true;
  }

  /** What was added since the last decision is in the store now. */
  void keep() {
    undecided.clear();
  }

  /**
   * What was added since the last decision is as good as not in the store: it counts as new when it
   * comes again. Some of it may be there; writing it again changes nothing.
   */
  void undo() {
    undecided.forEach((hour, added) -> {
      LongHashSet seen = hours.get(hour);
      if (seen != null) {
        size -= seen.removeAll(added);
      }
    });
    undecided.clear();
  }

  /** What is held: identities, and what the hours take besides. */
  long size() {
    return size;
  }

  private void enter(long hour) {
    LongHashSet seen = hours.get(hour);
    if (seen == null) {
      seen = load(hour);
      hours.put(hour, seen);
      size += seen.size() + HOUR_OVERHEAD;
    }
    current = seen;
    currentHour = hour;
    makeRoom();
  }

  private LongHashSet load(long hour) {
    LongHashSet seen = new LongHashSet();
    store.identities(
        Instant.ofEpochSecond(hour * SECONDS),
        Instant.ofEpochSecond((hour + 1) * SECONDS),
        (sensorId, epochSecond) ->
            seen.add(sensorId * SECONDS + Math.floorMod(epochSecond, SECONDS)));
    LongHashSet added = undecided.get(hour);
    if (added != null) {
      seen.addAll(added);
    }
    return seen;
  }

  /** Drops hours, but never the current one: it was touched last. */
  private void makeRoom() {
    if (size <= maxIdentities) {
      return;
    }
    Iterator<LongHashSet> oldest = hours.values().iterator();
    for (int left = hours.size(); size > maxIdentities && left > 1; left--) {
      size -= oldest.next().size() + HOUR_OVERHEAD;
      oldest.remove();
    }
  }
}
