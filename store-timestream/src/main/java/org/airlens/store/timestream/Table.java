package org.airlens.store.timestream;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.timestreamquery.model.Datum;

/** The table: where it is, how long it keeps readings, and how it is asked. Thread-safe. */
final class Table {

  private static final Logger LOG = LoggerFactory.getLogger(Table.class);

  /** What a query may read before it is worth a line in the log. */
  private static final long DEAR_BYTES = 1_000_000_000;

  private final TimestreamAddress address;
  private final Service service;
  private final Clock clock;
  private final Retention retention;
  private final LongAdder meteredBytes = new LongAdder();

  Table(TimestreamAddress address, Service service, Clock clock, Retention retention) {
    this.address = address;
    this.service = service;
    this.clock = clock;
    this.retention = retention;
  }

  TimestreamAddress address() {
    return address;
  }

  Service service() {
    return service;
  }

  Retention retention() {
    return retention;
  }

  Instant now() {
    return clock.instant();
  }

  /** Runs a statement; the caller closes the rows. */
  QueryRows query(String sql) {
    return new QueryRows(this, sql);
  }

  /** Runs a statement and takes all of its rows. */
  void query(String sql, Consumer<List<Datum>> taker) {
    try (QueryRows rows = query(sql)) {
      rows.forEachRemaining(taker);
    }
  }

  /** Takes note of what a query cost. */
  void metered(String sql, long bytes) {
    meteredBytes.add(bytes);
    if (bytes > DEAR_BYTES) {
      LOG.atWarn()
          .addKeyValue("bytes", bytes)
          .addKeyValue("query", Failures.shortened(sql))
          .log("a query read more than a gigabyte");
    }
  }

  /** The bytes that all queries were charged for. */
  long meteredBytes() {
    return meteredBytes.sum();
  }

  /**
   * How long the table keeps readings.
   *
   * @param memory in the memory store
   * @param magnetic after that in the magnetic store
   * @param takesLate whether readings may be written that are older than {@code memory}
   */
  record Retention(Duration memory, Duration magnetic, boolean takesLate) {

    /** How long in all. */
    Duration whole() {
      return memory.plus(magnetic);
    }

    /** In words. */
    String description() {
      return "memory store %d h, magnetic store %d d, late readings %s"
          .formatted(memory.toHours(), magnetic.toDays(), takesLate ? "taken" : "refused");
    }
  }
}
