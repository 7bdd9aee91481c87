package org.airlens.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.airlens.collect.DeadLetters;
import org.airlens.collect.archive.FolderTree;
import org.airlens.model.Reading;
import org.airlens.pipeline.backfill.Backfill;
import org.airlens.pipeline.backfill.Journal;
import org.airlens.pipeline.backfill.Selection;
import org.airlens.pipeline.engine.BackfillJob;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Spark writes into a lake, the lake's store reads as the embedded store does its own. */
class LakeStoreTest {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-25T10:00:00Z"));

  @TempDir Path folder;

  private Path archive;

  @BeforeEach
  void layOut() throws IOException {
    archive = folder.resolve("archive");
    for (String file :
        List.of(
            "2019/2019-03-02/2019-03-02_bme280_sensor_22481.csv.gz",
            "2019-01-07/2019-01-07_dht22_sensor_8555.csv",
            "2019-03-09/2019-03-09_sds011_sensor_22885.csv")) {
      Path copy = archive.resolve(file);
      Files.createDirectories(copy.getParent());
      try (var real = LakeStoreTest.class.getResourceAsStream("/archive/" + file)) {
        Files.copy(real, copy);
      }
    }
    Path other = Files.createDirectories(archive.resolve("2018-03-02"));
    Files.writeString(
        other.resolve("2018-03-02_radiation_sensor_9.csv"),
        """
        sensor_id;sensor_type;location;lat;lon;timestamp;counts;new one;dose_rate
        9;Si22G;90;48.5;9.1;2018-03-02T00:00:00;17;1;0.4
        9;Si22G;90;;;2018-03-02T00:05:00;19;2;0.5
        """);
  }

  @Test
  void answersAsTheEmbeddedStoreDoes() throws Exception {
    writeLake();
    try (Store lake = Stores.openForReading(settings("lake:" + folder.resolve("lake")));
        Store embedded = Stores.open(settings("embedded:" + folder.resolve("embedded")))) {
      load(embedded);
      for (ReadingSort sort :
          List.of(
              ReadingSort.NEWEST_FIRST,
              ReadingSort.OLDEST_FIRST,
              new ReadingSort("P2", true),
              new ReadingSort("dose_rate", false))) {
        assertThat(readings(lake, sort)).hasSizeGreaterThan(30).isEqualTo(readings(embedded, sort));
      }
      assertThat(lake.readings().latest())
          .containsExactlyInAnyOrderElementsOf(embedded.readings().latest());
      assertThat(lake.readings().measures()).isEqualTo(embedded.readings().measures());
      assertThat(lake.sensors().sensors(ReadingFilter.all(), OptionalLong.empty(), 10))
          .isEqualTo(embedded.sensors().sensors(ReadingFilter.all(), OptionalLong.empty(), 10));
      for (String measure : List.of("P1", "temperature", "aqi", "counts", "dose_rate")) {
        ReadingFilter filter = ReadingFilter.all().withMeasure(measure);
        assertSame(lake.series().distribution(filter), embedded.series().distribution(filter));
        for (Aggregate aggregate : Aggregate.values()) {
          assertSame(series(lake, filter, aggregate), series(embedded, filter, aggregate));
        }
      }
    }
  }

  private void writeLake() throws Exception {
    try (DeadLetters letters = DeadLetters.in(folder.resolve("letters"), CLOCK)) {
      BackfillJob job =
          new BackfillJob(
              archive,
              Selection.ALL,
              folder.resolve("lake").toString(),
              false,
              Optional.empty(),
              letters,
              Optional.empty(),
              () -> false);
      new SparkBackfill(TestSpark.session(), job).run();
    }
  }

  private void load(Store store) throws Exception {
    try (FolderTree tree = new FolderTree(archive);
        DeadLetters letters = DeadLetters.in(folder.resolve("others"), CLOCK)) {
      Journal journal = Journal.open(folder, tree.name(), "embedded:");
      new Backfill(tree, Selection.ALL, store, journal, letters, Backfill.Pace.of(2), CLOCK)
          .run(() -> false);
    }
  }

  private StoreSettings settings(String uri) {
    return new StoreSettings(uri, folder, Durability.PROCESS, OptionalInt.empty());
  }

  private static List<Reading> readings(Store store, ReadingSort sort) {
    try (Stream<Reading> found =
        store
            .readings()
            .find(
                new ReadingQuery(
                    ReadingFilter.all(), sort, Optional.empty(), OptionalLong.empty()))) {
      return found.toList();
    }
  }

  private static List<SensorSeries> series(Store store, ReadingFilter filter, Aggregate aggregate) {
    return store
        .series()
        .series(
            new SeriesQuery(
                filter, Optional.of(Duration.ofHours(1)), aggregate, OptionalLong.empty(), 100_000))
        .series();
  }

  private static void assertSame(Distribution actual, Distribution expected) {
    assertThat(actual.values()).isNotEmpty().isEqualTo(expected.values());
    assertThat(actual.counts()).isEqualTo(expected.counts());
    assertThat(actual.sensors()).isEqualTo(expected.sensors());
  }

  private static void assertSame(List<SensorSeries> actual, List<SensorSeries> expected) {
    assertThat(ids(actual)).isNotEmpty().isEqualTo(ids(expected));
    for (int i = 0; i < actual.size(); i++) {
      assertThat(actual.get(i).epochSeconds()).isEqualTo(expected.get(i).epochSeconds());
      for (int point = 0; point < actual.get(i).values().length; point++) {
        // Sums may differ in the order of their terms.
        assertThat(actual.get(i).values()[point])
            .isCloseTo(expected.get(i).values()[point], withPercentage(1e-9));
      }
    }
  }

  private static List<Long> ids(List<SensorSeries> series) {
    List<Long> ids = new ArrayList<>();
    series.forEach(one -> {
      ids.add(one.sensorId());
      ids.add(one.locationId());
    });
    return ids;
  }
}
