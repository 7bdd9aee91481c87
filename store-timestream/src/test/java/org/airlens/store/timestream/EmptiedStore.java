package org.airlens.store.timestream;

import java.time.Instant;
import org.airlens.store.ReadingReader;
import org.airlens.store.ReadingWriter;
import org.airlens.store.SensorDirectory;
import org.airlens.store.SeriesReader;
import org.airlens.store.Store;
import org.airlens.store.StoreStatus;

/**
 * The contract kit empties a store between facts by dropping everything, which Timestream can't:
 * here the fake forgets instead, and the store is opened anew. All else is the store's.
 */
final class EmptiedStore implements Store {

  private final FakePlace place;
  private volatile TimestreamStore store;

  EmptiedStore(FakePlace place) {
    this.place = place;
    store = place.openPlainly();
  }

  @Override
  public ReadingWriter writer() {
    return store.writer();
  }

  @Override
  public ReadingReader readings() {
    return store.readings();
  }

  @Override
  public SeriesReader series() {
    return store.series();
  }

  @Override
  public SensorDirectory sensors() {
    return store.sensors();
  }

  @Override
  public StoreStatus status() {
    return store.status();
  }

  @Override
  public int dropBefore(Instant cutoff) {
    int dropped = store.dropBefore(cutoff);
    if (cutoff.isAfter(place.fake().now())) {
      place.fake().clear();
      store.close();
      store = place.openPlainly();
    }
    return dropped;
  }

  @Override
  public void close() {
    store.close();
  }
}
