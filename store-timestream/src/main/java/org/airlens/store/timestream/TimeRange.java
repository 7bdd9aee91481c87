package org.airlens.store.timestream;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.airlens.model.ReadingTimes;
import org.airlens.store.ReadingFilter;
import org.airlens.store.StoreException;
import org.airlens.store.WholeSeconds;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time that a query reaches over: there always is one, because time is what a query costs by.
 * Whole seconds.
 *
 * @param from its first instant
 * @param to the first behind it
 */
record TimeRange(Instant from, Instant to) {

  private static final Logger LOG = LoggerFactory.getLogger(TimeRange.class);

  /** More than a clock may be wrong by, and than the service takes readings ahead of time. */
  private static final Duration AHEAD = Duration.ofDays(1);

  /**
   * The filter's times, as far as the table reaches.
   *
   * @throws StoreException when they reach over more than the address allows
   */
  static TimeRange of(ReadingFilter filter, Table table) {
    TimeRange range = between(filter.from(), filter.to(), table);
    Optional<Duration> most = table.address().maxScan();
    if (most.isPresent() && range.length().compareTo(most.get()) > 0) {
      throw new StoreException(
          "%s: the question reaches over %d days, and the option max_scan allows %.1f; ask for less"
                  .formatted(
                      table.address().description(),
                      range.length().toDays(),
                      most.get().toHours() / 24.0)
              + " time");
    }
    return range;
  }

  /** Says in the log that a query reads all there is, when nobody said from when on. */
  static void warnOfAll(ReadingFilter filter, Table table) {
    if (filter.from().isEmpty()) {
      LOG.atWarn()
          .addKeyValue("table", table.address().description())
          .log("a question without 'from' reads the whole table; the option max_scan refuses it");
    }
  }

  /** Between two instants, as far as the table reaches. */
  static TimeRange between(Optional<Instant> from, Optional<Instant> to, Table table) {
    Instant now = table.now();
    Instant first = now.minus(table.retention().whole()).minus(AHEAD);
    Instant earliest = first.isBefore(ReadingTimes.EARLIEST) ? ReadingTimes.EARLIEST : first;
    Instant latest = now.plus(AHEAD);
    return new TimeRange(
        WholeSeconds.notBefore(from.filter(start -> start.isAfter(earliest)).orElse(earliest)),
        WholeSeconds.notBefore(to.filter(end -> end.isBefore(latest)).orElse(latest)));
  }

  /** The last so long. */
  static TimeRange last(Duration length, Table table) {
    return between(Optional.of(table.now().minus(length)), Optional.empty(), table);
  }

  boolean isEmpty() {
    return !from.isBefore(to);
  }

  Duration length() {
    return isEmpty() ? Duration.ZERO : Duration.between(from, to);
  }

  /** What narrows the records that are read. */
  String condition() {
    return "measure_name = '%s' AND \"time\" >= from_milliseconds(%d) AND \"time\" < from_milliseconds(%d)"
        .formatted(Columns.RECORD, from.toEpochMilli(), to.toEpochMilli());
  }
}
