package org.airlens.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.airlens.model.Identifiers;
import org.airlens.store.StoreException;
import org.junit.jupiter.api.Test;

class SeenReadingsTest {

  private static final long HOUR = 3_600;
  private static final long PLENTY = 1_000_000;

  private final KeptIdentities store = new KeptIdentities();

  @Test
  void knowsWhatTheStoreHas() {
    store.add(1, 10 * HOUR);
    SeenReadings seen = new SeenReadings(store, PLENTY);
    assertThat(seen.add(1, 10 * HOUR)).isFalse();
    assertThat(seen.add(1, 10 * HOUR + 1)).isTrue();
    assertThat(seen.add(2, 10 * HOUR)).isTrue();
    assertThat(seen.add(2, 10 * HOUR)).isFalse();
  }

  @Test
  void asksForTheWholeHourAndNoMore() {
    SeenReadings seen = new SeenReadings(store, PLENTY);
    seen.add(1, 10 * HOUR + 1_234);
    seen.add(1, 10 * HOUR);
    seen.add(1, 11 * HOUR - 1);
    assertThat(store.asked()).containsExactly("[36000, 39600)");
  }

  @Test
  void tellsApartTheLargestIdsAndTheEdgesOfAnHour() {
    SeenReadings seen = new SeenReadings(store, PLENTY);
    for (long second : new long[] {0, HOUR - 1, HOUR, 2 * HOUR - 1}) {
      assertThat(seen.add(Identifiers.MAX_ID, second)).isTrue();
      assertThat(seen.add(Identifiers.MAX_ID - 1, second)).isTrue();
      assertThat(seen.add(1, second)).isTrue();
      assertThat(seen.add(Identifiers.MAX_ID, second)).isFalse();
      assertThat(seen.add(1, second)).isFalse();
    }
  }

  @Test
  void knowsTimesBefore1970() {
    store.add(1, -1);
    SeenReadings seen = new SeenReadings(store, PLENTY);
    assertThat(seen.add(1, -1)).isFalse();
    assertThat(seen.add(1, -HOUR)).isTrue();
    assertThat(seen.add(1, 0)).isTrue();
    assertThat(seen.add(1, -HOUR - 1)).isTrue();
    assertThat(store.asked()).containsExactly("[-3600, 0)", "[0, 3600)", "[-7200, -3600)");
  }

  @Test
  void staysWithinItsBound() {
    long bound = 1_000;
    SeenReadings seen = new SeenReadings(store, bound);
    for (int hour = 0; hour < 100; hour++) {
      for (int sensor = 1; sensor <= 50; sensor++) {
        seen.add(sensor, hour * HOUR);
        store.add(sensor, hour * HOUR);
      }
      seen.keep();
      assertThat(seen.size()).isLessThanOrEqualTo(bound);
    }
  }

  @Test
  void holdsOneHourWhateverItsSize() {
    SeenReadings seen = new SeenReadings(store, 10);
    for (int sensor = 1; sensor <= 50; sensor++) {
      assertThat(seen.add(sensor, 0)).isTrue();
    }
    for (int sensor = 1; sensor <= 50; sensor++) {
      assertThat(seen.add(sensor, 0)).isFalse();
    }
  }

  @Test
  void asksAgainForAnHourItDropped() {
    SeenReadings seen = new SeenReadings(store, 100);
    for (int hour = 0; hour < 20; hour++) {
      assertThat(seen.add(1, hour * HOUR)).isTrue();
      store.add(1, hour * HOUR);
      seen.keep();
    }
    assertThat(seen.add(1, 0)).isFalse();
    assertThat(store.asked()).filteredOn("[0, 3600)"::equals).hasSize(2);
  }

  @Test
  void dropsTheHourAskedForLongestAgo() {
    SeenReadings seen = new SeenReadings(store, 60);
    seen.add(1, 0);
    seen.add(1, HOUR);
    seen.add(2, 0);
    seen.add(1, 2 * HOUR);
    seen.add(1, 3 * HOUR);
    store.asked().clear();
    seen.add(3, HOUR);
    assertThat(store.asked()).containsExactly("[3600, 7200)");
  }

  @Test
  void knowsWhatABatchAddedBeforeItsHourWasDropped() {
    SeenReadings seen = new SeenReadings(store, 40);
    assertThat(seen.add(1, 0)).isTrue();
    for (int hour = 1; hour < 10; hour++) {
      seen.add(1, hour * HOUR);
    }
    assertThat(seen.add(1, 0)).as("the store does not have it yet").isFalse();
  }

  @Test
  void takesBackWhatIsUndone() {
    store.add(1, 0);
    SeenReadings seen = new SeenReadings(store, PLENTY);
    seen.add(2, 0);
    seen.keep();
    seen.add(3, 0);
    seen.add(3, HOUR);
    long before = seen.size();
    seen.undo();
    assertThat(seen.size()).isEqualTo(before - 2);
    assertThat(seen.add(1, 0)).isFalse();
    assertThat(seen.add(2, 0)).isFalse();
    assertThat(seen.add(3, 0)).isTrue();
    assertThat(seen.add(3, HOUR)).isTrue();
  }

  @Test
  void takesBackNothingThatIsKept() {
    SeenReadings seen = new SeenReadings(store, PLENTY);
    seen.add(1, 0);
    seen.keep();
    seen.undo();
    assertThat(seen.add(1, 0)).isFalse();
  }

  @Test
  void takesBackWhatStoodInADroppedHour() {
    SeenReadings seen = new SeenReadings(store, 40);
    for (int hour = 0; hour < 10; hour++) {
      seen.add(1, hour * HOUR);
    }
    seen.undo();
    for (int hour = 0; hour < 10; hour++) {
      assertThat(seen.add(1, hour * HOUR)).isTrue();
    }
  }

  @Test
  void standsWhereItStoodWhenTheStoreDoesNotAnswer() {
    SeenReadings seen = new SeenReadings(store, PLENTY);
    seen.add(1, 0);
    store.breakDown(true);
    assertThatThrownBy(() -> seen.add(1, HOUR)).isInstanceOf(StoreException.class);
    assertThat(seen.add(1, 0)).isFalse();
    store.breakDown(false);
    assertThat(seen.add(1, HOUR)).isTrue();
  }
}
