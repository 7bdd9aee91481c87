package org.airlens.store.contract;

import static org.airlens.model.TestReadings.NOON;
import static org.airlens.model.TestReadings.at;
import static org.airlens.model.TestReadings.climate;
import static org.airlens.model.TestReadings.dust;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.airlens.model.BoundingBox;
import org.airlens.model.Reading;
import org.airlens.store.ReadingFilter;
import org.airlens.store.SensorSummary;
import org.junit.jupiter.api.Test;

/** What {@link org.airlens.store.SensorDirectory} and {@code latest} promise. */
public abstract class SensorsContract extends StoreContract {

  @Test
  void aSensorIsKnownByItsNewestReadingAndItsFirstInstant() {
    write(dust(1, NOON, 1, 1), dust(1, NOON.plusSeconds(300), 3, 3));
    write(dust(1, NOON.plusSeconds(150), 2, 2));

    SensorSummary sensor = store().sensors().sensor(1).orElseThrow();

    assertThat(sensor.newest()).isEqualTo(dust(1, NOON.plusSeconds(300), 3, 3));
    assertThat(sensor.firstSeen()).isEqualTo(NOON);
    assertThat(sensor.lastSeen()).isEqualTo(NOON.plusSeconds(300));
    assertThat(store().sensors().sensor(2)).isEmpty();
    assertThat(reopen().sensors().sensor(1)).contains(sensor);
  }

  @Test
  void latestHasOneReadingOfEachSensorHoweverOld() {
    Reading old = dust(1, Instant.parse("2015-06-01T00:00:00Z"), 1, 1);
    Reading fresh = dust(2, NOON, 2, 2);
    write(old, fresh, dust(2, NOON.minusSeconds(1), 9, 9));

    assertThat(store().readings().latest()).containsExactlyInAnyOrder(old, fresh);
    assertThat(reopen().readings().latest()).containsExactlyInAnyOrder(old, fresh);
  }

  @Test
  void sensorsAreListedById() {
    write(dust(10, NOON, 1, 1), dust(9, NOON, 1, 1), dust(4_294_967_297L, NOON, 1, 1));

    assertThat(ids(ReadingFilter.all(), OptionalLong.empty(), 10))
        .containsExactly(9L, 10L, 4_294_967_297L);
    assertThat(ids(ReadingFilter.all(), OptionalLong.empty(), 2)).containsExactly(9L, 10L);
    assertThat(ids(ReadingFilter.all(), OptionalLong.of(10), 10)).containsExactly(4_294_967_297L);
    assertThat(ids(ReadingFilter.all(), OptionalLong.of(4_294_967_297L), 10)).isEmpty();
  }

  @Test
  void theNewestReadingDecidesWhichFilterASensorPasses() {
    write(at(dust(1, NOON, 1, 1), 10, 10, "DE"), at(dust(2, NOON, 1, 1), 10, 10, "DE"));
    write(at(dust(1, NOON.plusSeconds(9), 1, 1), 57, -2, "GB"));

    assertThat(ids(ReadingFilter.all().withCountries(Set.of("DE")), OptionalLong.empty(), 9))
        .containsExactly(2L);
    assertThat(
            ids(
                ReadingFilter.all().withBbox(new BoundingBox(-3, 56, -1, 58)),
                OptionalLong.empty(),
                9))
        .containsExactly(1L);
  }

  @Test
  void measureAndTimesAreNoConditionsOnSensors() {
    write(dust(1, NOON, 1, 1), climate(2, NOON, 1, 1));

    assertThat(
            ids(
                ReadingFilter.all()
                    .withMeasure("unheard_of")
                    .between(NOON.plusSeconds(1), NOON.plusSeconds(2)),
                OptionalLong.empty(),
                9))
        .containsExactly(1L, 2L);
  }

  @Test
  void aLocationHasTheSensorsThatStandThereNow() {
    write(dust(1, NOON, 1, 1), dust(2, NOON, 1, 1));
    Reading moved =
        new Reading(
            dust(1, NOON, 1, 1).sensor(),
            dust(2, NOON, 1, 1).location(),
            NOON.plusSeconds(1),
            dust(1, NOON, 1, 1).values(),
            dust(1, NOON, 1, 1).aqi());
    write(moved);

    assertThat(store().sensors().atLocation(moved.location().id()))
        .extracting(SensorSummary::newest)
        .containsExactly(moved, dust(2, NOON, 1, 1));
    assertThat(store().sensors().atLocation(dust(1, NOON, 1, 1).location().id())).isEmpty();
  }

  private List<Long> ids(ReadingFilter filter, OptionalLong after, int limit) {
    return store().sensors().sensors(filter, after, limit).stream()
        .map(sensor -> sensor.newest().sensor().id())
        .toList();
  }
}
