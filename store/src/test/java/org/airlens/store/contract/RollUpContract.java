package org.airlens.store.contract;

import static org.airlens.model.TestReadings.NOON;
import static org.airlens.model.TestReadings.dust;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.airlens.model.Measures;
import org.airlens.store.Aggregate;
import org.airlens.store.Distribution;
import org.airlens.store.ReadingFilter;
import org.airlens.store.SensorSeries;
import org.airlens.store.SeriesQuery;
import org.airlens.store.Store;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link Store#rollUp} promises, where a store rolls up; {@link RolledUpProperties} too. */
public abstract class RollUpContract extends StoreContract {

  private static final ReadingFilter PM10 = ReadingFilter.all().withMeasure(Measures.P1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Instant NEXT_NOON = NOON.plus(DAY);

  /** Rolls up every day of a store. */
  static void rollUpAll(Store store) {
    while (store.rollUp(Duration.ZERO)) {
      // The next one.
    }
  }

  @Test
  void rollsUpADayAtATimeAndEachOnce() {
    write(dust(1, NOON, 1, 0), dust(1, NEXT_NOON, 2, 0));

    assertThat(store().rollUp(Duration.ZERO)).isTrue();
    assertThat(store().rollUp(Duration.ZERO)).isTrue();
    assertThat(store().rollUp(Duration.ZERO)).isFalse();
  }

  @Test
  void leavesADayThatWasJustWrittenTo() {
    write(dust(1, NOON, 1, 0));

    assertThat(store().rollUp(HOUR)).isFalse();
  }

  @Test
  void aWriteMakesItsDayDueAgainAndNoOther() {
    write(dust(1, NOON, 1, 0), dust(1, NEXT_NOON, 2, 0));
    rollUpAll(store());

    write(dust(2, NOON, 3, 0));

    assertThat(store().rollUp(Duration.ZERO)).isTrue();
    assertThat(store().rollUp(Duration.ZERO)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void lateReadingsAreInTheNextAnswer(boolean rolledUpAgain) {
    write(dust(1, NOON, 1, 0));
    rollUpAll(store());

    write(dust(1, NOON.plusSeconds(60), 4, 0));
    if (rolledUpAgain) {
      rollUpAll(store());
    }

    assertThat(only(HOUR, Aggregate.SUM).values()).containsExactly(5);
    assertThat(only(DAY, Aggregate.COUNT).values()).containsExactly(2);
    assertThat(distribution().counts()).containsExactly(1, 1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aReplacedReadingIsNoLongerInTheAnswers(boolean rolledUpAgain) {
    write(dust(1, NOON, 9, 0));
    rollUpAll(store());

    write(dust(1, NOON, 4, 0));
    if (rolledUpAgain) {
      rollUpAll(store());
    }

    assertThat(only(DAY, Aggregate.MAX).values()).containsExactly(4);
    assertThat(distribution().values()).containsExactly(4);
    assertThat(distribution().counts()).containsExactly(1);
  }

  @Test
  void whatIsRolledUpStaysSoWhenTheStoreIsOpenedAgain() {
    write(dust(1, NOON, 1, 0), dust(1, NOON.plusSeconds(1), 3, 0), dust(2, NOON, 5, 0));
    rollUpAll(store());

    reopen();

    assertThat(store().rollUp(Duration.ZERO)).isFalse();
    assertThat(series(HOUR, Aggregate.MEAN)).hasSize(2);
    assertThat(series(HOUR, Aggregate.MEAN).getFirst().values()).containsExactly(2);
    assertThat(distribution().sensors()).isEqualTo(2);
  }

  @Test
  void droppedDaysAreForgotten() {
    write(dust(1, NOON, 1, 0), dust(1, NEXT_NOON, 2, 0));
    rollUpAll(store());

    store().dropBefore(NEXT_NOON);
    write(dust(1, NOON.plusSeconds(3600), 7, 0));

    assertThat(only(DAY, Aggregate.SUM).values()).containsExactly(7, 2);
    assertThat(distribution().values()).containsExactly(2, 7);
  }

  @Test
  void hoursThatTheWindowCutsAreCountedByTheirReadings() {
    write(
        dust(1, NOON, 1, 0),
        dust(1, NOON.plusSeconds(1800), 2, 0),
        dust(1, NOON.plusSeconds(3600), 4, 0),
        dust(1, NOON.plusSeconds(5400), 8, 0));
    rollUpAll(store());

    ReadingFilter cut = PM10.between(NOON.plusSeconds(1), NOON.plusSeconds(5400));
    SensorSeries series = only(cut, HOUR, Aggregate.SUM);

    assertThat(series.epochSeconds())
        .containsExactly(NOON.getEpochSecond(), NOON.getEpochSecond() + 3600);
    assertThat(series.values()).containsExactly(2, 4);
    assertThat(only(cut, DAY, Aggregate.SUM).values()).containsExactly(6);
    assertThat(store().series().distribution(cut).values()).containsExactly(2, 4);
  }

  private Distribution distribution() {
    return store().series().distribution(PM10);
  }

  private SensorSeries only(Duration interval, Aggregate aggregate) {
    return only(PM10, interval, aggregate);
  }

  private SensorSeries only(ReadingFilter filter, Duration interval, Aggregate aggregate) {
    List<SensorSeries> all = series(filter, interval, aggregate);
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  private List<SensorSeries> series(Duration interval, Aggregate aggregate) {
    return series(PM10, interval, aggregate);
  }

  private List<SensorSeries> series(ReadingFilter filter, Duration interval, Aggregate aggregate) {
    return store()
        .series()
        .series(
            new SeriesQuery(
                filter, Optional.of(interval), aggregate, OptionalLong.empty(), 1_000_000))
        .series();
  }
}
