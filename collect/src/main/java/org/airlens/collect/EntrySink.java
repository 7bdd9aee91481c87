package org.airlens.collect;

import org.airlens.model.Reading;

/** Takes what a document holds, in its order. */
public interface EntrySink {

  /** A valid reading, not indexed yet. */
  void reading(Reading reading);

  /** A record, or a value, that was not taken. */
  void rejected(Rejection rejection);
}
