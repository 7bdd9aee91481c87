package org.airlens.store.contract;

import static org.airlens.model.TestReadings.NOON;
import static org.airlens.model.TestReadings.at;
import static org.airlens.model.TestReadings.climate;
import static org.airlens.model.TestReadings.dust;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.airlens.model.BoundingBox;
import org.airlens.model.Location;
import org.airlens.model.Measure;
import org.airlens.model.Measures;
import org.airlens.model.Reading;
import org.airlens.store.PageKey;
import org.airlens.store.ReadingFilter;
import org.airlens.store.ReadingQuery;
import org.airlens.store.ReadingSort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@link org.airlens.store.ReadingReader} promises; {@link FindingProperties} has the rest.
 */
public abstract class FindingContract extends StoreContract {

  @Test
  void anEmptyStoreFindsNothing() {
    assertThat(all()).isEmpty();
    assertThat(store().readings().latest()).isEmpty();
    assertThat(store().readings().newest()).isEmpty();
    assertThat(store().status().readings()).isZero();
    assertThat(store().status().oldest()).isEmpty();
    assertThat(identities(Instant.EPOCH, NOON)).isEmpty();
  }

  @Test
  void fromIsInclusiveAndToExclusive() {
    write(dust(1, NOON.minusSeconds(1), 1, 1), dust(1, NOON, 2, 2), dust(1, later(60), 3, 3));

    assertThat(find(ReadingFilter.all().between(NOON, later(60))))
        .containsExactly(dust(1, NOON, 2, 2));
    assertThat(find(ReadingFilter.all().between(NOON, later(61)))).hasSize(2);
    assertThat(find(ReadingFilter.all().between(NOON, NOON))).isEmpty();
    assertThat(find(ReadingFilter.all().between(later(60), NOON))).isEmpty();
  }

  @Test
  void boundsMayLieBetweenSeconds() {
    write(dust(1, NOON, 1, 1), dust(1, later(1), 2, 2));

    assertThat(find(ReadingFilter.all().between(NOON.plusNanos(1), later(2))))
        .containsExactly(dust(1, later(1), 2, 2));
    assertThat(find(ReadingFilter.all().between(NOON, NOON.plusNanos(1))))
        .containsExactly(dust(1, NOON, 1, 1));
    assertThat(find(ReadingFilter.all().between(NOON, later(1).plusMillis(1)))).hasSize(2);
  }

  @Test
  void boundsMayBeAsFarAwayAsInstantsGo() {
    write(dust(1, NOON, 1, 1));

    assertThat(find(ReadingFilter.all().between(Instant.MIN, Instant.MAX))).hasSize(1);
    assertThat(find(ReadingFilter.all().between(Instant.EPOCH, Instant.EPOCH.plusSeconds(1))))
        .isEmpty();
    assertThat(
            find(ReadingFilter.all().between(Instant.parse("9999-12-31T23:59:59Z"), Instant.MAX)))
        .isEmpty();
    assertThat(identities(Instant.MIN, Instant.MAX)).hasSize(1);
  }

  @Test
  void aBoxHoldsItsEdges() {
    Reading inside = at(dust(1, NOON, 1, 1), 57.15, -2.1, "GB");
    Reading corner = at(dust(2, NOON, 1, 1), 57.0, -2.2, "GB");
    Reading beside = at(dust(3, NOON, 1, 1), 57.0, -2.2001, "GB");
    Reading above = at(dust(4, NOON, 1, 1), 57.2001, -2.1, "GB");
    write(inside, corner, beside, above);

    assertThat(find(ReadingFilter.all().withBbox(new BoundingBox(-2.2, 57, -2, 57.2))))
        .containsExactly(inside, corner);
  }

  @Test
  void aBoxMayCrossTheAntimeridian() {
    Reading west = at(dust(1, NOON, 1, 1), -17, 179.5, "FJ");
    Reading east = at(dust(2, NOON, 1, 1), -17, -179.5, "FJ");
    Reading line = at(dust(3, NOON, 1, 1), -17, 180, "FJ");
    Reading otherSide = at(dust(4, NOON, 1, 1), -17, 0, "");
    Reading beyond = at(dust(5, NOON, 1, 1), -17, -178, "");
    write(west, east, line, otherSide, beyond);

    assertThat(find(ReadingFilter.all().withBbox(new BoundingBox(179, -20, -179, -10))))
        .containsExactly(west, east, line);
  }

  @Test
  void aReadingWithoutPositionIsInNoBox() {
    Reading placed = dust(1, NOON, 1, 1);
    Reading nowhere =
        new Reading(
            dust(2, NOON, 1, 1).sensor(),
            new Location(
                5, Optional.empty(), placed.location().altitude(), "GB", false, Optional.empty()),
            NOON,
            placed.values(),
            OptionalInt.empty());
    write(placed, nowhere);

    assertThat(find(ReadingFilter.all().withBbox(new BoundingBox(-180, -90, 180, 90))))
        .containsExactly(placed);
  }

  @Test
  void nobodyHasAMeasureThatNobodySent() {
    write(dust(1, NOON, 1, 1));

    assertThat(find(ReadingFilter.all().withMeasure("unheard_of"))).isEmpty();
    assertThat(find(ReadingFilter.all().withMeasure("co2_ppm"))).isEmpty();
    assertThat(find(ReadingFilter.all().withMeasure("'; DROP TABLE readings; --"))).isEmpty();
    assertThat(all()).hasSize(1);
  }

  @Test
  void quotesInNamesAreText() {
    Reading reading = at(dust(1, NOON, 1, 1), 1, 1, "GB");
    write(reading);

    assertThat(find(ReadingFilter.all().withCountries(Set.of("' OR '1'='1")))).isEmpty();
    assertThat(find(ReadingFilter.all().withSensorTypes(Set.of("SDS011' OR 1=1 --", "\\'"))))
        .isEmpty();
    assertThat(find(ReadingFilter.all().withCountries(Set.of("GB", "x'")))).hasSize(1);
  }

  @Test
  void thousandsOfSensorsMayBeAskedForAtOnce() {
    write(dust(5_000, NOON, 1, 1), dust(20_001, NOON, 1, 1));

    assertThat(
            find(
                ReadingFilter.all()
                    .withSensorIds(Set.copyOf(LongStream.rangeClosed(1, 20_000).boxed().toList()))))
        .containsExactly(dust(5_000, NOON, 1, 1));
  }

  @Test
  void sortingByAnUnknownMeasureListsAllNewestFirst() {
    write(dust(1, NOON, 1, 1), dust(2, later(5), 1, 1), dust(3, NOON, 1, 1));

    for (boolean descending : new boolean[] {false, true}) {
      assertThat(ids(new ReadingSort("unheard_of", descending))).containsExactly(2L, 1L, 3L);
    }
  }

  @Test
  void readingsWithoutTheMeasureComeLastInBothDirections() {
    write(
        climate(1, later(9), 1, 1),
        dust(2, NOON, 5, 5),
        dust(3, NOON, 7, 7),
        dust(4, later(1), 5, 5),
        climate(5, later(10), 1, 1));

    assertThat(ids(new ReadingSort(Measures.P1, false))).containsExactly(4L, 2L, 3L, 5L, 1L);
    assertThat(ids(new ReadingSort(Measures.P1, true))).containsExactly(3L, 4L, 2L, 5L, 1L);
  }

  @Test
  void theIndexSortsLikeAMeasure() {
    write(
        dust(1, NOON, 1, 1).withAqi(OptionalInt.of(3)),
        dust(2, NOON, 1, 1).withAqi(OptionalInt.of(10)),
        dust(3, NOON, 1, 1),
        dust(4, NOON, 1, 1).withAqi(OptionalInt.of(2)));

    assertThat(ids(new ReadingSort(Measures.AQI, true))).containsExactly(2L, 1L, 4L, 3L);
    assertThat(ids(new ReadingSort(Measures.AQI, false))).containsExactly(4L, 1L, 2L, 3L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"timestamp", "sensor_id", "location_id", "P1", "aqi", "unheard_of"})
  void pagesMeetWithoutGapOrDoubleWhileTheStoreGrows(String key) {
    List<Reading> before =
        IntStream.range(0, 60)
            .mapToObj(i ->
                i % 4 == 0 ? climate(i, later(i / 10), 1, 1) : dust(i, later(i / 10), i % 3, 1))
            .toList();
    store().writer().write(before);
    for (boolean descending : new boolean[] {false, true}) {
      ReadingSort sort = new ReadingSort(key, descending);
      List<Reading> listed = new ArrayList<>();
      Optional<PageKey> after = Optional.empty();
      for (long grown = 1000; ; grown++) {
        List<Reading> page =
            find(new ReadingQuery(ReadingFilter.all(), sort, after, OptionalLong.of(7)));
        listed.addAll(page);
        if (page.size() < 7) {
          break;
        }
        after = Optional.of(PageKey.of(page.getLast(), sort));
        write(dust(grown, NOON.minusSeconds(grown), 0, 0), dust(grown, later(grown), 9, 9));
      }
      assertThat(listed).doesNotHaveDuplicates();
      assertThat(listed.stream().filter(before::contains).toList())
          .containsExactlyInAnyOrderElementsOf(before)
          .isSortedAccordingTo((one, other) ->
              new PageOrder(sort).compare(PageKey.of(one, sort), PageKey.of(other, sort)));
    }
  }

  @Test
  void valuesOfAnySizeSortAndPage() {
    double[] ascending = {-1.7e308, -1e9, -0.5, 0.0, 1e-5, 0.1, 1e9 + 0.25, 1e17, 1.7e308};
    for (int i = 0; i < ascending.length; i++) {
      write(dust(1 + i, NOON, ascending[i], 1));
    }
    for (boolean descending : new boolean[] {false, true}) {
      ReadingSort sort = new ReadingSort(Measures.P1, descending);
      List<Long> listed = new ArrayList<>();
      Optional<PageKey> after = Optional.empty();
      do {
        List<Reading> page =
            find(new ReadingQuery(ReadingFilter.all(), sort, after, OptionalLong.of(2)));
        page.forEach(reading -> listed.add(reading.sensor().id()));
        after = page.isEmpty() ? Optional.empty() : Optional.of(PageKey.of(page.getLast(), sort));
      } while (after.isPresent());

      List<Long> expected = LongStream.rangeClosed(1, ascending.length).boxed().toList();
      assertThat(listed).isEqualTo(descending ? expected.reversed() : expected);
    }
  }

  @Test
  void aListingCrossesYearsWithoutReadings() {
    Reading longAgo = dust(1, Instant.parse("2015-01-01T00:00:00Z"), 1, 1);
    Reading between = dust(2, Instant.parse("2017-02-28T23:59:59Z"), 1, 1);
    write(longAgo, between, dust(3, NOON, 1, 1), dust(3, later(1), 1, 1));

    assertThat(ids(ReadingSort.NEWEST_FIRST)).containsExactly(3L, 3L, 2L, 1L);
    assertThat(ids(ReadingSort.OLDEST_FIRST)).containsExactly(1L, 2L, 3L, 3L);
    assertThat(find(ReadingFilter.all().withSensorIds(Set.of(1L)))).containsExactly(longAgo);
    assertThat(
            find(
                new ReadingQuery(
                    ReadingFilter.all(),
                    ReadingSort.NEWEST_FIRST,
                    Optional.of(PageKey.of(between, ReadingSort.NEWEST_FIRST)),
                    OptionalLong.of(1))))
        .containsExactly(longAgo);
  }

  @Test
  void listsFarMoreReadingsOfOneInstantAndOneValueThanAnyPageHolds() {
    int sensors = 45_000;
    store()
        .writer()
        .write(LongStream.rangeClosed(1, sensors).mapToObj(id -> dust(id, NOON, 5, 5)).toList());

    for (ReadingSort sort :
        List.of(
            ReadingSort.NEWEST_FIRST,
            ReadingSort.OLDEST_FIRST,
            new ReadingSort(ReadingSort.SENSOR_ID, false),
            new ReadingSort(Measures.P1, true),
            new ReadingSort("humidity", true))) {
      assertThat(ids(sort)).as(sort.key()).hasSize(sensors).isSorted().startsWith(1L);
    }
    assertThat(ids(new ReadingSort(ReadingSort.SENSOR_ID, true)).getFirst()).isEqualTo(sensors);
  }

  @Test
  void aStreamCanBeLeftEarly() {
    store()
        .writer()
        .write(LongStream.rangeClosed(1, 1000).mapToObj(id -> dust(id, NOON, 5, 5)).toList());

    try (Stream<Reading> found = store().readings().find(ReadingQuery.of(ReadingFilter.all()))) {
      assertThat(found.iterator().next()).isEqualTo(dust(1, NOON, 5, 5));
    }

    write(dust(1, later(1), 6, 6));
    assertThat(store().readings().newest()).contains(later(1));
  }

  @Test
  void visitsEachIdentityOfATimeOnce() {
    write(dust(1, NOON, 1, 1), dust(2, NOON, 1, 1), dust(1, later(3600), 1, 1));
    write(dust(1, NOON, 2, 2));

    assertThat(identities(NOON, later(3600)))
        .containsExactlyInAnyOrder(
            new Identity(1, NOON.getEpochSecond()), new Identity(2, NOON.getEpochSecond()));
    assertThat(identities(NOON, later(3601))).hasSize(3);
    assertThat(identities(later(1), later(3600))).isEmpty();
  }

  @Test
  void measuresBeginWithTheCatalogueAndDoNotHoldTheIndex() {
    assertThat(store().readings().measures())
        .startsWith(
            Measures.all().stream()
                .map(Measure::name)
                .filter(name -> !name.equals(Measures.AQI))
                .toArray(String[]::new))
        .doesNotContain(Measures.AQI)
        .doesNotHaveDuplicates();
  }

  private List<Long> ids(ReadingSort sort) {
    return find(new ReadingQuery(ReadingFilter.all(), sort, Optional.empty(), OptionalLong.empty()))
        .stream()
        .map(reading -> reading.sensor().id())
        .toList();
  }

  private List<Identity> identities(Instant from, Instant to) {
    List<Identity> visited = new ArrayList<>();
    store()
        .readings()
        .identities(from, to, (sensor, second) -> visited.add(new Identity(sensor, second)));
    return visited;
  }

  private static Instant later(long seconds) {
    return NOON.plusSeconds(seconds);
  }

  private record Identity(long sensor, long second) {}
}
