package org.airlens.collect.feed;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Reads the feeds' and the archive's times: {@code 2018-12-20 00:02:02}, with {@code T} instead of
 * the space, with a fraction, which is cut off, and with an offset. Without an offset they are UTC.
 */
public final class FeedTime {

  /** What {@link #parse} returns when the text is no time. */
  public static final long INVALID = Long.MIN_VALUE;

  private static final int SECONDS_LENGTH = 19;
  private static final int LONGEST = 40;

  private FeedTime() {}

  /** The seconds since 1970 of a time, or {@link #INVALID}. */
  public static long parse(CharSequence text) {
    char[] characters = text.toString().toCharArray();
    return parse(characters, 0, characters.length);
  }

  /** The seconds since 1970 of a time, or {@link #INVALID}. */
  public static long parse(char[] text, int offset, int length) {
    if (length < SECONDS_LENGTH || length > LONGEST) {
      return INVALID;
    }
    int year = digits(text, offset, 4);
    int month = digits(text, offset + 5, 2);
    int day = digits(text, offset + 8, 2);
    int hour = digits(text, offset + 11, 2);
    int minute = digits(text, offset + 14, 2);
    int second = digits(text, offset + 17, 2);
    char separator = text[offset + 10];
    boolean shaped =
        text[offset + 4] == '-'
            && text[offset + 7] == '-'
            && (separator == ' ' || separator == 'T')
            && text[offset + 13] == ':'
            && text[offset + 16] == ':';
    boolean inRange =
        year >= 1
            && month >= 1
            && month <= 12
            && day >= 1
            && (day <= 28 || day <= lengthOfMonth(year, month))
            && hour >= 0
            && hour <= 23
            && minute >= 0
            && minute <= 59
            && second >= 0
            && second <= 59;
    if (!shaped || !inRange) {
      return INVALID;
    }
    if (length > SECONDS_LENGTH) {
      return withFractionOrOffset(new String(text, offset, length));
    }
    return daysSince1970(year, month, day) * 86_400 + hour * 3_600L + minute * 60L + second;
  }

  private static long withFractionOrOffset(String text) {
    String iso = text.replace(' ', 'T');
    try {
      char last = iso.charAt(iso.length() - 1);
      boolean hasOffset = last == 'Z' || iso.lastIndexOf('+') > 0 || iso.lastIndexOf('-') > 7;
      return hasOffset
          ? OffsetDateTime.parse(iso).toEpochSecond()
          : LocalDateTime.parse(iso).toEpochSecond(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return INVALID;
    }
  }

  private static int digits(char[] text, int from, int count) {
    int value = 0;
    for (int i = from; i < from + count; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  private static int lengthOfMonth(int year, int month) {
    return switch (month) {
      case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }

  /** Days in the proleptic Gregorian calendar, counted in years that begin in March. */
  private static long daysSince1970(int year, int month, int day) {
    long marchYear = month > 2 ? year : year - 1;
    int monthOfYear = month > 2 ? month - 3 : month + 9;
    int dayOfYear = (153 * monthOfYear + 2) / 5 + day - 1;
    return marchYear * 365
        + marchYear / 4
        - marchYear / 100
        + marchYear / 400
        + dayOfYear
        - 719_468;
  }
}
