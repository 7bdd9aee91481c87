package org.airlens.store.timestream;

import static org.airlens.model.TestReadings.NOON;
import static org.airlens.model.TestReadings.dust;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.airlens.store.Store;
import org.junit.jupiter.api.Test;

/** The table's own retention forgets, and nobody else. */
class RetentionTest {

  @Test
  void droppingDropsNothingAndLeavesTheTableAsItIs() throws IOException {
    try (FakePlace place = new FakePlace();
        Store store = place.openPlainly()) {
      store.writer().write(List.of(dust(1, NOON, 1, 1)));

      assertThat(store.dropBefore(FakePlace.NOW)).isZero();
      assertThat(store.dropBefore(FakePlace.NOW)).isZero();

      assertThat(store.readings().latest()).containsExactly(dust(1, NOON, 1, 1));
      assertThat(store.status().readings()).isEqualTo(1);
      assertThat(place.fake().count("UpdateTable")).isZero();
    }
  }

  @Test
  void whatTheTableForgotIsGoneWhenItIsOpenedAgain() throws IOException {
    try (FakePlace place = new FakePlace()) {
      try (Store store = place.openPlainly()) {
        store.writer().write(List.of(dust(1, NOON, 1, 1)));
      }
      place.fake().clear();

      try (Store store = place.openPlainly()) {
        assertThat(store.readings().latest()).isEmpty();
        assertThat(store.readings().newest()).isEmpty();
        assertThat(store.status().readings()).isZero();
      }
    }
  }
}
