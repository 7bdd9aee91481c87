package org.airlens.store.contract;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.airlens.model.Reading;
import org.airlens.store.ReadingFilter;
import org.airlens.store.SeriesQuery;

/** Any question to a store whose days are rolled up: the answers are those of the readings. */
public abstract class RolledUpProperties extends SeriesProperties {

  @BeforeProperty
  final void rollUp() {
    RollUpContract.rollUpAll(store());
  }

  @Property(tries = 120, shrinking = ShrinkingMode.OFF)
  void lateReadingsCountWhetherTheirDayIsRolledUpAgainOrNot(
      @ForAll("series") SeriesQuery query,
      @ForAll("counted") ReadingFilter filter,
      @ForAll long seed,
      @ForAll @From("days") int rolledUp) {
    List<Reading> late = OddReadings.some(1 + (int) (seed & 7), new SplittableRandom(seed));
    store().writer().write(late);
    reference().write(late);
    for (int day = 0; day < rolledUp; day++) {
      store().rollUp(Duration.ZERO);
    }

    seriesAreTheReferences(query);
    distributionsAreTheReferences(filter);
  }

  /** How many days are rolled up between two writes. */
  @Provide
  Arbitrary<Integer> days() {
    return Arbitraries.integers().between(0, 3);
  }
}
