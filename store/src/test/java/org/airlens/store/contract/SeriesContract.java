package org.airlens.store.contract;

import static org.airlens.model.TestReadings.NOON;
import static org.airlens.model.TestReadings.climate;
import static org.airlens.model.TestReadings.dust;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.airlens.model.Location;
import org.airlens.model.Measures;
import org.airlens.model.Reading;
import org.airlens.store.Aggregate;
import org.airlens.store.Distribution;
import org.airlens.store.ReadingFilter;
import org.airlens.store.SensorSeries;
import org.airlens.store.SeriesPage;
import org.airlens.store.SeriesQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@link org.airlens.store.SeriesReader} promises; {@link SeriesProperties} has the rest. */
public abstract class SeriesContract extends StoreContract {

  private static final ReadingFilter PM10 = ReadingFilter.all().withMeasure(Measures.P1);

  @ParameterizedTest
  @CsvSource({
    "MEAN, 4",
    "MIN, 1",
    "MAX, 9",
    "SUM, 12",
    "COUNT, 3",
    "FIRST, 2",
    "LAST, 1",
    "P95, 8.3"
  })
  void aggregatesABucket(Aggregate aggregate, double expected) {
    write(
        dust(1, at(0), 2, 0), dust(1, at(30), 9, 0), dust(1, at(59), 1, 0), dust(1, at(60), 7, 0));

    SensorSeries series = series(PM10, Duration.ofMinutes(1), aggregate).series().getFirst();

    assertThat(series.epochSeconds())
        .containsExactly(at(0).getEpochSecond(), at(60).getEpochSecond());
    assertThat(series.values()[0]).isCloseTo(expected, offset(1e-12));
  }

  @Test
  void firstAndLastGoByTimeNotByTheOrderOfWriting() {
    write(dust(1, at(50), 5, 0));
    write(dust(1, at(10), 1, 0));
    write(dust(1, at(30), 3, 0));

    assertThat(series(PM10, Duration.ofHours(1), Aggregate.FIRST).series().getFirst().values())
        .containsExactly(1);
    assertThat(series(PM10, Duration.ofHours(1), Aggregate.LAST).series().getFirst().values())
        .containsExactly(5);
  }

  @Test
  void bucketsAreAlignedTo1970() {
    Instant late = Instant.parse("2018-12-20T23:59:59Z");
    write(dust(1, late, 1, 1), dust(1, late.plusSeconds(1), 2, 2));

    assertThat(series(PM10, Duration.ofDays(1), Aggregate.SUM).series().getFirst().epochSeconds())
        .containsExactly(
            Instant.parse("2018-12-20T00:00:00Z").getEpochSecond(),
            Instant.parse("2018-12-21T00:00:00Z").getEpochSecond());
    long[] sevens =
        series(PM10, Duration.ofSeconds(7), Aggregate.SUM).series().getFirst().epochSeconds();
    assertThat(sevens).contains(Math.floorDiv(late.getEpochSecond(), 7L) * 7);
  }

  @Test
  void withoutAnIntervalPointsAreTheReadings() {
    write(
        dust(1, at(0), 2, 0), dust(1, at(1), 9, 0), climate(1, at(2), 1, 1), dust(2, at(0), 4, 0));

    SeriesPage page =
        store()
            .series()
            .series(
                new SeriesQuery(
                    PM10, Optional.empty(), Aggregate.MEAN, OptionalLong.empty(), 1_000));

    assertThat(page.series()).hasSize(2);
    assertThat(page.series().getFirst().epochSeconds())
        .containsExactly(at(0).getEpochSecond(), at(1).getEpochSecond());
    assertThat(page.series().getFirst().values()).containsExactly(2, 9);
    assertThat(page.series().getLast().values()).containsExactly(4);
    assertThat(page.nextAfterSensor()).isEmpty();
  }

  @Test
  void theLocationIsThatOfTheLastPoint() {
    write(atLocation(dust(1, at(0), 1, 1), 70), atLocation(dust(1, at(3600), 2, 2), 71));
    write(atLocation(climate(1, at(7200), 2, 2), 72)); // Later, but without the measure.

    assertThat(series(PM10, Duration.ofMinutes(5), Aggregate.MEAN).series().getFirst().locationId())
        .isEqualTo(71);
    assertThat(series(PM10, Duration.ofDays(1), Aggregate.MEAN).series().getFirst().locationId())
        .isEqualTo(71);
  }

  @Test
  void pagesHoldWholeSeriesAndSayWhereToGoOn() {
    for (int id : new int[] {3, 1, 2, 10}) {
      write(dust(id, at(0), id, 0), dust(id, at(60), id, 0), dust(id, at(120), id, 0));
    }

    List<Long> sensors = new ArrayList<>();
    OptionalLong after = OptionalLong.empty();
    int pages = 0;
    do {
      SeriesPage page =
          store()
              .series()
              .series(
                  new SeriesQuery(
                      PM10, Optional.of(Duration.ofMinutes(1)), Aggregate.MEAN, after, 4));
      for (SensorSeries series : page.series()) {
        sensors.add(series.sensorId());
        assertThat(series.values()).hasSize(3).containsOnly((double) series.sensorId());
      }
      after = page.nextAfterSensor();
      pages++;
    } while (after.isPresent());

    assertThat(sensors).containsExactly(1L, 2L, 3L, 10L);
    assertThat(pages).isEqualTo(2);
  }

  @Test
  void anUnknownMeasureHasNoSeriesAndNoDistribution() {
    write(dust(1, NOON, 1, 1));
    ReadingFilter unknown = ReadingFilter.all().withMeasure("unheard_of");

    assertThat(series(unknown, Duration.ofHours(1), Aggregate.MEAN).series()).isEmpty();
    assertThat(store().series().distribution(unknown).count()).isZero();
    assertThat(store().series().distribution(unknown).sensors()).isZero();
  }

  @Test
  void theIndexHasASeriesAndADistribution() {
    write(
        dust(1, at(0), 1, 1).withAqi(OptionalInt.of(3)),
        dust(1, at(10), 1, 1).withAqi(OptionalInt.of(4)),
        dust(1, at(20), 1, 1),
        dust(2, at(20), 1, 1).withAqi(OptionalInt.of(3)));
    ReadingFilter aqi = ReadingFilter.all().withMeasure(Measures.AQI);

    assertThat(series(aqi, Duration.ofHours(1), Aggregate.MEAN).series().getFirst().values())
        .containsExactly(3.5);
    Distribution distribution = store().series().distribution(aqi);
    assertThat(distribution.values()).containsExactly(3, 4);
    assertThat(distribution.counts()).containsExactly(2, 1);
    assertThat(distribution.sensors()).isEqualTo(2);
  }

  @Test
  void sumsOfManySmallValuesStayExactEnough() {
    store()
        .writer()
        .write(LongStream.range(0, 20_000).mapToObj(i -> dust(1, at(i), 0.1, 0)).toList());

    assertThat(series(PM10, Duration.ofDays(1), Aggregate.SUM).series().getFirst().values()[0])
        .isCloseTo(2_000, offset(1e-6));
  }

  private SeriesPage series(ReadingFilter filter, Duration interval, Aggregate aggregate) {
    return store()
        .series()
        .series(
            new SeriesQuery(
                filter, Optional.of(interval), aggregate, OptionalLong.empty(), 1_000_000));
  }

  private static Instant at(long seconds) {
    return NOON.plusSeconds(seconds);
  }

  private static Reading atLocation(Reading reading, long locationId) {
    Location old = reading.location();
    return new Reading(
        reading.sensor(),
        new Location(
            locationId, old.position(), old.altitude(), old.country(), old.exact(), old.indoor()),
        reading.timestamp(),
        reading.values(),
        reading.aqi());
  }
}
