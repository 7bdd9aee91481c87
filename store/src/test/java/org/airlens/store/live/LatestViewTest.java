package org.airlens.store.live;

import static org.airlens.model.TestReadings.NOON;
import static org.airlens.model.TestReadings.at;
import static org.airlens.model.TestReadings.dust;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.airlens.model.BoundingBox;
import org.airlens.model.Location;
import org.airlens.model.Reading;
import org.junit.jupiter.api.Test;

class LatestViewTest {

  private static final Instant LATER = NOON.plusSeconds(145);
  private static final BoundingBox WORLD = new BoundingBox(-180, -90, 180, 90);

  private final LatestView view = new LatestView();

  @Test
  void isEmptyBeforeTheFirstReading() {
    LatestSnapshot nothing = view.snapshot();
    assertThat(nothing.size()).isZero();
    assertThat(nothing.all()).isEmpty();
    assertThat(nothing.newest()).isEmpty();
    assertThat(nothing.get(1)).isEmpty();
    assertThat(within(WORLD)).isEmpty();
    assertThat(inCountry("GB")).isEmpty();
  }

  @Test
  void keepsTheNewestOfEachSensorInOrderOfId() {
    Reading newest = dust(7, LATER, 3, 3);
    Reading other = dust(2, NOON, 1, 1);
    view.apply(List.of(dust(7, NOON, 2, 2), newest, dust(7, NOON.minusSeconds(1), 1, 1), other));
    assertThat(view.snapshot().all()).containsExactly(other, newest);
    assertThat(view.snapshot().size()).isEqualTo(2);
    assertThat(view.snapshot().get(7)).contains(newest);
    assertThat(view.snapshot().get(3)).isEmpty();
    assertThat(view.snapshot().newest()).contains(LATER);
  }

  @Test
  void keepsTheNewestOfAKnownSensorWhateverTheOrder() {
    Reading newest = dust(7, LATER.plusSeconds(145), 3, 3);
    view.apply(List.of(dust(7, NOON, 1, 1)));
    assertThat(view.apply(List.of(newest, dust(7, LATER, 2, 2)))).isTrue();
    assertThat(view.snapshot().all()).containsExactly(newest);
    assertThat(view.snapshot().newest()).contains(LATER.plusSeconds(145));
  }

  @Test
  void newcomersFindTheirPlacesBetweenTheKnown() {
    view.apply(List.of(dust(2, NOON, 1, 1), dust(4, NOON, 1, 1)));
    view.apply(List.of(dust(9, NOON, 1, 1), dust(1, NOON, 1, 1), dust(3, NOON, 1, 1)));
    assertThat(view.snapshot().all())
        .extracting(reading -> reading.sensor().id())
        .containsExactly(1L, 2L, 3L, 4L, 9L);
    assertThat(view.snapshot().get(4)).contains(dust(4, NOON, 1, 1));
  }

  @Test
  void theFirstOfTheSameInstantStays() {
    Reading first = dust(7, NOON, 1, 1);
    view.apply(List.of(first, dust(7, NOON, 2, 2)));
    assertThat(view.apply(List.of(dust(7, NOON, 3, 3)))).isFalse();
    assertThat(view.snapshot().all()).containsExactly(first);
  }

  @Test
  void whatChangesNothingKeepsTheSnapshot() {
    assertThat(view.apply(List.of())).isFalse();
    assertThat(view.apply(List.of(dust(7, LATER, 1, 1)))).isTrue();
    LatestSnapshot before = view.snapshot();
    assertThat(view.apply(List.of(dust(7, NOON, 2, 2), dust(7, LATER, 1, 1)))).isFalse();
    assertThat(view.snapshot()).isSameAs(before);
  }

  @Test
  void theVersionGrowsWithEachChange() {
    long start = view.snapshot().version();
    view.apply(List.of(dust(7, NOON, 1, 1)));
    view.apply(List.of(dust(7, LATER, 1, 1)));
    view.apply(List.of(dust(8, NOON, 1, 1)));
    assertThat(view.snapshot().version()).isEqualTo(start + 3);
  }

  @Test
  void aSnapshotStaysAsItWas() {
    Reading old = dust(7, NOON, 1, 1);
    view.apply(List.of(old));
    LatestSnapshot before = view.snapshot();
    view.apply(List.of(dust(7, LATER, 2, 2), dust(1, LATER, 2, 2)));
    assertThat(before.all()).containsExactly(old);
    assertThat(before.newest()).contains(NOON);
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> before.all().set(0, dust(7, LATER, 2, 2)));
  }

  @Test
  void forgetsSensorsThatTheStoreForgot() {
    view.apply(List.of(dust(7, NOON, 1, 1), dust(8, LATER, 1, 1)));
    assertThat(inCountry("GB")).containsExactly(7L, 8L);
    LatestSnapshot before = view.snapshot();
    view.dropBefore(NOON);
    assertThat(view.snapshot()).as("nothing is older").isSameAs(before);
    view.dropBefore(LATER);
    assertThat(inCountry("GB")).containsExactly(8L);
    assertThat(view.snapshot().version()).isGreaterThan(before.version());
    assertThat(view.snapshot().newest()).contains(LATER);
    view.dropBefore(Instant.MAX);
    assertThat(view.snapshot().newest()).isEmpty();
    view.apply(List.of(dust(7, NOON, 1, 1)));
    assertThat(view.snapshot().newest()).as("that of what is there").contains(NOON);
  }

  @Test
  void aSensorThatMovesIsFoundOnlyWhereItIs() {
    view.apply(List.of(dust(7, NOON, 1, 1)));
    assertThat(inCountry("GB")).containsExactly(7L);
    view.apply(List.of(at(dust(7, LATER, 1, 1), -17, 179.5, "FJ")));
    assertThat(inCountry("GB")).isEmpty();
    assertThat(inCountry("FJ")).containsExactly(7L);
    assertThat(within(new BoundingBox(-3, 57, -2, 58))).isEmpty();
    assertThat(within(new BoundingBox(179, -18, -179, -16))).containsExactly(7L);
  }

  @Test
  void visitsTheNewReadingOfASensorThatStays() {
    view.apply(List.of(dust(7, NOON, 1, 1)));
    assertThat(within(WORLD)).containsExactly(7L);
    Reading newer = dust(7, LATER, 2, 2);
    view.apply(List.of(newer));
    List<Reading> visited = new ArrayList<>();
    view.snapshot().within(WORLD, visited::add);
    assertThat(visited).containsExactly(newer);
  }

  @Test
  void aSensorWithoutAPositionIsInNoBoxButInItsCountry() {
    Reading placed = dust(7, NOON, 1, 1);
    Location place = placed.location();
    view.apply(
        List.of(
            new Reading(
                placed.sensor(),
                new Location(
                    place.id(),
                    Optional.empty(),
                    place.altitude(),
                    place.country(),
                    place.exact(),
                    place.indoor()),
                placed.timestamp(),
                placed.values(),
                placed.aqi())));
    assertThat(within(WORLD)).isEmpty();
    assertThat(inCountry("GB")).containsExactly(7L);
    assertThat(view.snapshot().get(7)).isPresent();
  }

  @Test
  void polesAndBothEndsOfTheAntimeridianBelongToTheBoxesTheyEdge() {
    view.apply(
        List.of(
            at(dust(1, NOON, 1, 1), 90, 180, "N"),
            at(dust(2, NOON, 1, 1), -90, -180, "S"),
            at(dust(3, NOON, 1, 1), 0, 180, "E"),
            at(dust(4, NOON, 1, 1), 0, -180, "W")));
    assertThat(within(WORLD)).containsExactly(1L, 2L, 3L, 4L);
    assertThat(within(new BoundingBox(179, 90, 180, 90))).containsExactly(1L);
    assertThat(within(new BoundingBox(-180, -90, -180, -90))).containsExactly(2L);
    assertThat(within(new BoundingBox(180, -1, -180, 1))).containsExactly(3L, 4L);
    assertThat(within(new BoundingBox(10, -1, -10, 1))).containsExactly(3L, 4L);
  }

  private List<Long> within(BoundingBox box) {
    List<Long> ids = new ArrayList<>();
    view.snapshot().within(box, reading -> ids.add(reading.sensor().id()));
    return ids;
  }

  private List<Long> inCountry(String country) {
    List<Long> ids = new ArrayList<>();
    view.snapshot().inCountry(country, reading -> ids.add(reading.sensor().id()));
    return ids;
  }
}
