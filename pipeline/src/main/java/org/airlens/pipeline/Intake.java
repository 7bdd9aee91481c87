package org.airlens.pipeline;

import java.io.InputStream;
import java.util.Optional;

/** What becomes of a source's documents. Used by one thread at a time. */
interface Intake {

  /**
   * Begins a cycle: what the former one took and did not settle is forgotten.
   *
   * @param counts takes what this cycle counts
   */
  void begin(CycleCounts counts);

  /** Whether it can take a further document now. */
  default boolean hasRoom() {
    return true;
  }

  /**
   * Takes a document as far as it goes; some of it may be durable already.
   *
   * @return why it can't be read to its end, empty when it was
   * @throws org.airlens.store.StoreException when it can't be kept
   */
  Optional<String> take(String name, InputStream body);

  /**
   * Makes durable what was taken.
   *
   * @throws org.airlens.store.StoreException when it can't be kept
   */
  void settle();
}
