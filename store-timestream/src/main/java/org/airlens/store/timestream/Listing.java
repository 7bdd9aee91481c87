package org.airlens.store.timestream;

import java.util.Iterator;
import org.airlens.model.Reading;

/** Readings in an order, fetched as they are taken. */
sealed interface Listing extends Iterator<Reading>, AutoCloseable
    permits TimeListing, ValueListing {

  /** Stops what is still running. */
  @Override
  void close();
}
