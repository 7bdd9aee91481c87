package org.airlens.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.airlens.model.Reading;
import org.airlens.store.PageKey;
import org.airlens.store.ReadingQuery;
import org.airlens.store.ReadingReader;
import org.airlens.store.ReadingSort;
import org.airlens.store.SensorDirectory;

/** Any question to {@link ReadingReader} and {@link SensorDirectory}, beside the reference. */
public abstract class FindingProperties extends StoreProperties {

  @Property(tries = 400, shrinking = ShrinkingMode.BOUNDED)
  void findsWhatTheReferenceFinds(@ForAll("queries") ReadingQuery query) {
    assertThat(found(store().readings(), query)).isEqualTo(found(reference(), query));
  }

  @Property(tries = 25, shrinking = ShrinkingMode.BOUNDED)
  void pagesOfAnySizeMakeTheWholeListing(
      @ForAll("queries") ReadingQuery query, @ForAll("pageSizes") long size) {
    List<Reading> listed = new ArrayList<>();
    Optional<PageKey> after = Optional.empty();
    List<Reading> page;
    do {
      page =
          found(
              store().readings(),
              new ReadingQuery(query.filter(), query.sort(), after, OptionalLong.of(size)));
      listed.addAll(page);
      if (!page.isEmpty()) {
        after = Optional.of(PageKey.of(page.getLast(), query.sort()));
      }
    } while (page.size() == size);

    assertThat(listed)
        .isEqualTo(
            found(
                reference(),
                new ReadingQuery(
                    query.filter(), query.sort(), Optional.empty(), OptionalLong.empty())));
  }

  @Property(tries = 100, shrinking = ShrinkingMode.BOUNDED)
  void knowsTheSensorsThatTheReferenceKnows(
      @ForAll("queries") ReadingQuery query, @ForAll("sensorIds") long id) {
    SensorDirectory directory = store().sensors();

    assertThat(directory.sensors(query.filter(), OptionalLong.of(id), 3))
        .isEqualTo(reference().sensors(query.filter(), OptionalLong.of(id), 3));
    assertThat(directory.sensors(query.filter(), OptionalLong.empty(), 100))
        .isEqualTo(reference().sensors(query.filter(), OptionalLong.empty(), 100));
    assertThat(directory.sensor(id)).isEqualTo(reference().sensor(id));
    for (long location : OddReadings.LOCATIONS) {
      assertThat(directory.atLocation(location)).isEqualTo(reference().atLocation(location));
    }
  }

  @Property(tries = 60, shrinking = ShrinkingMode.BOUNDED)
  void visitsTheIdentitiesThatTheReferenceVisits(
      @ForAll("instants") Instant from, @ForAll("instants") Instant to) {
    assertThat(identities(store().readings(), from, to))
        .containsExactlyInAnyOrderElementsOf(identities(reference(), from, to));
  }

  private static List<String> identities(ReadingReader readings, Instant from, Instant to) {
    List<String> visited = new ArrayList<>();
    readings.identities(from, to, (sensor, second) -> visited.add(sensor + "@" + second));
    return visited;
  }

  private static List<Reading> found(ReadingReader readings, ReadingQuery query) {
    try (Stream<Reading> found = readings.find(query)) {
      return found.toList();
    }
  }

  @Provide
  Arbitrary<ReadingQuery> queries() {
    return sorts()
        .flatMap(sort ->
            Combinators.combine(
                    anyFilter(),
                    places(sort).optional(0.6),
                    Arbitraries.longs().between(0, 60).optional(0.5))
                .as((filter, after, limit) ->
                    new ReadingQuery(
                        filter,
                        sort,
                        after,
                        limit.isPresent() ? OptionalLong.of(limit.get()) : OptionalLong.empty())));
  }

  private static Arbitrary<ReadingSort> sorts() {
    return Combinators.combine(
            Arbitraries.oneOf(
                Arbitraries.of("timestamp"),
                Arbitraries.of(ReadingSort.FIELDS),
                Arbitraries.of(names())),
            Arbitraries.of(true, false))
        .as(ReadingSort::new);
  }

  /** Places of readings that are there, and of ones that could have been there. */
  private static Arbitrary<PageKey> places(ReadingSort sort) {
    return Arbitraries.randomValue(random -> PageKey.of(OddReadings.one(random), sort));
  }

  @Provide
  Arbitrary<Long> pageSizes() {
    return Arbitraries.longs().between(1, 40);
  }

  @Provide
  Arbitrary<Long> sensorIds() {
    return Arbitraries.oneOf(Arbitraries.of(OddReadings.SENSORS), Arbitraries.of(0L, 4L, 5L));
  }

  @Provide
  Arbitrary<Instant> instants() {
    return Arbitraries.randomValue(
        random -> OddReadings.instant(random).plus(Duration.ofHours(random.nextInt(-5, 6))));
  }
}
