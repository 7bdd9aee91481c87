package org.airlens.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T10:00:00Z,2026-11-23T10:00:00Z",
    "2026-11-23t10:00:00z,2026-11-23T10:00:00Z",
    "2026-11-23T10:00Z,2026-11-23T10:00:00Z",
    "2026-11-23T10:00:00.5Z,2026-11-23T10:00:00.500Z",
    "2026-11-23T12:00:00+02:00,2026-11-23T10:00:00Z",
    "2026-11-23T12:00:00 02:00,2026-11-23T10:00:00Z",
    "2026-11-23T08:00:00-02:00,2026-11-23T10:00:00Z",
    "2026-11-23,2026-11-23T00:00:00Z",
    "now,2026-11-23T10:00:00Z",
    "-24h,2026-11-22T10:00:00Z",
    "-7d,2026-11-16T10:00:00Z",
    "-200ms,2026-11-23T09:59:59.800Z"
  })
  void timesAreReadAsPeopleWriteThem(String text, Instant expected) {
    assertThat(Times.instant(text, NOW)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "24h",
        "+24h",
        "--1h",
        "-1",
        "-1y",
        "tomorrow",
        "2026",
        "2026-02-30",
        "2026-11-23T10:00:00",
        "2026-11-23 10:00:00Z",
        "23.11.2026",
        "1969-12-31",
        "2200-01-01",
        "-999999999d",
        "1700000000",
        "+999999999-01-01"
      })
  void whatIsNoTimeOrBeyondAllSenseIsNone(String text) {
    assertThat(Times.instant(text, NOW)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"200ms,PT0.2S", "10s,PT10S", "5m,PT5M", "24h,PT24H", "7d,PT168H", "0s,PT0S"})
  void durationsHaveAUnit(String text, Duration expected) {
    assertThat(Times.duration(text)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "m", "-5m", "1.5h", "5 m", "5M", "1h30m", "9999999999s"})
  void anythingElseIsNoDuration(String text) {
    assertThat(Times.duration(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"30,30s", "60,1m", "90,90s", "3600,1h", "5400,90m", "86400,1d", "604800,7d"})
  void anIntervalIsShownInItsLargestWholeUnit(long seconds, String expected) {
    assertThat(Times.text(Duration.ofSeconds(seconds))).isEqualTo(expected);
  }
}
