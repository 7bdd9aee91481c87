package org.airlens.pipeline;

import com.carrotsearch.hppc.LongHashSet;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.airlens.model.Identifiers;
import org.airlens.store.ReadingReader;

/**
 * Which identities (sensor, timestamp) the store has. An hour is read from the store when it is
 * first asked for, so that this holds across restarts; the hours asked for longest ago are dropped
 * beyond a number of identities. A look-up allocates nothing. Not thread-safe.
 */
final class SeenReadings {

  private static final int SECONDS = 3_600;

  /** About 16 bytes each. */
  private static final long MAX_IDENTITIES = 3_000_000;

  static {
    // Sensor and second of the hour fit one long.
    if (Identifiers.MAX_ID > Long.MAX_VALUE / SECONDS - 1) {
      throw new AssertionError("ids are too large to pack");
    }
  }

  private final ReadingReader store;
  private final long maxIdentities;
  private final Map<Long, LongHashSet> hours = new LinkedHashMap<>(16, 0.75f, true);
  private long currentHour = Long.MIN_VALUE;
  private LongHashSet current = new LongHashSet();

  SeenReadings(ReadingReader store) {
    this(store, MAX_IDENTITIES);
  }

  SeenReadings(ReadingReader store, long maxIdentities) {
    this.store = store;
    this.maxIdentities = maxIdentities;
  }

  /** Whether the store, or this since, has the identity. */
  boolean contains(long sensorId, long epochSecond) {
    return hour(epochSecond).contains(packed(sensorId, epochSecond));
  }

  /** Notes an identity; false when it was there. */
  boolean add(long sensorId, long epochSecond) {
    return hour(epochSecond).add(packed(sensorId, epochSecond));
  }

  /** Forgets everything, to ask the store again: after a write failed, only it knows. */
  void forget() {
    hours.clear();
    currentHour = Long.MIN_VALUE;
    current = new LongHashSet();
  }

  private LongHashSet hour(long epochSecond) {
    long hour = Math.floorDiv(epochSecond, SECONDS);
    if (hour != currentHour) {
      LongHashSet seen = hours.get(hour);
      if (seen == null) {
        seen = load(hour);
        makeRoom();
        hours.put(hour, seen);
      }
      current = seen;
      currentHour = hour;
    }
    return current;
  }

  private LongHashSet load(long hour) {
    LongHashSet seen = new LongHashSet();
    store.identities(
        Instant.ofEpochSecond(hour * SECONDS),
        Instant.ofEpochSecond((hour + 1) * SECONDS),
        (sensorId, epochSecond) -> seen.add(packed(sensorId, epochSecond)));
    return seen;
  }

  private void makeRoom() {
    long identities = 0;
    for (LongHashSet seen : hours.values()) {
      identities += seen.size();
    }
    var oldest = hours.values().iterator();
    while (identities > maxIdentities && oldest.hasNext()) {
      identities -= oldest.next().size();
      oldest.remove();
    }
  }

  private static long packed(long sensorId, long epochSecond) {
    return sensorId * SECONDS + Math.floorMod(epochSecond, SECONDS);
  }
}
