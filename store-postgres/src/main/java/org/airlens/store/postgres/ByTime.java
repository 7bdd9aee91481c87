package org.airlens.store.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.airlens.model.Reading;
import org.airlens.store.PageKey;
import org.airlens.store.ReadingSort;

/**
 * Reads a listing of any length in the order of time, a stretch of it at a time, each going on
 * behind the last row of the former. No transaction stays open in between: it would keep days from
 * being dropped and old rows from being cleaned up, for as long as somebody reads slowly.
 */
final class ByTime implements Iterator<Reading> {

  private static final int PAGE = 20_000;
  private static final Duration NARROWEST = Duration.ofSeconds(1);
  private static final Duration FIRST = Duration.ofSeconds(15);
  private static final Duration WIDEST = Duration.ofDays(32);

  private final Connections connections;
  private final RowReading rows;
  private final Conditions conditions;
  private final boolean descending;
  private final long pageRows;
  private final Deque<Reading> page = new ArrayDeque<>();

  private Optional<PageKey> after;
  private boolean begun;
  private boolean done;
  private Instant edge = Instant.EPOCH;
  private Instant last = Instant.EPOCH;
  private Duration window = FIRST;

  /**
   * A listing.
   *
   * @param after the place behind which it begins; empty for the beginning
   * @param limit how many are wanted at most
   */
  ByTime(
      Connections connections,
      RowReading rows,
      Conditions conditions,
      boolean descending,
      Optional<PageKey> after,
      long limit) {
    this.connections = connections;
    this.rows = rows;
    this.conditions = conditions;
    this.descending = descending;
    this.after = after;
    pageRows = Math.min(PAGE, limit);
    done = limit == 0;
  }

  @Override
  public boolean hasNext() {
    while (page.isEmpty() && !done) {
      connections.read("find readings", this::readOn);
    }
    return !page.isEmpty();
  }

  @Override
  public Reading next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return page.remove();
  }

  /** Reads until there is something, or all is read. */
  private boolean readOn(Connection connection) throws SQLException {
    if (!begun) {
      begin(connection);
    }
    while (page.isEmpty() && !done) {
      if (descending ? edge.isBefore(last) : edge.isAfter(last)) {
        done = true;
      } else {
        readWindow(connection);
      }
    }
    return done;
  }

  /** Learns where the listing begins and ends. */
  private void begin(Connection connection) throws SQLException {
    begun = true;
    List<Instant> ends =
        Connections.list(
                connection,
                Sql.of("SELECT min(first_ts), max(newest_ts) FROM sensors"),
                row ->
                    row.getObject(1) == null
                        ? List.<Instant>of()
                        : List.of(RowReading.instant(row, 1), RowReading.instant(row, 2)))
            .getFirst();
    if (ends.isEmpty()) {
      done = true;
      return;
    }
    Instant oldest = later(ends.getFirst(), conditions.earliest());
    Instant newest = earlier(ends.getLast(), conditions.latest());
    edge = descending ? newest : oldest;
    last = descending ? oldest : newest;
    if (after.isPresent()) {
      Instant place = after.get().timestamp();
      edge = descending ? earlier(edge, place) : later(edge, place);
    }
  }

  /** Reads the rows of one stretch of time, or its first page. */
  private void readWindow(Connection connection) throws SQLException {
    Instant far = descending ? edge.minus(window) : edge.plus(window);
    Conditions all = new Conditions(conditions);
    all.and(
        descending ? "r.ts <= ? AND r.ts > ?" : "r.ts >= ? AND r.ts < ?",
        Sql.timestamp(edge),
        Sql.timestamp(far));
    after.ifPresent(place -> Order.afterTime(all, place, descending));
    String order = descending ? Order.NEWEST_FIRST : Order.OLDEST_FIRST;
    Sql query = all.select(MeasureColumns.SELECTED, order + " LIMIT " + pageRows);
    int read;
    try (PreparedStatement statement = query.prepare(connection);
        ResultSet found = statement.executeQuery()) {
      List<Reading> readings = rows.read(connection, found, PAGE);
      page.addAll(readings);
      read = readings.size();
    }
    if (read == pageRows) {
      after = Optional.of(PageKey.of(page.getLast(), ReadingSort.NEWEST_FIRST));
      edge = page.getLast().timestamp();
      window = window.compareTo(NARROWEST) > 0 ? window.dividedBy(2) : window;
    } else {
      edge = far;
      after = Optional.empty();
      if (read * 4L < pageRows && window.compareTo(WIDEST) < 0) {
        // Wider by more where there is nothing: a gap of years takes few steps.
        window = window.multipliedBy(read == 0 ? 8 : 2);
      }
    }
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
