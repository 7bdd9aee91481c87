package org.airlens.store.lake;

import static org.airlens.model.TestReadings.NOON;
import static org.airlens.model.TestReadings.climate;
import static org.airlens.model.TestReadings.dust;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.airlens.model.Measures;
import org.airlens.model.Reading;
import org.airlens.store.Aggregate;
import org.airlens.store.ReadingChanges;
import org.airlens.store.ReadingFilter;
import org.airlens.store.ReadingQuery;
import org.airlens.store.ReadingSort;
import org.airlens.store.SeriesQuery;
import org.airlens.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** New versions, and which of a version's files are read. */
class LakeVersionsTest {

  private static final Duration DAY = Duration.ofDays(1);

  @TempDir Path folder;

  @Test
  void readsTheFilesOfTheDaysMakesAndSensorsAskedForAndNoOthers() throws IOException {
    try (LakeWriter writer = new LakeWriter(folder)) {
      Reading wanted = dust(1, NOON, 1, 1);
      Reading otherDay = dust(1, NOON.plus(DAY), 2, 2);
      Reading otherMake = climate(2, NOON, 3, 3);
      writer.write(List.of(wanted, otherDay, otherMake));
      try (LakeStore store = open()) {
        assertThat(find(store, ReadingFilter.all())).hasSize(3);
        delete(LakeWriter.slot(otherDay));
        delete(LakeWriter.slot(otherMake));

        ReadingFilter day = ReadingFilter.all().between(NOON, NOON.plus(Duration.ofHours(1)));
        assertThat(find(store, day.withSensorTypes(Set.of("SDS011")))).containsExactly(wanted);
        assertThat(find(store, day.withSensorIds(Set.of(1L)))).containsExactly(wanted);
        assertThat(find(store, day.withLocationIds(Set.of(1001L)))).containsExactly(wanted);
        assertThat(store.series().series(hourly(day.withSensorIds(Set.of(1L)))).series())
            .hasSize(1);
        assertThatThrownBy(() -> find(store, day))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("can't find readings")
            .hasMessageContaining("sensor_type=dht22");
      }
    }
  }

  @Test
  void aQuestionAfterANewVersionIsAnsweredFromIt() {
    try (LakeWriter writer = new LakeWriter(folder)) {
      writer.write(List.of(dust(1, NOON, 1, 1)));
      try (LakeStore store = open()) {
        assertThat(store.status().description()).isEqualTo("lake:%s, version 2", folder);
        writer.write(List.of(dust(2, NOON.plus(DAY), 1, 1)));

        assertThat(store.readings().latest()).hasSize(2);
        assertThat(store.readings().newest()).contains(NOON.plus(DAY));
        assertThat(store.status().readings()).isEqualTo(2);
        assertThat(store.status().description()).endsWith(", version 3");
      }
    }
  }

  @Test
  void aListMayHoldRemarks() throws IOException {
    try (LakeWriter writer = new LakeWriter(folder)) {
      writer.write(List.of(dust(1, NOON, 1, 1)));
      Path versions = folder.resolve(LakeLayout.VERSIONS);
      String list = Files.readString(versions.resolve(LakeLayout.list(2)));
      Files.writeString(versions.resolve(LakeLayout.list(3)), "# standard=uk-daqi\n" + list);
      try (LakeStore store = open()) {
        assertThat(store.status().description()).endsWith(", version 3");
        assertThat(find(store, ReadingFilter.all())).containsExactly(dust(1, NOON, 1, 1));
      }
    }
  }

  @Test
  void whoFollowsLearnsTheNewestReadingsOfANewVersion() throws InterruptedException {
    try (LakeWriter writer = new LakeWriter(folder)) {
      writer.write(List.of(dust(1, NOON, 1, 1)));
      try (LakeStore store = open()) {
        Told told = new Told();
        try (var _ = store.changes().orElseThrow().follow(told)) {
          writer.write(List.of(dust(1, NOON.plus(DAY), 2, 2), dust(2, NOON, 1, 1)));

          assertThat(told.latest.poll(60, TimeUnit.SECONDS))
              .containsExactly(dust(1, NOON.plus(DAY), 2, 2), dust(2, NOON, 1, 1));
        }
      }
    }
  }

  private static final class Told implements ReadingChanges.Listener {

    private final BlockingQueue<List<Reading>> latest = new LinkedBlockingQueue<>();

    @Override
    public void written(List<Reading> readings) {
      throw new AssertionError("a version is not told one by one");
    }

    @Override
    public void missed(List<Reading> readings) {
      latest.add(readings);
    }
  }

  @Test
  void aListingGoesOnWhileItsFilesAreReplaced() {
    List<Reading> readings =
        IntStream.range(0, 40)
            .boxed()
            .flatMap(day ->
                LongStream.rangeClosed(1, 300)
                    .mapToObj(sensor -> dust(sensor, NOON.minus(DAY.multipliedBy(day)), day, 1)))
            .toList();
    for (ReadingSort sort : List.of(ReadingSort.NEWEST_FIRST, new ReadingSort(Measures.P1, true))) {
      try (LakeWriter writer = new LakeWriter(folder.resolve(sort.key()))) {
        writer.write(readings);
        try (LakeStore store =
                LakeStore.open("lake:" + folder.resolve(sort.key()), Optional.empty());
            Stream<Reading> found =
                store
                    .readings()
                    .find(
                        new ReadingQuery(
                            ReadingFilter.all(), sort, Optional.empty(), OptionalLong.empty()))) {
          Iterator<Reading> listing = found.iterator();
          List<Reading> listed = new ArrayList<>(List.of(listing.next()));
          // Twice the same: no file of the version that the listing began with is left.
          writer.write(readings);
          writer.write(readings);
          listing.forEachRemaining(listed::add);

          assertThat(listed).hasSameSizeAs(readings).doesNotHaveDuplicates();
        }
      }
    }
  }

  @Test
  void aVersionThatCantBeReadLeavesTheFormerAndIsToldInTheStatus() throws IOException {
    try (LakeWriter writer = new LakeWriter(folder)) {
      writer.write(List.of(dust(1, NOON, 1, 1)));
      try (LakeStore store = open()) {
        Path list = folder.resolve(LakeLayout.VERSIONS).resolve(LakeLayout.list(3));
        Files.writeString(list, "commit=1/day=2018-12-20/sensor_type=gone\n");

        assertThat(find(store, ReadingFilter.all())).containsExactly(dust(1, NOON, 1, 1));
        assertThat(store.status().problem().orElseThrow())
            .contains("00000003.txt names the folder")
            .contains("sensor_type=gone, which is missing");

        Files.delete(list);
        assertThat(store.status().problem()).isEmpty();
      }
    }
  }

  @Test
  void filesFromBeforeAMeasureWasKnownHaveNoColumnForIt() {
    Set<String> older = new HashSet<>(Columns.all().keySet());
    older.removeAll(Set.of("co2_ppm", "humidity"));
    Reading old = climate(1, NOON, 4.5, 80);
    try (LakeWriter writer = new LakeWriter(folder, older)) {
      writer.write(List.of(old));
      try (LakeStore store = open()) {
        ReadingFilter humidity = ReadingFilter.all().withMeasure("humidity");
        assertThat(find(store, ReadingFilter.all().withMeasure("temperature"))).hasSize(1);
        assertThat(find(store, humidity)).isEmpty();
        assertThat(store.series().distribution(humidity).count()).isZero();
        assertThat(store.readings().measures()).contains("humidity");
      }
    }
  }

  private LakeStore open() {
    return LakeStore.open("lake:" + folder, Optional.empty());
  }

  private static SeriesQuery hourly(ReadingFilter filter) {
    return new SeriesQuery(
        filter.withMeasure(Measures.P1),
        Optional.of(Duration.ofHours(1)),
        Aggregate.MEAN,
        OptionalLong.empty(),
        1_000);
  }

  private static List<Reading> find(LakeStore store, ReadingFilter filter) {
    try (Stream<Reading> found = store.readings().find(ReadingQuery.of(filter))) {
      return found.toList();
    }
  }

  /** Deletes a partition's files, whatever commit wrote them. */
  private void delete(String slot) throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve(LakeLayout.DATA))) {
      List<Path> files =
          all.filter(file -> Files.isRegularFile(file) && file.toString().contains(slot)).toList();
      assertThat(files).isNotEmpty();
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }
}
