package org.airlens.store.live;

import java.util.List;
import java.util.Optional;
import org.airlens.model.Reading;

/** A ring of the readings numbered last. Not thread-safe. */
final class RecentReadings {

  private final Reading[] ring;
  private final long firstId;
  private long lastId;

  /**
   * Makes an empty ring; its memory is claimed at once.
   *
   * @param capacity how many readings it holds at most
   * @param lastId the number before the first reading's
   */
  RecentReadings(int capacity, long lastId) {
    this.ring = new Reading[capacity];
    this.firstId = lastId + 1;
    this.lastId = lastId;
  }

  /** The number of the newest reading; the one it began with when there is none. */
  long lastId() {
    return lastId;
  }

  /** Numbers the readings, forgetting the oldest ones for them. Returns the first one's number. */
  long add(List<Reading> readings) {
    long first = lastId + 1;
    for (Reading reading : readings) {
      lastId++;
      ring[slot(lastId)] = reading;
    }
    return first;
  }

  /**
   * The readings with a higher number, ascending; the first one's is {@code id + 1}. Empty when not
   * all of them are held any more, or when the number was never given. O(result).
   */
  Optional<List<Reading>> since(long id) {
    long oldest = Math.max(firstId, lastId - ring.length + 1);
    if (id < oldest - 1 || id > lastId) {
      return Optional.empty();
    }
    Reading[] copy = new Reading[(int) (lastId - id)];
    int from = slot(id + 1);
    int upToEnd = Math.min(copy.length, ring.length - from);
    System.arraycopy(ring, from, copy, 0, upToEnd);
    System.arraycopy(ring, 0, copy, upToEnd, copy.length - upToEnd);
    return Optional.of(List.of(copy));
  }

  private int slot(long id) {
    return (int) Math.floorMod(id, (long) ring.length);
  }
}
