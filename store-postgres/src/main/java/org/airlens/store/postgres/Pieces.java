package org.airlens.store.postgres;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.airlens.store.ReadingFilter;
import org.airlens.store.RollUpUse;

/**
 * What of a window of time is asked of which table; together the pieces are the window.
 *
 * @param readings what is not rolled up, or not from edge to edge
 * @param hours whole hours of days that are rolled up
 * @param days whole days that are rolled up
 */
record Pieces(List<Range> readings, List<Range> hours, List<Range> days) {

  private static final long HOUR = 3_600;
  private static final long DAY = 86_400;

  /** All of a filter's window, from the readings. */
  static Pieces ofReadings(ReadingFilter filter) {
    return of(filter, List.of(), new RollUpUse(false, false));
  }

  /**
   * Divides a filter's window.
   *
   * @param rolledUp the days that are rolled up, ascending
   * @param use which of their roll-ups may be used
   */
  static Pieces of(ReadingFilter filter, List<LocalDate> rolledUp, RollUpUse use) {
    long next = filter.from().map(Pieces::second).orElse(Range.OPEN_START);
    long end = filter.to().map(Pieces::second).orElse(Range.OPEN_END);
    Pieces pieces = new Pieces(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (LocalDate day : rolledUp) {
      long midnight = day.toEpochDay() * DAY;
      if (use.byDay() && next <= midnight && midnight + DAY <= end) {
        add(pieces.readings, next, midnight);
        add(pieces.days, midnight, midnight + DAY);
        next = midnight + DAY;
      } else if (use.byHour()) {
        long first = Math.ceilDiv(Math.max(next, midnight), HOUR) * HOUR;
        long last = Math.floorDiv(Math.min(end, midnight + DAY), HOUR) * HOUR;
        if (first < last) {
          add(pieces.readings, next, first);
          add(pieces.hours, first, last);
          next = last;
        }
      }
    }
    add(pieces.readings, next, end);
    return pieces;
  }

  private static long second(Instant instant) {
    return Sql.timestamp(instant).toEpochSecond();
  }

  /** Adds a range, to the last one if it follows that, and none if it is empty. */
  private static void add(List<Range> ranges, long start, long end) {
    if (start >= end) {
      return;
    }
    if (!ranges.isEmpty() && ranges.getLast().end == start) {
      ranges.set(ranges.size() - 1, new Range(ranges.getLast().start, end));
    } else {
      ranges.add(new Range(start, end));
    }
  }

  /** Whether the window is empty. */
  boolean isEmpty() {
    return readings.isEmpty() && hours.isEmpty() && days.isEmpty();
  }

  /**
   * Seconds since 1970.
   *
   * @param start the first, or {@link #OPEN_START}
   * @param end the first that is no more in it, or {@link #OPEN_END}
   */
  record Range(long start, long end) {

    static final long OPEN_START = Long.MIN_VALUE;
    static final long OPEN_END = Long.MAX_VALUE;

    /** What stands for a second in a column of instants. */
    static Object instant(long second) {
      return Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC);
    }

    /** What stands for the first second of a day in a column of days. */
    static Object day(long second) {
      return LocalDate.ofEpochDay(Math.floorDiv(second, DAY));
    }
  }
}
