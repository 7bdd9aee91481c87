package org.airlens.server;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads times and durations as people write them. */
public final class Times {

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
  private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");

  /** Before this lies every instant that a person may name. */
  public static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  private Times() {}

  /**
   * An instant: {@code 2026-11-23T10:00:00Z}, also with an offset, whose plus may have become a
   * space in a query, a date, which is its midnight UTC, {@code now}, or relative to {@code now},
   * {@code -24h}; empty when the text is none of these or the year lies outside 1970–2199.
   */
  public static Optional<Instant> instant(String text, Instant now) {
    try {
      if (text.equals("now")) {
        return Optional.of(now);
      }
      if (text.startsWith("-")) {
        return duration(text.substring(1)).map(now::minus).filter(Times::isSensible);
      }
      String iso = text.toUpperCase(Locale.ROOT).replace(' ', '+');
      Instant instant =
          iso.indexOf('T') > 0
              ? OffsetDateTime.parse(iso).toInstant()
              : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
      return Optional.of(instant).filter(Times::isSensible);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** A duration: {@code 200ms}, {@code 10s}, {@code 5m}, {@code 24h}, {@code 7d}. */
  public static Optional<Duration> duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long amount = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(amount);
          case "s" -> Duration.ofSeconds(amount);
          case "m" -> Duration.ofMinutes(amount);
          case "h" -> Duration.ofHours(amount);
          default -> Duration.ofDays(amount);
        });
  }

  /** A whole number of seconds in the largest unit that fits: {@code 5m}. */
  static String text(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds % 3_600 == 0) {
      return seconds / 3_600 + "h";
    }
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }

  private static boolean isSensible(Instant instant) {
    return !instant.isBefore(EARLIEST) && instant.isBefore(LATEST);
  }
}
