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
import org.airlens.store.Distribution;
import org.airlens.store.Durability;
import org.airlens.store.ReadingFilter;
import org.airlens.store.ReadingQuery;
import org.airlens.store.ReadingSort;
import org.airlens.store.SensorSeries;
import org.airlens.store.SeriesQuery;
import org.airlens.store.Store;
import org.airlens.store.StoreSettings;
import org.airlens.store.Stores;

/** A store of AirLens's, through the storage SPI as the product uses it. */
final class AirLensCandidate implements StoreCandidate {

  private static final int MOST_POINTS = 10_000_000;

  private final String name;
  private final StoreSettings settings;
  private final Timings.Operation settling;
  private Store store;

  private AirLensCandidate(String name, StoreSettings settings, Timings.Operation settling) {
    this.name = name;
    this.settings = settings;
    this.settling = settling;
    store = Stores.open(settings);
  }

  /** The embedded store in a folder. */
  static AirLensCandidate embedded(Path dataDir, Durability durability) {
    return new AirLensCandidate(
        "embedded (" + durability.name().toLowerCase(Locale.ROOT) + ")",
        new StoreSettings("embedded:", dataDir, durability, OptionalInt.empty()),
        () -> {});
  }

  /** The PostgreSQL store in a place of the server's. */
  static AirLensCandidate postgres(PostgresServer.Place place, Path dataDir) {
    return new AirLensCandidate(
        "store-postgres",
        new StoreSettings(place.storeUri(), dataDir, Durability.POWER, OptionalInt.empty()),
        place::vacuum);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void write(List<Reading> batch) {
    store.writer().write(batch);
  }

  @Override
  public void settle() throws Exception {
    settling.run();
  }

  @Override
  public boolean rollUp() {
    return store.rollUp(Duration.ZERO);
  }

  @Override
  public int latest() {
    return store.readings().latest().size();
  }

  @Override
  public Answer series(long sensorId, Instant from, Instant to, Duration bucket) {
    return series(
        ReadingFilter.all().withSensorIds(Set.of(sensorId)).between(from, to), bucket, false);
  }

  @Override
  public Answer series(String country, Instant from, Instant to, Duration bucket) {
    return series(
        ReadingFilter.all().withCountries(Set.of(country)).between(from, to), bucket, true);
  }

  private Answer series(ReadingFilter filter, Duration bucket, boolean tellsSensor) {
    SeriesQuery query =
        new SeriesQuery(
            filter.withMeasure(Measures.P2),
            Optional.of(bucket),
            Aggregate.MEAN,
            OptionalLong.empty(),
            MOST_POINTS);
    Answer.Collector answer = new Answer.Collector();
    for (SensorSeries series : store.series().series(query).series()) {
      for (int i = 0; i < series.values().length; i++) {
        if (tellsSensor) {
          answer.add(series.sensorId());
        }
        answer.add(series.epochSeconds()[i]);
        answer.add(series.values()[i]);
      }
    }
    return answer.answer();
  }

  @Override
  public Answer table(String country, Instant from, Instant to) {
    Answer.Collector answer = new Answer.Collector();
    try (Stream<Reading> rows =
        store
            .readings()
            .find(
                new ReadingQuery(
                    ReadingFilter.all().withCountries(Set.of(country)).between(from, to),
                    ReadingSort.NEWEST_FIRST,
                    Optional.empty(),
                    OptionalLong.of(1000)))) {
      rows.forEach(reading -> {
        answer.add(reading.timestamp().getEpochSecond());
        answer.add(reading.sensor().id());
        answer.add(reading.aqi().isPresent() ? reading.aqi().getAsInt() : Double.NaN);
        MEASURES.forEach(measure -> answer.add(reading.values().get(measure).orElse(Double.NaN)));
      });
    }
    return answer.answer();
  }

  @Override
  public Answer stats(Instant from, Instant to) {
    Distribution found =
        store.series().distribution(ReadingFilter.all().withMeasure(Measures.P2).between(from, to));
    return new Answer(
        new double[] {
          found.count(),
          found.min().orElse(Double.NaN),
          found.mean().orElse(Double.NaN),
          found.max().orElse(Double.NaN),
          found.quantile(QUANTILE).orElse(Double.NaN),
          found.sensors()
        });
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
