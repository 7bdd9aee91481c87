package org.airlens.store.live;

import java.time.Instant;
import java.util.List;
import org.airlens.model.Reading;

/**
 * The newest reading of every sensor, in memory. Thread-safe: changes take turns; reading {@link
 * #snapshot()} never blocks, and what it returned never changes.
 */
public final class LatestView {

  private volatile LatestSnapshot current = LatestSnapshot.EMPTY;

  /**
   * Takes readings in any order. One that is not newer than what is known of its sensor changes
   * nothing; of several with the same sensor and instant the first one taken stays.
   *
   * @return whether anything changed: then, and only then, {@link #snapshot()} is another with a
   *     higher version
   */
  public synchronized boolean apply(List<Reading> readings) {
    LatestSnapshot before = current;
    LatestSnapshot after = before.with(readings);
    current = after;
    return after.version() != before.version();
  }

  /** Forgets the sensors whose newest reading is older than this instant: the store did, too. */
  public synchronized void dropBefore(Instant oldest) {
    current = current.since(oldest);
  }

  /** The view now. O(1). */
  public LatestSnapshot snapshot() {
    return current;
  }
}
