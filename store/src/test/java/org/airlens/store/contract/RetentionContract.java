package org.airlens.store.contract;

import static org.airlens.model.TestReadings.NOON;
import static org.airlens.model.TestReadings.dust;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.airlens.model.Reading;
import org.junit.jupiter.api.Test;

/** What {@link org.airlens.store.Store#dropBefore} promises. */
public abstract class RetentionContract extends StoreContract {

  private static final Instant MIDNIGHT = NOON.truncatedTo(ChronoUnit.DAYS);

  @Test
  void dropsWhatIsADayOlderThanTheCutoffAndNothingAtOrAfterIt() {
    List<Reading> readings = new ArrayList<>();
    for (int hours = 0; hours < 24 * 6; hours++) {
      readings.add(dust(1 + hours % 4, MIDNIGHT.minus(Duration.ofHours(hours)), hours, 1));
    }
    store().writer().write(readings);
    Instant cutoff = NOON.minus(Duration.ofDays(3));

    int dropped = store().dropBefore(cutoff);

    assertThat(dropped).isPositive();
    assertThat(all())
        .containsAll(
            readings.stream().filter(reading -> !reading.timestamp().isBefore(cutoff)).toList())
        .allMatch(reading -> reading.timestamp().isAfter(cutoff.minus(Duration.ofDays(1))));
    assertThat(store().status().readings()).isEqualTo(all().size());
    assertThat(store().status().oldest()).contains(all().getFirst().timestamp());
  }

  @Test
  void aReadingAtTheCutoffStays() {
    Reading atCutoff = dust(1, MIDNIGHT, 1, 1);
    write(atCutoff, dust(1, MIDNIGHT.minusSeconds(1), 1, 1));

    assertThat(store().dropBefore(MIDNIGHT)).isEqualTo(1);

    assertThat(all()).containsExactly(atCutoff);
  }

  @Test
  void droppingAgainDropsNothing() {
    write(dust(1, MIDNIGHT.minusSeconds(1), 1, 1), dust(1, NOON, 1, 1));

    assertThat(store().dropBefore(NOON)).isEqualTo(1);
    assertThat(store().dropBefore(NOON)).isZero();
    assertThat(store().dropBefore(Instant.EPOCH)).isZero();
    assertThat(store().dropBefore(Instant.parse("2015-01-01T12:00:00Z"))).isZero();
  }

  @Test
  void sensorsAreForgottenWithTheirReadings() {
    write(dust(1, NOON.minus(Duration.ofDays(5)), 1, 1), dust(2, NOON, 2, 2));
    write(dust(2, NOON.minus(Duration.ofDays(5)), 2, 2));

    store().dropBefore(NOON.minus(Duration.ofDays(2)));

    assertThat(store().sensors().sensor(1)).isEmpty();
    assertThat(store().sensors().sensor(2).orElseThrow().firstSeen()).isEqualTo(NOON);
    assertThat(store().readings().latest()).containsExactly(dust(2, NOON, 2, 2));
    assertThat(reopen().readings().latest()).containsExactly(dust(2, NOON, 2, 2));
    assertThat(all()).containsExactly(dust(2, NOON, 2, 2));
  }

  @Test
  void everythingMayBeDroppedAndWrittenAnew() {
    Reading reading = dust(1, NOON, 1, 1);
    write(reading, dust(2, NOON.minus(Duration.ofDays(400)), 1, 1));

    assertThat(store().dropBefore(NOON.plus(Duration.ofDays(2)))).isEqualTo(2);

    assertThat(all()).isEmpty();
    assertThat(store().readings().newest()).isEmpty();
    assertThat(reopen().readings().newest()).isEmpty();
    write(reading);
    assertThat(all()).containsExactly(reading);
    assertThat(store().readings().newest()).contains(NOON);
  }

  @Test
  void whatWasDroppedMayComeBack() {
    Reading late = dust(1, NOON.minus(Duration.ofDays(3)), 1, 1);
    write(late, dust(2, NOON, 2, 2));
    store().dropBefore(NOON);

    write(late);

    assertThat(all()).containsExactly(late, dust(2, NOON, 2, 2));
    assertThat(store().readings().latest()).containsExactlyInAnyOrder(late, dust(2, NOON, 2, 2));
  }
}
