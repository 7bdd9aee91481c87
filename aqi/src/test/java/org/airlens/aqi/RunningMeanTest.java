package org.airlens.aqi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RunningMeanTest {

  private static final double NA = RunningMean.MISSING;

  @Test
  void givesAWorkedExampleOverEightHours() {
    double[] ozone = {60, 70, 80, 90, 100, 110, 120, 130, 140, 150};
    assertThat(RunningMean.OF_8_HOURS.over(ozone))
        .containsExactly(NA, NA, NA, NA, NA, 85, 90, 95, 105, 115);
  }

  @Test
  void givesAWorkedExampleOverADay() {
    double[] hours = new double[25];
    Arrays.setAll(hours, hour -> hour + 1);
    assertThat(RunningMean.OF_24_HOURS.ending(hours, 23)).isEqualTo(12.5);
    assertThat(RunningMean.OF_24_HOURS.ending(hours, 24)).isEqualTo(13.5);
  }

  @Test
  void needsThreeQuartersOfTheHours() {
    assertThat(RunningMean.OF_24_HOURS.requiredHours()).isEqualTo(18);
    assertThat(RunningMean.OF_8_HOURS.requiredHours()).isEqualTo(6);
    double[] hours = new double[24];
    Arrays.fill(hours, 20);
    Arrays.fill(hours, 3, 9, NA);
    assertThat(RunningMean.OF_24_HOURS.ending(hours, 23)).isEqualTo(20);
    hours[15] = Double.POSITIVE_INFINITY;
    assertThat(RunningMean.OF_24_HOURS.ending(hours, 23)).isNaN();
  }

  @Test
  void leavesOutMissingHoursInsteadOfTakingThemAsZero() {
    double[] hours = {10, NA, 20, 30, NA, 40, 50, 60};
    assertThat(RunningMean.OF_8_HOURS.ending(hours, 7)).isEqualTo(35);
  }

  @Test
  void keepsNegativeHoursWhichInstrumentsReportNearZero() {
    double[] hours = {-1, 1, -1, 1, -1, 1, -1, 9};
    assertThat(RunningMean.OF_8_HOURS.ending(hours, 7)).isEqualTo(1);
  }

  @Test
  void leavesNoDustOfBinaryArithmeticAtABound() {
    AqiStandard daqi = AqiStandards.find("uk-daqi").orElseThrow();
    for (int tenths = 0; tenths < 115; tenths++) {
      double[] hours = new double[24];
      for (int hour = 0; hour < 24; hour += 2) {
        hours[hour] = tenths / 10.0;
        hours[hour + 1] = (230 - tenths) / 10.0;
      }
      double mean = RunningMean.OF_24_HOURS.ending(hours, 23);
      assertThat(mean).isEqualTo(11.5);
      assertThat(daqi.indexOf(Pollutant.PM25, mean)).isEqualTo(2);
    }
  }

  @Property
  void isTheDecimalMeanToABillionth(
      @ForAll @Size(min = 1, max = 24)
          List<@IntRange(min = -5_000, max = 200_000) Integer> tenths) {
    double[] hours = tenths.stream().mapToDouble(tenth -> tenth / 10.0).toArray();
    BigDecimal sum =
        tenths.stream()
            .map(tenth -> BigDecimal.valueOf(tenth, 1))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal mean = sum.divide(BigDecimal.valueOf(tenths.size()), 9, RoundingMode.HALF_EVEN);
    assertThat(new RunningMean(24, 1 / 24.0).ending(hours, hours.length - 1))
        .isEqualTo(mean.doubleValue());
  }

  @Test
  void takesARuleOfItsOwn() {
    assertThat(new RunningMean(1, 1).over(new double[] {1, NA, 3})).containsExactly(1, NA, 3);
    assertThat(new RunningMean(3, 0.5).requiredHours()).isEqualTo(2);
    assertThatIllegalArgumentException().isThrownBy(() -> new RunningMean(0, 0.75));
    assertThatIllegalArgumentException().isThrownBy(() -> new RunningMean(24, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new RunningMean(24, Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> new RunningMean(24, 1.1));
  }
}
