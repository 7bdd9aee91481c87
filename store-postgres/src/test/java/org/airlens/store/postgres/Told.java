package org.airlens.store.postgres;

import java.util.ArrayList;
import java.util.List;
import org.airlens.model.Reading;
import org.airlens.store.ReadingChanges;

/** Notes what it is told. */
final class Told implements ReadingChanges.Listener {

  private final List<Reading> written = new ArrayList<>();
  private final List<Reading> missed = new ArrayList<>();

  @Override
  public synchronized void written(List<Reading> readings) {
    written.addAll(readings);
  }

  @Override
  public synchronized void missed(List<Reading> latest) {
    missed.addAll(latest);
  }

  /** What was written, in the order it was told. */
  synchronized List<Reading> readings() {
    return List.copyOf(written);
  }

  /** The newest readings that were told instead of all. */
  synchronized List<Reading> instead() {
    return List.copyOf(missed);
  }
}
