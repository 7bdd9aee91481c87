package org.airlens.store.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.airlens.store.Aggregate;
import org.airlens.store.Distribution;
import org.airlens.store.ReadingFilter;
import org.airlens.store.SensorSeries;
import org.airlens.store.SeriesPage;
import org.airlens.store.SeriesQuery;

/** Any question to {@link org.airlens.store.SeriesReader}, beside the reference. */
public abstract class SeriesProperties extends StoreProperties {

  @Property(tries = 400, shrinking = ShrinkingMode.BOUNDED)
  void seriesAreTheReferences(@ForAll("series") SeriesQuery query) {
    SeriesPage page = store().series().series(query);

    SeriesPage expected = reference().series().series(query);
    assertThat(page.nextAfterSensor()).isEqualTo(expected.nextAfterSensor());
    assertThat(page.series()).hasSameSizeAs(expected.series());
    for (int i = 0; i < page.series().size(); i++) {
      assertSame(page.series().get(i), expected.series().get(i));
    }
  }

  @Property(tries = 250, shrinking = ShrinkingMode.BOUNDED)
  void distributionsAreTheReferences(@ForAll("counted") ReadingFilter filter) {
    Distribution distribution = store().series().distribution(filter);

    Distribution expected = reference().series().distribution(filter);
    // Adding 0 makes 0 of -0: either may stand for the value.
    assertThat(Arrays.stream(distribution.values()).map(value -> value + 0.0).toArray())
        .isEqualTo(expected.values());
    assertThat(distribution.counts()).isEqualTo(expected.counts());
    assertThat(distribution.sensors()).isEqualTo(expected.sensors());
  }

  private static void assertSame(SensorSeries actual, SensorSeries expected) {
    assertThat(actual.sensorId()).isEqualTo(expected.sensorId());
    assertThat(actual.locationId()).isEqualTo(expected.locationId());
    assertThat(actual.epochSeconds()).isEqualTo(expected.epochSeconds());
    assertThat(actual.values()).hasSameSizeAs(expected.values());
    for (int i = 0; i < expected.values().length; i++) {
      // Sums may differ in the order of their terms.
      assertThat(actual.values()[i]).isCloseTo(expected.values()[i], withPercentage(1e-9));
    }
  }

  @Provide
  Arbitrary<SeriesQuery> series() {
    return Combinators.combine(
            counted(),
            Arbitraries.of(List.of(1, 7, 60, 300, 3600, 10_800, 86_400, 172_800))
                .map(Duration::ofSeconds)
                .optional(0.8),
            Arbitraries.of(Aggregate.class),
            Arbitraries.of(OddReadings.SENSORS).optional(0.3),
            Arbitraries.oneOf(Arbitraries.integers().between(1, 40), Arbitraries.just(100_000)))
        .as((filter, interval, aggregate, after, maxPoints) ->
            new SeriesQuery(
                filter,
                interval,
                aggregate,
                after.isPresent() ? OptionalLong.of(after.get()) : OptionalLong.empty(),
                maxPoints));
  }

  @Provide
  Arbitrary<ReadingFilter> counted() {
    return Combinators.combine(anyFilter(), Arbitraries.of(names())).as(ReadingFilter::withMeasure);
  }
}
