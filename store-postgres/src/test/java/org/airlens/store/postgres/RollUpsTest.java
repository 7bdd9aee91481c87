package org.airlens.store.postgres;

import static org.airlens.model.TestReadings.NOON;
import static org.airlens.model.TestReadings.at;
import static org.airlens.model.TestReadings.dust;
import static org.airlens.store.postgres.PostgresPlace.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.airlens.model.Measures;
import org.airlens.model.Reading;
import org.airlens.store.Aggregate;
import org.airlens.store.Condition;
import org.airlens.store.ReadingFilter;
import org.airlens.store.SensorSeries;
import org.airlens.store.SeriesQuery;
import org.airlens.store.Store;
import org.airlens.store.StoreException;
import org.airlens.store.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Which questions the tables of roll-ups answer: what stands there is changed, and then is told.
 */
@SuppressWarnings("NullAway.Init") // Set before each test.
class RollUpsTest {

  private static final RealPostgres SERVER = RealPostgres.shared();
  private static final ReadingFilter PM10 = ReadingFilter.all().withMeasure(Measures.P1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Instant MIDNIGHT = NOON.truncatedTo(ChronoUnit.DAYS);

  /** What no reading has, nor is made of their values. */
  private static final double TOLD = 777;

  private final String uri = SERVER.newDatabase();
  private final String database = RealPostgres.database(uri);
  private Store store;

  @BeforeEach
  void open() {
    store = Stores.open(settings(uri));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aSeriesOfDaysIsReadFromTheDaysAndOfHoursFromTheHours() {
    writeAndRollUp(dust(1, NOON, 1, 0), dust(1, NOON.plus(DAY), 2, 0));
    SERVER.execute(database, "UPDATE airlens.hourly SET max = 777");
    SERVER.execute(database, "UPDATE airlens.daily SET max = 778");

    assertThat(values(PM10, HOUR, Aggregate.MAX)).containsExactly(777, 777);
    assertThat(values(PM10, HOUR.multipliedBy(3), Aggregate.MAX)).containsExactly(777, 777);
    assertThat(values(PM10, DAY, Aggregate.MAX)).containsExactly(778, 778);
    assertThat(values(PM10, DAY.multipliedBy(7), Aggregate.MAX)).containsExactly(778);
    assertThat(values(PM10, Duration.ofMinutes(30), Aggregate.MAX)).containsExactly(1, 2);
  }

  @ParameterizedTest
  @EnumSource(Aggregate.class)
  void aWindowOfWholeDaysNeedsNoReadings(Aggregate aggregate) {
    writeAndRollUp(dust(1, NOON, 7, 0), dust(1, NOON.plusSeconds(1), 7, 0));
    ReadingFilter day = PM10.between(MIDNIGHT, MIDNIGHT.plus(DAY));
    double[] hourly = values(day, HOUR, aggregate);
    double[] daily = values(day, DAY, aggregate);
    SERVER.execute(database, "UPDATE airlens.readings SET \"P1\" = 1"); // As nobody should.

    assertThat(hourly).hasSize(1);
    assertThat(values(day, HOUR, aggregate)).isEqualTo(hourly);
    assertThat(values(day, DAY, aggregate)).isEqualTo(daily);
    assertThat(store.series().distribution(day).values()).containsExactly(7);
  }

  @Test
  void theHoursOfADayThatTheWindowCutsAreReadFromTheHours() {
    writeAndRollUp(
        dust(1, NOON.minusSeconds(10), 1, 0),
        dust(1, NOON, 2, 0),
        dust(1, NOON.plus(HOUR), 3, 0),
        dust(1, NOON.plus(HOUR).plusSeconds(10), 4, 0));
    SERVER.execute(database, "UPDATE airlens.hourly SET mean = 1000");
    SERVER.execute(database, "UPDATE airlens.daily SET mean = 777");
    ReadingFilter cut = PM10.between(NOON.minusSeconds(10), NOON.plus(HOUR).plusSeconds(10));

    assertThat(values(cut, DAY, Aggregate.SUM)).containsExactly(1 + 1000 + 3);
  }

  @Test
  void aQuantileIsTheRollUpsWhereTheBucketIsOneOfASingleOrigin() {
    writeAndRollUp(dust(1, NOON, 1, 0), dust(1, NOON.plusSeconds(1), 2, 0));
    SERVER.execute(database, "UPDATE airlens.hourly SET p95 = 777");
    SERVER.execute(database, "UPDATE airlens.daily SET p95 = 778");

    assertThat(values(PM10, HOUR, Aggregate.P95)).containsExactly(777);
    assertThat(values(PM10, DAY, Aggregate.P95)).containsExactly(778);
    assertThat(values(PM10.between(MIDNIGHT, MIDNIGHT.plus(DAY)), DAY, Aggregate.P95))
        .containsExactly(778);
    assertThat(values(PM10, HOUR.multipliedBy(2), Aggregate.P95)).containsExactly(1.95);
    assertThat(values(PM10.between(MIDNIGHT, NOON.plusSeconds(9)), DAY, Aggregate.P95))
        .containsExactly(1.95);
  }

  @Test
  void aQuantileOfASensorThatMovedIsThatOfItsReadings() {
    writeAndRollUp(dust(1, NOON, 1, 0), at(dust(1, NOON.plusSeconds(1), 2, 0), 3, 4, "FR"));

    assertThat(values(PM10, HOUR, Aggregate.P95)).containsExactly(1.95);
    assertThat(values(PM10.withCountries(Set.of("FR")), DAY, Aggregate.P95)).containsExactly(2);
  }

  @Test
  void conditionsOnValuesAreAskedOfTheReadings() {
    writeAndRollUp(dust(1, NOON, 1, 0), dust(1, NOON.plusSeconds(1), 5, 0));
    ReadingFilter large = PM10.with(new Condition.Between(Measures.P1, 2, 9));

    assertThat(values(large, DAY, Aggregate.COUNT)).containsExactly(1);
    assertThat(store.series().distribution(large).values()).containsExactly(5);
  }

  @Test
  void aDistributionOfCountriesAndTypesIsReadFromTheValueCountsOfWholeDays() {
    writeAndRollUp(
        dust(1, NOON, 1, 0), dust(1, NOON.plus(DAY), 2, 0), at(dust(2, NOON, 3, 0), 3, 4, "FR"));
    SERVER.execute(database, "UPDATE airlens.value_counts SET values = array_fill(777, ARRAY[1])");
    ReadingFilter british = PM10.withCountries(Set.of("GB"));
    ReadingFilter ofAType = british.withSensorTypes(Set.of("SDS011"));

    assertThat(store.series().distribution(PM10).values()).containsExactly(TOLD);
    assertThat(store.series().distribution(PM10).counts()).containsExactly(3);
    assertThat(store.series().distribution(PM10).sensors()).isEqualTo(2);
    assertThat(store.series().distribution(ofAType).values()).containsExactly(TOLD);
    assertThat(store.series().distribution(ofAType).sensors()).isEqualTo(1);
    assertThat(store.series().distribution(british.between(MIDNIGHT, NOON.plus(DAY.plus(HOUR)))))
        .satisfies(cut -> assertThat(cut.values()).containsExactly(2, TOLD));
    assertThat(store.series().distribution(PM10.withSensorIds(Set.of(1L))).values())
        .containsExactly(1, 2);
  }

  @Test
  void aBatchMakesOnlyThoseDaysDueInWhichItChangesSomething() {
    Reading same = dust(1, NOON, 1, 0);
    writeAndRollUp(same, dust(1, NOON.plus(DAY), 2, 0));

    store.writer().write(List.of(same, dust(1, NOON.plus(DAY), 3, 0)));

    assertThat(SERVER.query(database, "SELECT day FROM airlens.days WHERE NOT rolled_up"))
        .containsExactly("2018-12-21");
    assertThat(values(PM10, DAY, Aggregate.SUM)).containsExactly(1, 3);
  }

  @Test
  void theNewestDayIsRolledUpFirstAndNoneWithoutReadings() {
    store.writer().write(List.of(dust(1, NOON, 1, 0), dust(1, NOON.plus(DAY), 2, 0)));
    SERVER.execute(database, "SET search_path TO airlens; SELECT ensure_day('2018-12-25')");

    assertThat(store.rollUp(Duration.ZERO)).isTrue();

    assertThat(SERVER.query(database, "SELECT day FROM airlens.days WHERE rolled_up"))
        .containsExactly("2018-12-21");
  }

  @Test
  void aDayWithoutWritesForLongEnoughIsQuiet() {
    store.writer().write(List.of(dust(1, NOON, 1, 0)));
    assertThat(store.rollUp(HOUR)).isFalse();

    SERVER.execute(database, "UPDATE airlens.days SET written_at = now() - interval '61 minutes'");

    assertThat(store.rollUp(HOUR)).isTrue();
  }

  @Test
  void sumsMayLeaveWhatADoubleCanHold() {
    double huge = Double.MAX_VALUE;
    writeAndRollUp(
        dust(1, NOON, huge, 0), dust(1, NOON.plusSeconds(1), huge, 0), dust(2, NOON, 1, 0));

    assertThat(values(PM10.withSensorIds(Set.of(1L)), DAY, Aggregate.MEAN)).containsExactly(huge);
    assertThat(values(PM10, DAY, Aggregate.SUM)).containsExactly(1); // Of the other sensor.
  }

  @Test
  void retentionForgetsRollUpsWithTheirTables() {
    writeAndRollUp(
        dust(1, NOON.minus(Duration.ofDays(40)), 1, 0),
        dust(1, NOON, 2, 0),
        dust(1, NOON.plus(DAY), 3, 0));
    assertThat(tables()).hasSize(3 + 2 + 2);

    store.dropBefore(NOON.plus(DAY));

    assertThat(tables()).containsExactly("daily_201812", "hourly_20181221", "value_counts_201812");
    assertThat(SERVER.query(database, "SELECT day FROM airlens.daily")).containsOnly("2018-12-21");
    assertThat(SERVER.query(database, "SELECT day FROM airlens.value_counts"))
        .containsOnly("2018-12-21");
  }

  @Test
  void whoOnlyReadsRollsUpNothing() {
    try (Store reader = Stores.openForReading(settings(uri))) {
      assertThatThrownBy(() -> reader.rollUp(Duration.ZERO))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("was opened to read only");
    }
  }

  private void writeAndRollUp(Reading... readings) {
    store.writer().write(List.of(readings));
    while (store.rollUp(Duration.ZERO)) {
      // The next one.
    }
  }

  private List<String> tables() {
    return SERVER.query(
        database,
        """
        SELECT relname FROM pg_class
        WHERE relname ~ '^(hourly|daily|value_counts)_[0-9]+$' AND relkind = 'r' ORDER BY relname
        """);
  }

  /** The values of all sensors' series, one after the other. */
  private double[] values(ReadingFilter filter, Duration interval, Aggregate aggregate) {
    return store
        .series()
        .series(
            new SeriesQuery(filter, Optional.of(interval), aggregate, OptionalLong.empty(), 1_000))
        .series()
        .stream()
        .map(SensorSeries::values)
        .flatMapToDouble(Arrays::stream)
        .toArray();
  }
}
