package org.airlens.store.live;

import java.util.List;
import org.airlens.model.Reading;

/**
 * The newest reading of every sensor, in memory. One thread at a time changes it; any number read
 * {@link #snapshot()}, which never changes and never blocks.
 */
public final class LatestView {

  private volatile LatestSnapshot current = LatestSnapshot.EMPTY;

  /** Takes readings in any order; a reading older than the sensor's newest changes nothing. */
  public synchronized void apply(List<Reading> readings) {
    current = current.with(readings);
  }

  /** The view now. */
  public LatestSnapshot snapshot() {
    return current;
  }
}
