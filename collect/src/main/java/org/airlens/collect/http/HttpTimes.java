package org.airlens.collect.http;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What an answer's headers say about when to ask again (RFC 9110, RFC 9111). */
final class HttpTimes {

  private static final long LONGEST_SECONDS = Integer.MAX_VALUE;

  private HttpTimes() {}

  /**
   * How long the server wants to be left alone; empty when it does not say, or says a time gone by.
   */
  static Optional<Duration> retryAfter(HttpHeaders headers, Instant now) {
    return headers
        .firstValue("Retry-After")
        .map(String::strip)
        .flatMap(
            text -> seconds(text).or(() -> date(text).map(at -> between(sent(headers, now), at))))
        .filter(pause -> !pause.isNegative() && !pause.isZero());
  }

  /**
   * For how long the answer may be taken for the newest, from now on; empty when the server does
   * not say. What can't be read counts as no time at all, as RFC 9111 wants it.
   */
  static Optional<Duration> cacheLife(HttpHeaders headers, Instant now) {
    Optional<Duration> life = maxAge(headers).or(() -> expires(headers, now));
    Duration age = headers.firstValue("Age").flatMap(HttpTimes::seconds).orElse(Duration.ZERO);
    return life.map(whole -> whole.minus(age)).map(HttpTimes::notNegative);
  }

  private static Optional<Duration> maxAge(HttpHeaders headers) {
    Optional<Duration> life = Optional.empty();
    for (String directive : directives(headers).toList()) {
      if (directive.equals("no-store") || directive.startsWith("no-cache")) {
        return Optional.of(Duration.ZERO);
      }
      if (life.isEmpty() && directive.startsWith("max-age=")) {
        String text = directive.substring("max-age=".length()).replace("\"", "");
        life = Optional.of(seconds(text).orElse(Duration.ZERO));
      }
    }
    return life;
  }

  private static Stream<String> directives(HttpHeaders headers) {
    return headers.allValues("Cache-Control").stream()
        .flatMap(line -> Stream.of(line.split(",", -1)))
        .map(directive -> directive.strip().toLowerCase(Locale.ROOT));
  }

  private static Optional<Duration> expires(HttpHeaders headers, Instant now) {
    return headers
        .firstValue("Expires")
        .map(text -> date(text).map(at -> between(sent(headers, now), at)).orElse(Duration.ZERO));
  }

  /** When the server sent this by its own clock, so that a wrong clock here does not matter. */
  private static Instant sent(HttpHeaders headers, Instant now) {
    return headers.firstValue("Date").flatMap(HttpTimes::date).orElse(now);
  }

  private static Optional<Duration> seconds(String text) {
    if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    boolean huge = text.length() > 10;
    long seconds = huge ? LONGEST_SECONDS : Math.min(Long.parseLong(text), LONGEST_SECONDS);
    return Optional.of(Duration.ofSeconds(seconds));
  }

  private static Optional<Instant> date(String text) {
    try {
      ZonedDateTime at = ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME);
      return Optional.of(at.toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Duration between(Instant from, Instant to) {
    return Duration.between(from, to);
  }

  private static Duration notNegative(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }
}
