package org.airlens.store.embedded;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.airlens.store.ReadingFilter;
import org.airlens.store.RollUpUse;
import org.airlens.store.WholeSeconds;
import org.airlens.store.embedded.rollup.DayFile;
import org.airlens.store.embedded.rollup.Days;
import org.airlens.store.embedded.rollup.RolledDays;

/** A window of time, cut into what is rolled up and what has to be read, in the order of time. */
final class Spans {

  private static final int HOUR = 3_600;
  private static final int HOURS = 24;

  private final List<Span> spans = new ArrayList<>();
  private final RollUpUse use;
  private final long from;
  private final long to;
  private int days;

  private Spans(ReadingFilter filter, RollUpUse use) {
    this.use = use;
    from = filter.from().map(Spans::second).orElse(0L);
    to = filter.to().map(Spans::second).orElse(Long.MAX_VALUE);
  }

  /**
   * The spans of a filter's window that have readings.
   *
   * @param use which of them may be taken from a roll-up; of a day that the window cuts, its hours
   */
  static Spans of(ReadingFilter filter, RolledDays rolled, RollUpUse use) {
    Spans all = new Spans(filter, use);
    for (Map.Entry<Long, Optional<DayFile>> day :
        rolled
            .between(Math.floorDiv(all.from, Days.SECONDS), Math.floorDiv(all.to - 1, Days.SECONDS))
            .entrySet()) {
      all.add(day.getKey() * Days.SECONDS, day.getValue());
    }
    return all;
  }

  private void add(long start, Optional<DayFile> file) {
    days++;
    int firstHour = Math.ceilDiv((int) Math.clamp(from - start, 0, Days.SECONDS), HOUR);
    int endHour = (int) Math.clamp(to - start, 0, Days.SECONDS) / HOUR;
    boolean whole = firstHour == 0 && endHour == HOURS;
    if (file.isEmpty() || firstHour >= endHour || (!use.byHour() && !whole)) {
      addRead(start, start + Days.SECONDS);
    } else {
      addRead(start, start + (long) firstHour * HOUR);
      spans.add(new Rolled(file.get(), firstHour, endHour));
      addRead(start + (long) endHour * HOUR, start + Days.SECONDS);
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

  private static long second(Instant instant) {
    return WholeSeconds.bound(instant).getEpochSecond();
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
