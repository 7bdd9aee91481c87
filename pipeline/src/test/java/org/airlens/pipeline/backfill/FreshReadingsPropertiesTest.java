package org.airlens.pipeline.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.airlens.model.Identifiers;
import org.airlens.model.Location;
import org.airlens.model.MeasureValues;
import org.airlens.model.Reading;
import org.airlens.model.Sensor;
import org.airlens.model.SensorType;
import org.airlens.pipeline.KeptIdentities;
import org.airlens.pipeline.KeptIdentities.Identity;

/** Beside a set that simply holds everything. */
class FreshReadingsPropertiesTest {

  @Provide
  Arbitrary<List<List<Identity>>> batches() {
    Arbitrary<Long> sensors =
        Arbitraries.oneOf(
            Arbitraries.longs().between(1, 4),
            Arbitraries.of(Identifiers.MAX_ID, Identifiers.MAX_ID - 1));
    Arbitrary<Long> seconds =
        Combinators.combine(
                Arbitraries.longs().between(400_000, 400_004),
                Arbitraries.of(0L, 1L, 3_599L),
                Arbitraries.of(0L, 86_400L * 700))
            .as((hour, second, later) -> hour * 3_600 + second + later);
    return Combinators.combine(sensors, seconds)
        .as(Identity::new)
        .list()
        .ofMaxSize(30)
        .list()
        .ofMaxSize(10);
  }

  @Property
  void theFirstOfAnIdentityIsFresh(@ForAll("batches") List<List<Identity>> batches) {
    KeptIdentities store = new KeptIdentities();
    Set<Identity> everything = new HashSet<>();
    int number = 0;
    for (List<Identity> batch : batches) {
      List<Reading> readings = new ArrayList<>();
      List<Reading> expected = new ArrayList<>();
      for (Identity identity : batch) {
        Reading reading = reading(identity, number++);
        readings.add(reading);
        if (everything.add(identity)) {
          expected.add(reading);
        }
      }
      assertThat(FreshReadings.of(readings, store)).isEqualTo(expected);
      batch.forEach(identity -> store.add(identity.sensorId(), identity.epochSecond()));
    }
  }

  @Example
  void whatComesAfterAllOfTheStoreIsNotAskedFor() {
    KeptIdentities store = new KeptIdentities();
    store.add(1, 1_500_000_000);
    FreshReadings.of(List.of(reading(new Identity(1, 1_500_000_001), 1)), store);
    assertThat(store.asked()).isEmpty();
    FreshReadings.of(
        List.of(
            reading(new Identity(1, 1_500_000_000), 1), reading(new Identity(2, 1_500_000_009), 2)),
        store);
    assertThat(store.asked()).containsExactly("[1500000000, 1500000010)");
  }

  private static Reading reading(Identity identity, int value) {
    return new Reading(
        new Sensor(identity.sensorId(), "", new SensorType(14, "SDS011", "")),
        new Location(1, Optional.empty(), OptionalDouble.empty(), "", false, Optional.empty()),
        Instant.ofEpochSecond(identity.epochSecond()),
        MeasureValues.of("P1", value),
        OptionalInt.empty());
  }
}
