package org.airlens.store.embedded;

import static org.airlens.model.TestReadings.NOON;
import static org.airlens.model.TestReadings.dust;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.airlens.model.MeasureValues;
import org.airlens.model.Reading;
import org.airlens.store.Durability;
import org.airlens.store.ReadingFilter;
import org.airlens.store.ReadingQuery;
import org.airlens.store.ReadingSort;
import org.airlens.store.SensorSummary;
import org.airlens.store.Store;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A measure gets its column when it first comes. */
class MeasureColumnsTest {

  @TempDir private Path folder;
  private Path root;

  @BeforeEach
  void nameTheStore() {
    root = folder.resolve("store");
  }

  @Test
  void aMeasureThatNeverCameHasNoColumn() throws Exception {
    try (Store store = open()) {
      store.writer().write(List.of(dust(1, NOON, 5, 3)));
      assertThat(store.readings().measures()).contains("noise_LAeq");
    }
    assertThat(Files.readString(root.resolve("measures.tsv")))
        .contains("P1")
        .doesNotContain("noise_LAeq");
  }

  @Test
  void theCataloguesMeasuresAreTakenHoweverManyOthersWereInvented() throws Exception {
    MeasureColumns columns = MeasureColumns.begin(Files.createDirectories(root));
    List<String> invented =
        IntStream.range(0, MeasureColumns.MAX_UNKNOWN).mapToObj(i -> "invented_" + i).toList();

    assertThat(columns.accepted(new LinkedHashSet<>(invented))).isEqualTo(invented);
    columns.use(columns.noted(invented));

    assertThat(columns.accepted(Set.of("one_more"))).isEmpty();
    assertThat(columns.accepted(Set.of("one_more", "noise_LAeq"))).containsExactly("noise_LAeq");
    assertThat(columns.measures()).endsWith("invented_" + (MeasureColumns.MAX_UNKNOWN - 1));
  }

  @Test
  void whoReadsWhileMeasuresComeIsNotDisturbed() throws Exception {
    try (Store store = open();
        ExecutorService threads = Executors.newSingleThreadExecutor()) {
      store.writer().write(List.of(dust(1, NOON, 5, 3)));
      AtomicBoolean done = new AtomicBoolean();
      Future<Integer> reads =
          threads.submit(() -> {
            int answers = 0;
            while (!done.get() || answers == 0) {
              assertThat(store.readings().find(everything()).toList()).isNotEmpty();
              answers++;
            }
            return answers;
          });
      for (int i = 0; i < 8; i++) {
        store.writer().write(List.of(reading(2 + i, "measure_" + i)));
      }
      done.set(true);
      assertThat(reads.get()).isPositive();
      assertThat(store.sensors().sensor(9).map(SensorSummary::newest))
          .contains(reading(9, "measure_7"));
    }
  }

  private Store open() {
    return EmbeddedStore.open(root, Durability.PROCESS, OptionalInt.empty());
  }

  private static ReadingQuery everything() {
    return new ReadingQuery(
        ReadingFilter.all(), ReadingSort.NEWEST_FIRST, Optional.empty(), OptionalLong.empty());
  }

  private static Reading reading(long sensorId, String measure) {
    Reading dust = dust(sensorId, NOON, 0, 0);
    return new Reading(
        dust.sensor(), dust.location(), NOON, MeasureValues.of(measure, 1.5), OptionalInt.empty());
  }
}
