package org.airlens.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibrationTest {

  private static final SensorType SDS011 = new SensorType(14, "SDS011", "Nova Fitness");
  private static final SensorType PPD42NS = new SensorType(1, "PPD42NS", "Shinyei");
  private static final OptionalDouble UNKNOWN = OptionalDouble.empty();

  @ParameterizedTest
  @CsvSource({
    "P2=0.9x+1.5, P2=0.9x+1.5",
    "P2=0.9*x-1.5, P2=0.9x-1.5",
    "' SDS011 : P2 = x / growth(0.4) ', sds011:P2=1.0x/growth(0.4)+0.0",
    "temperature=x-2, temperature=1.0x-2.0",
    "P2=-2x, P2=-2.0x+0.0",
  })
  void readsWhatPeopleWriteAndWritesWhatItReads(String text, String canonical) {
    Calibration calibration = Calibration.of(List.of(text));
    assertThat(calibration.toString()).isEqualTo(canonical);
    assertThat(Calibration.of(List.of(canonical))).isEqualTo(calibration);
  }

  @ParameterizedTest
  @CsvSource({
    "P2=0.9y, write [MAKE:]MEASURE=0.9x+1.5",
    "P2=, write [MAKE:]MEASURE=0.9x+1.5",
    "P2=1e5x, write [MAKE:]MEASURE=0.9x+1.5",
    "P2=x/growth(-1), write [MAKE:]MEASURE=0.9x+1.5",
    "P2=NaNx, write [MAKE:]MEASURE=0.9x+1.5",
    "dust=x, is no measure that sensors report",
    "aqi=x, is no measure that sensors report",
    "temperature=x/growth(0.4), is no concentration of them",
  })
  void refusesWhatMakesNoSense(String text, String why) {
    assertThatThrownBy(() -> Calibration.of(List.of(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why)
        .hasMessageContaining(text);
  }

  @Test
  void refusesTwoRulesForTheSame() {
    assertThatThrownBy(() -> Calibration.of(List.of("SDS011:P2=x", "sds011:P2=2x")))
        .hasMessageContaining("another rule for the same measure and make");
    assertThat(Calibration.of(List.of("P2=x", "SDS011:P2=2x")).rules()).hasSize(2);
  }

  @Test
  void takesAMakesOwnRuleFirst() {
    Calibration calibration = Calibration.of(List.of("P2=2x", "SDS011:P2=3x"));
    assertThat(calibration.apply(SDS011, "P2", 10, UNKNOWN)).hasValue(30);
    assertThat(calibration.apply(new SensorType(0, "SPS30", ""), "P2", 10, UNKNOWN)).hasValue(20);
    assertThat(calibration.apply(SDS011, "P1", 10, UNKNOWN)).isEmpty();
  }

  @Test
  void leavesParticleCountsAndFaultsAlone() {
    Calibration calibration = Calibration.of(List.of("P1=2x", "P2=0.5x"));
    assertThat(calibration.apply(PPD42NS, "P1", 500, UNKNOWN)).isEmpty();
    assertThat(calibration.apply(SDS011, "P1", 1999.9, UNKNOWN)).isEmpty();
    assertThat(calibration.apply(SDS011, "P2", 999, UNKNOWN)).isEmpty();
    assertThat(calibration.apply(SDS011, "P2", 998, UNKNOWN)).hasValue(499);
  }

  @Test
  void makesNoConcentrationNegative() {
    Calibration calibration = Calibration.of(List.of("P2=x-5", "temperature=x-5"));
    assertThat(calibration.apply(SDS011, "P2", 3, UNKNOWN)).hasValue(0);
    assertThat(calibration.apply(SDS011, "temperature", 3, UNKNOWN)).hasValue(-2);
  }

  @Test
  void takesOutTheWaterWhereTheHumidityIsKnown() {
    Calibration calibration = Calibration.of(List.of("P2=x/growth(0.4)"));
    assertThat(calibration.apply(SDS011, "P2", 30, UNKNOWN)).isEmpty();
    assertThat(calibration.apply(SDS011, "P2", 30, OptionalDouble.of(0))).hasValue(30);
    assertThat(calibration.apply(SDS011, "P2", 30, OptionalDouble.of(80)).orElseThrow())
        .isCloseTo(30 / (1 + 0.4 / 1.65 * 4), within(1e-9));
  }
}
