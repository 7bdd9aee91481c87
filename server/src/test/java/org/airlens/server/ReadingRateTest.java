package org.airlens.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicReference;
import org.airlens.model.TestReadings;
import org.airlens.store.live.LiveReadings;
import org.junit.jupiter.api.Test;

/** New readings a minute. */
class ReadingRateTest {

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-24T10:00:00Z"));
  private final LiveReadings live = new LiveReadings(10);

  @Test
  void countsWhatCameSoFarInTheFirstMinute() {
    try (ReadingRate rate = new ReadingRate(live, now::get)) {
      assertThat(rate.aMinute()).isZero();
      come(30);
      pass(10);
      come(20);
      assertThat(rate.aMinute()).isEqualTo(50);
    }
  }

  @Test
  void isAMeanOfTheTimeSinceTheStartAndThenOfFiveMinutes() {
    try (ReadingRate rate = new ReadingRate(live, now::get)) {
      come(30);
      pass(120);
      assertThat(rate.aMinute()).isEqualTo(15);
      come(20);
      come(20);
      pass(179);
      assertThat(rate.aMinute()).isCloseTo(70 / (299 / 60.0), within(1e-9));
      pass(1);
      assertThat(rate.aMinute()).isEqualTo(8);
      pass(3_600);
      assertThat(rate.aMinute()).isZero();
    }
  }

  @Test
  void hearsNothingAfterItsEnd() {
    ReadingRate rate = new ReadingRate(live, now::get);
    rate.close();
    come(5);
    assertThat(rate.aMinute()).isZero();
  }

  private void come(int readings) {
    live.publish(Collections.nCopies(readings, TestReadings.dust(1, TestReadings.NOON, 1, 1)));
  }

  private void pass(long seconds) {
    now.updateAndGet(instant -> instant.plusSeconds(seconds));
  }
}
