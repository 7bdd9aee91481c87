package org.airlens.collect.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTimesTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max-age=60                        | 60",
        "public, Max-Age=60                | 60",
        "max-age=\"60\"                    | 60",
        "max-age=60, max-age=90            | 60",
        "s-maxage=90, max-age=60           | 60",
        "no-cache                          | 0",
        "max-age=60, no-store              | 0",
        "no-cache=\"Set-Cookie\", max-age=60 | 0",
        "max-age=soon                      | 0",
        "max-age=-60                       | 0",
        "max-age=99999999999999999999      | 2147483647",
      })
  void readsForHowLongAnAnswerIsTheNewest(String cacheControl, long seconds) {
    assertThat(HttpTimes.cacheLife(headers("Cache-Control", cacheControl), NOW))
        .contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource({"0,60", "20,40", "60,0", "90,0", "old,60"})
  void subtractsTheAgeInCaches(String age, long seconds) {
    assertThat(HttpTimes.cacheLife(headers("Cache-Control", "max-age=60", "Age", age), NOW))
        .contains(Duration.ofSeconds(seconds));
  }

  @Test
  void joinsCacheControlOfSeveralLines() {
    HttpHeaders headers = headers("Cache-Control", "public", "Cache-Control", "max-age=60");
    assertThat(HttpTimes.cacheLife(headers, NOW)).contains(Duration.ofSeconds(60));
  }

  @Test
  void prefersMaxAgeToExpires() {
    HttpHeaders headers =
        headers("Expires", "Sun, 01 Mar 2026 13:00:00 GMT", "Cache-Control", "max-age=60");
    assertThat(HttpTimes.cacheLife(headers, NOW)).contains(Duration.ofSeconds(60));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Sun, 01 Mar 2026 12:01:30 GMT | 90",
        "Sun, 01 Mar 2026 11:00:00 GMT | 0",
        "0                             | 0",
        "-1                            | 0",
        "tomorrow                      | 0",
      })
  void readsExpires(String expires, long seconds) {
    assertThat(HttpTimes.cacheLife(headers("Expires", expires), NOW))
        .contains(Duration.ofSeconds(seconds));
  }

  @Test
  void measuresDatesByTheServersClock() {
    HttpHeaders headers =
        headers(
            "Date", "Sun, 01 Mar 2020 00:00:00 GMT",
            "Expires", "Sun, 01 Mar 2020 00:01:00 GMT",
            "Retry-After", "Sun, 01 Mar 2020 00:02:00 GMT");
    assertThat(HttpTimes.cacheLife(headers, NOW)).contains(Duration.ofMinutes(1));
    assertThat(HttpTimes.retryAfter(headers, NOW)).contains(Duration.ofMinutes(2));
  }

  @Test
  void knowsNoCacheLifeWithoutHeaders() {
    assertThat(HttpTimes.cacheLife(headers("Cache-Control", "public"), NOW)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "120                           | 120",
        " 120                          | 120",
        "Sun, 01 Mar 2026 12:00:45 GMT | 45",
        "99999999999999999999          | 2147483647",
      })
  void readsRetryAfter(String text, long seconds) {
    assertThat(HttpTimes.retryAfter(headers("Retry-After", text), NOW))
        .contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-5", "1.5", "soon", "", "Sun, 01 Mar 2026 11:00:00 GMT"})
  void takesNoRetryAfterThatSaysNothing(String text) {
    assertThat(HttpTimes.retryAfter(headers("Retry-After", text), NOW)).isEmpty();
  }

  private static HttpHeaders headers(String... namesAndValues) {
    Map<String, List<String>> all = new TreeMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      all.computeIfAbsent(namesAndValues[i], name -> new ArrayList<>()).add(namesAndValues[i + 1]);
    }
    return HttpHeaders.of(all, (name, value) -> true);
  }
}
