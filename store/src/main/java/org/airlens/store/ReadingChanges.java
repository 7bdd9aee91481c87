package org.airlens.store;

import java.util.List;
import org.airlens.model.Reading;

/** Tells of readings that other processes write to a store they share with this one. */
public interface ReadingChanges {

  /**
   * A listener learns of a reading at most so long after it was written, while the store answers.
   */
  int MAX_LAG_SECONDS = 2;

  /**
   * Calls the listener, from now on and until closed, for all that is written. While the store
   * can't be reached it goes on trying, and then tells what was written meanwhile.
   *
   * @throws StoreException when the store can't answer
   */
  Following follow(Listener listener);

  /** Learns what was written: one call at a time, in the order of writing. */
  interface Listener {

    /**
     * These readings are new, or replaced others. Each is told once, unless it is replaced again.
     */
    void written(List<Reading> readings);

    /**
     * So much was written that it was not told one by one: these are the newest readings of all
     * sensors now.
     */
    void missed(List<Reading> latest);
  }

  /** Ends the listening when closed; a call under way still ends. */
  interface Following extends AutoCloseable {
    @Override
    void close();
  }
}
