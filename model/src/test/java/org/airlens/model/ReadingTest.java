package org.airlens.model;

import static org.airlens.model.TestReadings.NOON;
import static org.airlens.model.TestReadings.dust;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A reading and the rules that its parts must keep. */
class ReadingTest {

  @Test
  void hasItsIndexAmongItsValues() {
    Reading raw = dust(1, NOON, 36, 39);
    assertThat(raw.value("aqi")).isEmpty();
    Reading indexed = raw.withAqi(OptionalInt.of(4));
    assertThat(indexed.value("aqi")).hasValue(4);
    assertThat(indexed.value("P1")).hasValue(36);
    assertThat(indexed.value("humidity")).isEmpty();
    assertThat(indexed.withAqi(OptionalInt.empty())).isEqualTo(raw);
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource({
    "1, PPD42NS, true",
    "0, PPD42NS, true",
    "0, ppd42ns, true",
    "1, '', true",
    "14, SDS011, false",
    "0, '', false",
    "16, PMS3003, false"
  })
  void countsParticlesWhenNumberOrNameSaysSo(int id, String name, boolean counts) {
    assertThat(new SensorType(id, name, "").countsParticles()).isEqualTo(counts);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"0, false", "-1, false", "1, true", "2251799813685247, true"})
  void hasIdsThatEveryLanguageReadsExactly(long id, boolean valid) {
    assertThat(Identifiers.isValid(id)).isEqualTo(valid);
    assertThat(Identifiers.isValid(Identifiers.MAX_ID + 1)).isFalse();
    assertThat((long) (double) Identifiers.MAX_ID).isEqualTo(Identifiers.MAX_ID);
  }

  @ParameterizedTest(name = "{0}, {1}: {2}")
  @CsvSource({
    "90, 180, true",
    "-90, -180, true",
    "0, 0, true",
    "90.0001, 0, false",
    "-91, 0, false",
    "0, 180.0001, false",
    "0, -181, false",
    "NaN, 0, false",
    "0, NaN, false",
    "Infinity, 0, false"
  })
  void standsOnEarth(double latitude, double longitude, boolean valid) {
    assertThat(Position.isValid(latitude, longitude)).isEqualTo(valid);
    if (valid) {
      assertThat(new Position(latitude, longitude).latitude()).isEqualTo(latitude);
    } else {
      assertThatIllegalArgumentException().isThrownBy(() -> new Position(latitude, longitude));
    }
  }

  @Test
  void isNotOlderThanTheNetworkNorFromTheFuture() {
    long now = NOON.getEpochSecond();
    long earliest = ReadingTimes.EARLIEST.getEpochSecond();
    assertThat(ReadingTimes.problem(now, now)).isNull();
    assertThat(ReadingTimes.problem(earliest, now)).isNull();
    assertThat(ReadingTimes.problem(earliest - 1, now))
        .isEqualTo(RejectionReason.TIMESTAMP_TOO_OLD);
    assertThat(ReadingTimes.problem(0, now)).isEqualTo(RejectionReason.TIMESTAMP_TOO_OLD);
    assertThat(ReadingTimes.problem(now + 600, now)).isNull();
    assertThat(ReadingTimes.problem(now + 601, now)).isEqualTo(RejectionReason.TIMESTAMP_IN_FUTURE);
    assertThat(ReadingTimes.problem(Long.MAX_VALUE, now))
        .isEqualTo(RejectionReason.TIMESTAMP_IN_FUTURE);
    assertThat(ReadingTimes.problem(Long.MIN_VALUE, now))
        .isEqualTo(RejectionReason.TIMESTAMP_TOO_OLD);
  }

  @ParameterizedTest
  @EnumSource(RejectionReason.class)
  void isLostToEveryReasonButThoseOfSingleValues(RejectionReason reason) {
    boolean ofOneValue =
        reason.label().contains("value_type")
            || reason == RejectionReason.INVALID_VALUE
            || reason == RejectionReason.TOO_MANY_MEASURES;
    assertThat(reason.costsTheReading()).isEqualTo(!ofOneValue);
    assertThat(reason.label()).matches("[a-z_]+");
  }
}
