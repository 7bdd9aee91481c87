package org.airlens.aqi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The numbers as they are published. */
class DailyLimitTest {

  @Test
  void daysMayHaveSoMuch() {
    assertThat(DailyLimit.WHO_2021.of(Pollutant.PM25)).hasValue(15);
    assertThat(DailyLimit.WHO_2021.of(Pollutant.PM10)).hasValue(45);
    assertThat(DailyLimit.EU_2008.of(Pollutant.PM25)).isEmpty();
    assertThat(DailyLimit.EU_2008.of(Pollutant.PM10)).hasValue(50);
    assertThat(DailyLimit.EU_2030.of(Pollutant.PM25)).hasValue(25);
    assertThat(DailyLimit.EU_2030.of(Pollutant.PM10)).hasValue(45);
    assertThat(DailyLimit.WHO_2021.of(Pollutant.O3)).isEmpty();
  }

  @Test
  void soManyDaysOfAYearMayHaveMore() {
    assertThat(DailyLimit.WHO_2021.allowedDays()).isEqualTo(3);
    assertThat(DailyLimit.EU_2008.allowedDays()).isEqualTo(35);
    assertThat(DailyLimit.EU_2030.allowedDays()).isEqualTo(18);
  }
}
