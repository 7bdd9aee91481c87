package org.airlens.aqi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class HumidityGrowthTest {

  @Test
  void isOneInDryAirAndForParticlesThatTakeUpNothing() {
    assertThat(HumidityGrowth.factor(0.4, 0)).isEqualTo(1);
    assertThat(HumidityGrowth.factor(0, 90)).isEqualTo(1);
  }

  @Test
  void isTheFormulaAsItIsPublished() {
    double activity = 0.85;
    assertThat(HumidityGrowth.factor(0.4, 85))
        .isCloseTo(1 + (0.4 / 1.65) / (-1 + 1 / activity), within(1e-12));
  }

  @Test
  void hasABoundInSaturatedAir() {
    assertThat(HumidityGrowth.factor(0.4, 100))
        .isEqualTo(HumidityGrowth.factor(0.4, 95))
        .isCloseTo(5.606, within(1e-3));
  }

  @Property
  void isNeverLowerInMoreHumidAir(
      @ForAll @DoubleRange(min = 0, max = 2) double kappa,
      @ForAll @DoubleRange(min = 0, max = 100) double one,
      @ForAll @DoubleRange(min = 0, max = 100) double other) {
    assertThat(HumidityGrowth.factor(kappa, Math.max(one, other)))
        .isGreaterThanOrEqualTo(HumidityGrowth.factor(kappa, Math.min(one, other)))
        .isGreaterThanOrEqualTo(1);
  }
}
