package org.airlens.aqi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class NowCastTest {

  private static final double NA = NowCast.MISSING;

  /** EPA, "Computing the NowCast". */
  @Test
  void givesTheAgencysOwnExample() {
    double[] hours = {13, 16, 10, 21, 74, 64, 53, 82, 90, 75, 80, 50};
    assertThat(NowCast.of(hours)).isEqualTo(17.4, within(0.05));
  }

  @Test
  void isThePlainMeanOfSteadyAir() {
    double[] hours = new double[12];
    Arrays.fill(hours, 9.1);
    assertThat(NowCast.of(hours)).isEqualTo(9.1);
    Arrays.fill(hours, 0);
    assertThat(NowCast.of(hours)).isZero();
  }

  @Test
  void weighsBySmallestOverLargest() {
    // 8/10 = 0.8: (10 + 0.8 · 8) / 1.8
    assertThat(NowCast.of(new double[] {10, 8})).isEqualTo(16.4 / 1.8, within(1e-9));
  }

  @Test
  void weighsNoHourLessThanHalfOfTheNext() {
    assertThat(NowCast.of(new double[] {0, 100})).isEqualTo(50 / 1.5, within(1e-9));
  }

  @Test
  void keepsTheAgeOfTheHoursBeyondAMissingOne() {
    // weight 0.5: (8 + 4 · 0.25) / 1.25
    assertThat(NowCast.of(new double[] {8, NA, 4})).isEqualTo(9 / 1.25, within(1e-9));
  }

  @Test
  void needsTwoOfTheNewestThreeHours() {
    assertThat(NowCast.of(new double[] {NA, 5, 5})).isEqualTo(5);
    assertThat(NowCast.of(new double[] {5, NA, 5})).isEqualTo(5);
    assertThat(NowCast.of(new double[] {5, 5, NA})).isEqualTo(5);
    assertThat(NowCast.of(new double[] {5, NA, NA, 5, 5, 5})).isNaN();
    assertThat(NowCast.of(new double[] {NA, NA, 5, 5, 5, 5})).isNaN();
    assertThat(NowCast.of(new double[] {5})).isNaN();
    assertThat(NowCast.of(new double[0])).isNaN();
  }

  @Test
  void takesNegativeAndInfiniteHoursAsMissing() {
    assertThat(NowCast.of(new double[] {-1, 5, 5, Double.POSITIVE_INFINITY})).isEqualTo(5);
    assertThat(NowCast.of(new double[] {-1, -1, 5})).isNaN();
  }

  @Test
  void leavesOutWhatIsOlderThanTwelveHours() {
    double[] hours = new double[13];
    Arrays.fill(hours, 7);
    hours[12] = 1000;
    assertThat(NowCast.of(hours)).isEqualTo(7);
  }

  @Property
  void isTheWeightedMeanOfTheHoursThatAreThere(
      @ForAll @Size(12) List<@IntRange(min = -1, max = 9_999) Integer> tenths) {
    double[] hours = tenths.stream().mapToDouble(tenth -> tenth / 10.0).toArray();
    double[] there = Arrays.stream(hours).filter(hour -> hour >= 0).toArray();
    double max = Arrays.stream(there).max().orElse(0);
    double weight = max == 0 ? 1 : Math.max(0.5, Arrays.stream(there).min().orElse(0) / max);
    double weighted = 0;
    double weights = 0;
    for (int hour = 0; hour < 12; hour++) {
      if (hours[hour] >= 0) {
        weighted += Math.pow(weight, hour) * hours[hour];
        weights += Math.pow(weight, hour);
      }
    }
    if (Arrays.stream(hours).limit(3).filter(hour -> hour >= 0).count() < 2) {
      assertThat(NowCast.of(hours)).isNaN();
    } else {
      assertThat(NowCast.of(hours)).isEqualTo(weighted / weights, within(1e-8));
    }
  }

  @Property
  void liesBetweenTheExtremesOrIsMissing(@ForAll @Size(max = 14) double[] hours) {
    double nowCast = NowCast.of(hours);
    double[] counted =
        Arrays.stream(hours).limit(NowCast.HOURS).filter(Scale::isConcentration).toArray();
    if (!Double.isNaN(nowCast)) {
      double min = Arrays.stream(counted).min().orElseThrow();
      double max = Arrays.stream(counted).max().orElseThrow();
      assertThat(nowCast).isBetween(min * (1 - 1e-9) - 1e-9, max * (1 + 1e-9) + 1e-9);
    }
  }
}
