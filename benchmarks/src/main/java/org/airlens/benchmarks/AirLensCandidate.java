package org.airlens.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.airlens.model.Measures;
import org.airlens.model.Reading;
import org.airlens.store.Aggregate;
import org.airlens.store.Durability;
import org.airlens.store.ReadingFilter;
import org.airlens.store.ReadingQuery;
import org.airlens.store.ReadingSort;
import org.airlens.store.SensorSeries;
import org.airlens.store.SeriesQuery;
import org.airlens.store.Store;
import org.airlens.store.StoreSettings;
import org.airlens.store.Stores;

/** AirLens's embedded store, through the storage SPI as the product uses it. */
final class AirLensCandidate implements StoreCandidate {

  private final StoreSettings settings;
  private Store store;

  AirLensCandidate(Path dataDir, Durability durability) {
    settings = new StoreSettings("embedded:", dataDir, durability, OptionalInt.empty());
    store = Stores.open(settings);
  }

  @Override
  public String name() {
    return "embedded (" + settings.durability().name().toLowerCase(Locale.ROOT) + ")";
  }

  @Override
  public void write(List<Reading> batch) {
    store.writer().write(batch);
  }

  @Override
  public int latest() {
    return store.readings().latest().size();
  }

  @Override
  public int series(long sensorId, Instant from, Instant to) {
    return store
        .series()
        .series(
            new SeriesQuery(
                ReadingFilter.all()
                    .withMeasure(Measures.P2)
                    .withSensorIds(Set.of(sensorId))
                    .between(from, to),
                Optional.of(Duration.ofHours(1)),
                Aggregate.MEAN,
                OptionalLong.empty(),
                100_000))
        .series()
        .stream()
        .map(SensorSeries::values)
        .mapToInt(values -> values.length)
        .sum();
  }

  @Override
  public int table(String country, Instant from, Instant to) {
    try (Stream<Reading> rows =
        store
            .readings()
            .find(
                new ReadingQuery(
                    ReadingFilter.all().withCountries(Set.of(country)).between(from, to),
                    ReadingSort.NEWEST_FIRST,
                    Optional.empty(),
                    OptionalLong.of(1000)))) {
      return rows.toList().size();
    }
  }

  @Override
  public long count() {
    return store.status().readings();
  }

  @Override
  public long bytes() {
    return store.status().bytes();
  }

  @Override
  public void open() {
    store = Stores.open(settings);
  }

  @Override
  public void close() {
    store.close();
  }
}
