package org.airlens.store.timestream;

import static org.airlens.model.TestReadings.NOON;
import static org.airlens.model.TestReadings.dust;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.airlens.model.Measures;
import org.airlens.model.Reading;
import org.airlens.store.Aggregate;
import org.airlens.store.ReadingFilter;
import org.airlens.store.ReadingQuery;
import org.airlens.store.ReadingSort;
import org.airlens.store.SeriesQuery;
import org.airlens.store.Store;
import org.airlens.store.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Queries cost by what they read: what they ask for. The fake refuses one without a time. */
@SuppressWarnings("NullAway.Init") // Set before each test.
class ReadingCostTest {

  private static final Pattern RANGE =
      Pattern.compile(">= from_milliseconds\\((\\d+)\\).* < from_milliseconds\\((\\d+)\\)");

  private FakePlace place;
  private FakeTimestream fake;
  private TimestreamStore store;

  @BeforeEach
  void open() throws IOException {
    place = new FakePlace();
    fake = place.fake();
    store = place.openPlainly();
  }

  @AfterEach
  void close() {
    store.close();
    place.close();
  }

  @Test
  void theNewestHundredOfAYearCostAnHour() {
    store
        .writer()
        .write(
            LongStream.rangeClosed(1, 400)
                .mapToObj(i -> dust(1, FakePlace.NOW.minusSeconds(i), 1, 1))
                .toList());
    store.writer().write(List.of(dust(1, NOON.minusSeconds(86_400), 1, 1)));
    fake.queries().clear();

    List<Reading> found = list(ReadingSort.NEWEST_FIRST, 100);

    assertThat(found).hasSize(100);
    List<Duration> asked = reaches();
    assertThat(asked).hasSize(1);
    // An hour, and the day ahead in which nothing can be.
    assertThat(asked.getFirst()).isLessThanOrEqualTo(Duration.ofHours(26));
    assertThat(fake.queries().getLast()).endsWith(" LIMIT 100");
  }

  @Test
  void aSeriesReadsItsColumnsAndItsTime() {
    store.writer().write(List.of(dust(7, NOON, 1, 1), dust(8, NOON, 1, 1)));
    fake.queries().clear();

    store
        .series()
        .series(
            new SeriesQuery(
                ReadingFilter.all()
                    .withMeasure(Measures.P1)
                    .withSensorIds(Set.of(7L))
                    .between(NOON, NOON.plusSeconds(3_600)),
                Optional.of(Duration.ofMinutes(5)),
                Aggregate.MEAN,
                OptionalLong.empty(),
                1_000));

    String sql = fake.queries().getLast();
    assertThat(sql)
        .contains("\"sensor_id\" IN ('7')", "\"P1\"", "\"location_id\"")
        .doesNotContain("\"P2\"", "latitude", "sensor_pin", "manufacturer");
    assertThat(reaches().getLast()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void whoLeavesEarlyStopsTheQuery() {
    store
        .writer()
        .write(LongStream.rangeClosed(1, 6_000).mapToObj(id -> dust(id, NOON, 5, 5)).toList());

    try (Stream<Reading> found =
        store
            .readings()
            .find(
                new ReadingQuery(
                    ReadingFilter.all(),
                    new ReadingSort(ReadingSort.SENSOR_ID, false),
                    Optional.empty(),
                    OptionalLong.empty()))) {
      assertThat(found.iterator().next()).isEqualTo(dust(1, NOON, 5, 5));
    }

    assertThat(fake.count("CancelQuery")).isEqualTo(1);
  }

  @Test
  void aSeriesPageThatIsFullStopsTheQuery() {
    store
        .writer()
        .write(LongStream.rangeClosed(1, 6_000).mapToObj(id -> dust(id, NOON, 5, 5)).toList());

    var page =
        store
            .series()
            .series(
                new SeriesQuery(
                    ReadingFilter.all().withMeasure(Measures.P1),
                    Optional.empty(),
                    Aggregate.MEAN,
                    OptionalLong.empty(),
                    10));

    assertThat(page.series()).hasSize(10);
    assertThat(page.nextAfterSensor()).hasValue(10);
    assertThat(fake.count("CancelQuery")).isEqualTo(1);
  }

  @Test
  void moreTimeThanTheAddressAllowsIsRefused() throws IOException {
    try (FakePlace narrow = new FakePlace("create=true&max_scan=31d");
        Store store = narrow.openPlainly()) {
      ReadingFilter all = ReadingFilter.all().withMeasure(Measures.P1);

      assertThatThrownBy(() -> store.series().distribution(all))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("max_scan allows 31.0");
      assertThatThrownBy(() -> store.readings().find(ReadingQuery.of(all)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("ask for less time");
      assertThat(store.series().distribution(all.between(NOON, NOON.plusSeconds(86_400))).count())
          .isZero();
    }
  }

  @Test
  void aQuestionLongerThanTheServiceTakesIsNotSent() {
    store.writer().write(List.of(dust(1, NOON, 1, 1)));
    Set<Long> many = Set.copyOf(LongStream.range(1_000_000, 1_040_000).boxed().toList());

    assertThatThrownBy(() ->
            store
                .series()
                .distribution(ReadingFilter.all().withMeasure(Measures.P1).withSensorIds(many)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("ask for fewer sensors");
  }

  @Test
  void openingLooksBackNoFurtherThanTheAddressSays() throws IOException {
    try (FakePlace narrow = new FakePlace("create=true&lookback=2d&counted=0s")) {
      try (Store first = narrow.openPlainly()) {
        first
            .writer()
            .write(
                List.of(
                    dust(1, FakePlace.NOW.minusSeconds(3 * 86_400), 1, 1),
                    dust(2, FakePlace.NOW.minusSeconds(86_400), 2, 2),
                    dust(3, FakePlace.NOW.minusSeconds(60), 3, 3)));
      }
      narrow.fake().queries().clear();

      try (Store second = narrow.openPlainly()) {
        assertThat(second.readings().latest())
            .containsExactlyInAnyOrder(
                dust(2, FakePlace.NOW.minusSeconds(86_400), 2, 2),
                dust(3, FakePlace.NOW.minusSeconds(60), 3, 3));
        assertThat(second.status().readings()).isEqualTo(2);
        assertThat(reaches(narrow.fake()))
            .allSatisfy(reach -> assertThat(reach).isLessThanOrEqualTo(Duration.ofDays(3)));
        assertThat(found(second)).hasSize(3);
      }
    }
  }

  @Test
  void whatOtherNodesWriteIsThereWhenTheAddressSays() {
    Store other = place.openPlainly();
    store.writer().write(List.of(dust(1, NOON, 1, 1)));
    assertThat(other.readings().latest()).isEmpty();

    fake.at(fake.now().plusSeconds(60));

    assertThat(other.readings().latest()).containsExactly(dust(1, NOON, 1, 1));
    assertThat(other.readings().newest()).contains(NOON);
    store.writer().write(List.of(dust(1, NOON.plusSeconds(150), 2, 2), dust(2, NOON, 3, 3)));
    assertThat(other.readings().latest()).containsExactly(dust(1, NOON, 1, 1));

    fake.at(fake.now().plusSeconds(60));

    assertThat(other.readings().latest())
        .containsExactlyInAnyOrder(dust(1, NOON.plusSeconds(150), 2, 2), dust(2, NOON, 3, 3));
    assertThat(other.sensors().sensor(1).orElseThrow().firstSeen()).isEqualTo(NOON);
    other.close();
  }

  @Test
  void nothingIsAskedForTheNewestReadingsInBetween() {
    store.writer().write(List.of(dust(1, NOON, 1, 1)));
    fake.queries().clear();

    for (int i = 0; i < 10; i++) {
      assertThat(store.readings().latest()).hasSize(1);
      assertThat(store.readings().newest()).contains(NOON);
      assertThat(store.sensors().sensor(1)).isPresent();
    }

    assertThat(fake.queries()).isEmpty();
  }

  private List<Reading> list(ReadingSort sort, long limit) {
    try (Stream<Reading> found =
        store
            .readings()
            .find(
                new ReadingQuery(
                    ReadingFilter.all(), sort, Optional.empty(), OptionalLong.of(limit)))) {
      return found.toList();
    }
  }

  private static List<Reading> found(Store store) {
    try (Stream<Reading> found = store.readings().find(ReadingQuery.of(ReadingFilter.all()))) {
      return found.toList();
    }
  }

  private List<Duration> reaches() {
    return reaches(fake);
  }

  /** Over how much time each statement reached. */
  private static List<Duration> reaches(FakeTimestream fake) {
    return fake.queries().stream()
        .map(RANGE::matcher)
        .filter(Matcher::find)
        .map(range ->
            Duration.ofMillis(Long.parseLong(range.group(2)) - Long.parseLong(range.group(1))))
        .toList();
  }
}
