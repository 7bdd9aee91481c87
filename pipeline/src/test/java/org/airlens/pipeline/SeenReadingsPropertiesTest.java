package org.airlens.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.airlens.model.Identifiers;
import org.airlens.pipeline.KeptIdentities.Identity;

/** Beside a set that simply holds everything. */
class SeenReadingsPropertiesTest {

  private static final long HOUR = 3_600;

  /** A batch of identities, and whether the store kept it. */
  record Batch(List<Identity> identities, boolean written) {}

  @Provide
  Arbitrary<List<Batch>> batches() {
    Arbitrary<Long> sensors =
        Arbitraries.oneOf(
            Arbitraries.longs().between(1, 4),
            Arbitraries.of(Identifiers.MAX_ID, Identifiers.MAX_ID - 1));
    Arbitrary<Long> seconds =
        Combinators.combine(
                Arbitraries.longs().between(-4, 4), Arbitraries.of(-2L, -1L, 0L, 1L, HOUR - 1))
            .as((hour, second) -> hour * HOUR + second);
    Arbitrary<Identity> identities = Combinators.combine(sensors, seconds).as(Identity::new);
    return Combinators.combine(
            identities.list().ofMaxSize(30),
            Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(true)), Tuple.of(1, Arbitraries.just(false))))
        .as(Batch::new)
        .list()
        .ofMaxSize(12);
  }

  @Property
  void answersAsASetOfEverythingWould(
      @ForAll("batches") List<Batch> batches, @ForAll @IntRange(min = 1, max = 120) int bound) {
    KeptIdentities store = new KeptIdentities();
    SeenReadings seen = new SeenReadings(store, bound);
    Set<Identity> everything = new HashSet<>();
    for (Batch batch : batches) {
      Set<Identity> known = new HashSet<>(everything);
      for (Identity identity : batch.identities()) {
        assertThat(seen.add(identity.sensorId(), identity.epochSecond()))
            .isEqualTo(known.add(identity));
      }
      if (batch.written()) {
        store.addAll(known);
        everything = known;
        seen.keep();
      } else {
        seen.undo();
      }
    }
  }

  @Property
  void holdsNoMoreThanItsBoundAndTheHourAtHand(
      @ForAll("batches") List<Batch> batches, @ForAll @IntRange(min = 1, max = 120) int bound) {
    KeptIdentities store = new KeptIdentities();
    SeenReadings seen = new SeenReadings(store, bound);
    long anHour = 6 * 5 + 16;
    for (Batch batch : batches) {
      for (Identity identity : batch.identities()) {
        seen.add(identity.sensorId(), identity.epochSecond());
        store.add(identity.sensorId(), identity.epochSecond());
        assertThat(seen.size()).isBetween(1L, Math.max(bound, anHour));
      }
      seen.keep();
    }
  }
}
