package org.airlens.store.lake;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.airlens.store.ReadingChanges;
import org.airlens.store.ReadingReader;
import org.airlens.store.ReadingWriter;
import org.airlens.store.SensorDirectory;
import org.airlens.store.SeriesReader;
import org.airlens.store.Store;
import org.airlens.store.StoreException;
import org.airlens.store.StoreStatus;

/** Readings in a lake of Parquet files that somebody else writes; to read only. Thread-safe. */
public final class LakeStore implements Store {

  private final Lake lake;
  private final LakeReadings readings;
  private final LakeSeries series;
  private final LakeSensors sensors;
  private final LakeChanges changes;

  LakeStore(Lake lake) {
    this.lake = lake;
    readings = new LakeReadings(lake);
    series = new LakeSeries(lake);
    sensors = new LakeSensors(lake);
    changes = new LakeChanges(lake);
  }

  /**
   * Opens the store.
   *
   * @param uri {@code lake:DIR}
   * @param index the folder where what was seen of the lake is kept for the next time
   * @throws StoreException when there is no lake, or it is damaged
   */
  public static LakeStore open(String uri, Optional<Path> index) {
    return new LakeStore(Lake.open(LakeAddress.parse(uri), index));
  }

  @Override
  public ReadingWriter writer() {
    throw readOnly(lake.address().description());
  }

  @Override
  public ReadingReader readings() {
    return readings;
  }

  @Override
  public SeriesReader series() {
    return series;
  }

  @Override
  public SensorDirectory sensors() {
    return sensors;
  }

  @Override
  public Optional<ReadingChanges> changes() {
    return Optional.of(changes);
  }

  @Override
  public StoreStatus status() {
    Snapshot snapshot = lake.current();
    return new StoreStatus(
        LakeAddress.SCHEME,
        "%s, version %d".formatted(lake.address().description(), snapshot.number()),
        snapshot.readings(),
        snapshot.bytes(),
        snapshot.oldest(),
        snapshot.newest(),
        lake.problem());
  }

  @Override
  public int dropBefore(Instant cutoff) {
    throw readOnly(lake.address().description());
  }

  @Override
  public void close() {
    changes.close();
    lake.close();
  }

  static StoreException readOnly(String description) {
    return new StoreException(
        ("%s can only be read, with airlens serve or airlens export; airlens backfill --engine"
                + " spark writes a lake")
            .formatted(description));
  }
}
