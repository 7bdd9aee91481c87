package org.airlens.store.embedded;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.airlens.store.ReadingFilter;
import org.airlens.store.embedded.rollup.DayFile;
import org.airlens.store.embedded.rollup.RolledDays;

/** A window of time, cut into what is rolled up and what has to be read, in the order of time. */
final class Spans {

  private static final long DAY = 86_400;
  private static final int HOUR = 3_600;
  private static final int HOURS = 24;

  private final List<Span> spans = new ArrayList<>();
  private final boolean wholeDaysOnly;
  private final long from;
  private final long to;
  private int days;

  private Spans(ReadingFilter filter, boolean wholeDaysOnly) {
    this.wholeDaysOnly = wholeDaysOnly;
    from = filter.from().map(Spans::second).orElse(0L);
    to = filter.to().map(Spans::second).orElse(Long.MAX_VALUE);
  }

  /**
   * The spans of a filter's window that have readings.
   *
   * @param wholeDaysOnly whether hours of a day that the window cuts are to be read
   */
  static Spans of(ReadingFilter filter, RolledDays rolled, boolean wholeDaysOnly) {
    Spans all = new Spans(filter, wholeDaysOnly);
    for (Map.Entry<Long, Optional<DayFile>> day :
        rolled.between(Math.floorDiv(all.from, DAY), Math.floorDiv(all.to - 1, DAY)).entrySet()) {
      all.add(day.getKey() * DAY, day.getValue());
    }
    return all;
  }

  private void add(long start, Optional<DayFile> file) {
    days++;
    int firstHour = Math.ceilDiv((int) Math.clamp(from - start, 0, DAY), HOUR);
    int endHour = (int) Math.clamp(to - start, 0, DAY) / HOUR;
    boolean whole = firstHour == 0 && endHour == HOURS;
    if (file.isEmpty() || firstHour >= endHour || (wholeDaysOnly && !whole)) {
      addRead(start, start + DAY);
    } else {
      addRead(start, start + (long) firstHour * HOUR);
      spans.add(new Rolled(file.get(), firstHour, endHour));
      addRead(start + (long) endHour * HOUR, start + DAY);
    }
  }

  /** Adds what of a day is in the window; days that follow each other are read together. */
  private void addRead(long start, long end) {
    long first = Math.max(start, from);
    long last = Math.min(end, to);
    if (first < last) {
      if (!spans.isEmpty() && spans.getLast() instanceof Read before) {
        spans.removeLast();
        first = before.from;
      }
      spans.add(new Read(first, last));
    }
  }

  /** The spans. */
  List<Span> all() {
    return spans;
  }

  /** Whether a roll-up is among them. */
  boolean isAnyRolled() {
    return spans.stream().anyMatch(Rolled.class::isInstance);
  }

  /** How many days with readings they reach over. */
  int days() {
    return days;
  }

  /** The first whole second not before an instant, in the years that QuestDB reads. */
  private static long second(Instant instant) {
    long second = instant.getEpochSecond() + (instant.getNano() > 0 ? 1 : 0);
    return Math.max(0, second);
  }

  /** A part of the window. */
  sealed interface Span permits Rolled, Read {}

  /**
   * Hours of a day that are rolled up.
   *
   * @param file the day
   * @param firstHour the first of them
   * @param endHour the one after the last
   */
  record Rolled(DayFile file, int firstHour, int endHour) implements Span {

    boolean isWholeDay() {
      return firstHour == 0 && endHour == HOURS;
    }
  }

  /**
   * A time whose readings have to be read.
   *
   * @param from its first second, since 1970
   * @param to the second after its last
   */
  record Read(long from, long to) implements Span {

    /** The filter for these readings alone. */
    ReadingFilter of(ReadingFilter filter) {
      return filter.between(
          Instant.ofEpochSecond(from),
          to == Long.MAX_VALUE ? Instant.MAX : Instant.ofEpochSecond(to));
    }
  }
}
