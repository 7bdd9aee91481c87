package org.airlens.aqi;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingIndexTest {

  private static final double ABSENT = Double.NaN;

  @ParameterizedTest(name = "P1 {0}, P2 {1} → {2}")
  @CsvSource({"36, 39, 4", "100.5, 5, 10", "5, 70.5, 10", "0, 0, 1", "-0.0, NaN, 1", "39, 36, 4"})
  void isTheHigherOfTheTwo(double p1, double p2, int expected) {
    assertThat(ReadingIndex.of(p1, p2, false)).isEqualTo(expected);
  }

  @Test
  void doesNotSwapTheMeasures() {
    assertThat(ReadingIndex.of(40, ABSENT, false)).isEqualTo(3);
    assertThat(ReadingIndex.of(ABSENT, 40, false)).isEqualTo(4);
  }

  @Test
  void leavesOutSaturatedConcentrationsEachForItself() {
    assertThat(ReadingIndex.of(1999.9, 10, false)).isEqualTo(1);
    assertThat(ReadingIndex.of(1999, 10, false)).isEqualTo(1);
    assertThat(ReadingIndex.of(Math.nextDown(1999.0), 10, false)).isEqualTo(10);
    assertThat(ReadingIndex.of(10, 999.9, false)).isEqualTo(1);
    assertThat(ReadingIndex.of(10, 999, false)).isEqualTo(1);
    assertThat(ReadingIndex.of(10, Math.nextDown(999.0), false)).isEqualTo(10);
    assertThat(ReadingIndex.of(1999.9, 999.9, false)).isEqualTo(ReadingIndex.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        -0.4,
        -1,
        -Double.MIN_VALUE,
        Double.NaN,
        Double.NEGATIVE_INFINITY,
        Double.POSITIVE_INFINITY,
        Double.MAX_VALUE
      })
  void leavesOutWhatIsNoConcentration(double bad) {
    assertThat(ReadingIndex.of(bad, bad, false)).isEqualTo(ReadingIndex.NONE);
    assertThat(ReadingIndex.of(bad, 39, false)).isEqualTo(4);
    assertThat(ReadingIndex.of(36, bad, false)).isEqualTo(3);
  }

  @Test
  void hasNoneForParticleCounters() {
    assertThat(ReadingIndex.of(36, 39, true)).isEqualTo(ReadingIndex.NONE);
  }

  @Property
  void isAlwaysNoneOrOneToTen(@ForAll double p1, @ForAll double p2, @ForAll boolean counts) {
    assertThat(ReadingIndex.of(p1, p2, counts)).isBetween(ReadingIndex.NONE, 10);
  }
}
