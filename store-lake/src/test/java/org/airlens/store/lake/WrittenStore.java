package org.airlens.store.lake;

import java.time.Instant;
import org.airlens.store.ReadingReader;
import org.airlens.store.ReadingWriter;
import org.airlens.store.SensorDirectory;
import org.airlens.store.SeriesReader;
import org.airlens.store.Store;
import org.airlens.store.StoreStatus;

/** A lake's store for the contract kit, which must write: somebody else does. */
final class WrittenStore implements Store {

  private final Lake lake;
  private final LakeStore store;
  private final LakeWriter writer;

  WrittenStore(Lake lake, LakeWriter writer) {
    this.lake = lake;
    this.writer = writer;
    store = new LakeStore(lake);
  }

  @Override
  public ReadingWriter writer() {
    return batch -> {
      store.status(); // Says so when it is closed.
      writer.write(batch);
      lake.refreshed();
    };
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
    int days = writer.dropBefore(cutoff);
    lake.refreshed();
    return days;
  }

  @Override
  public void close() {
    store.close();
  }
}
