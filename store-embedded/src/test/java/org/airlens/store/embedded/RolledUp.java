package org.airlens.store.embedded;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.DoubleStream;
import org.airlens.model.Measures;
import org.airlens.store.Aggregate;
import org.airlens.store.ReadingFilter;
import org.airlens.store.SeriesPage;
import org.airlens.store.SeriesQuery;
import org.airlens.store.Store;

/** Questions that roll-ups answer. */
final class RolledUp {

  private static final ReadingFilter PM10 = ReadingFilter.all().withMeasure(Measures.P1);

  private RolledUp() {}

  /** Rolls up all that is due. */
  static void all(Store store) {
    while (store.rollUp(Duration.ZERO)) {
      // The next one.
    }
  }

  /** How many readings have PM10, by days, hours and values, which must agree. */
  static long counted(Store store) {
    long byDays = counted(store, Duration.ofDays(1));
    long byHours = counted(store, Duration.ofHours(1));
    long byValues = store.series().distribution(PM10).count();
    if (byDays != byHours || byDays != byValues) {
      throw new AssertionError(
          "%d by days, %d by hours, %d by values".formatted(byDays, byHours, byValues));
    }
    return byDays;
  }

  private static long counted(Store store, Duration interval) {
    SeriesPage page =
        store
            .series()
            .series(
                new SeriesQuery(
                    PM10, Optional.of(interval), Aggregate.COUNT, OptionalLong.empty(), 1_000_000));
    return (long)
        page.series().stream().flatMapToDouble(one -> DoubleStream.of(one.values())).sum();
  }
}
