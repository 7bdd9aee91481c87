package org.airlens.collect.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.airlens.collect.http.HttpSettings.Pace;
import org.airlens.collect.http.HttpSettings.Retrying;
import org.airlens.collect.http.HttpSettings.Timeouts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSettingsTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void limitsTheTransferAsTheDocument() {
    HttpSettings settings = HttpSettings.of("AirLens (+mailto:me@example.org)", 1_000);
    assertThat(settings.maxBytes()).isEqualTo(1_000);
    assertThat(settings.maxTransferBytes()).isEqualTo(1_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "AirLens\r\nX-Evil: 1", "AirLens (Jürgen)", "a\tb"})
  void refusesAUserAgentThatCanNotBeSent(String userAgent) {
    assertThatThrownBy(() -> HttpSettings.of(userAgent, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("can't be sent: write printable ASCII, with a contact");
  }

  @Test
  void refusesALimitThatLetsNothingThrough() {
    assertThatThrownBy(() -> HttpSettings.of("AirLens", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the size limit of a feed must be at least one byte");
  }

  @Test
  void refusesDurationsThatMeanNothing() {
    assertThatThrownBy(() -> new Timeouts(SECOND, Duration.ZERO, SECOND, SECOND))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the response timeout must be positive: PT0S");
    assertThatThrownBy(() -> new Pace(Duration.ofSeconds(-1), SECOND, SECOND, SECOND))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the shortest interval can't be negative: PT-1S");
    assertThatThrownBy(() -> new Retrying(0, SECOND, SECOND, 1, SECOND, SECOND))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("attempts and failures are at least 1");
    assertThatThrownBy(() -> new Retrying(1, SECOND, SECOND, 1, SECOND, Duration.ofMillis(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the slowest probe can't be faster than the first");
  }
}
