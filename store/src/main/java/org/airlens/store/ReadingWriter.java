package org.airlens.store;

import java.util.List;
import org.airlens.model.Reading;

/** Keeps readings. */
public interface ReadingWriter {

  /**
   * Keeps a batch: when this returns, all of it is durable and visible to queries. Idempotent: a
   * reading whose identity (sensor, timestamp) is there already replaces the former one, so that
   * writing it twice changes nothing; within a batch the last one of an identity stays. After an
   * exception any part of the batch may have been kept, and writing it again is safe. A measure
   * that the store has no room for, or whose name is not acceptable to {@link
   * org.airlens.model.Measures#isAcceptableName}, is left out of the reading, which is kept.
   *
   * @throws StoreException when the store can't keep it
   */
  void write(List<Reading> batch);
}
