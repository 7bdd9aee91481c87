package org.airlens.store.timestream;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.airlens.model.Reading;
import org.airlens.store.PageKey;
import org.airlens.store.ReadingQuery;
import org.airlens.store.timestream.Scan.Field;
import org.jspecify.annotations.Nullable;

/**
 * Reads a listing by time window by window, so that one who wants the newest hundred pays for an
 * hour and not for the table, and no sort is larger than a window. Windows grow where readings are
 * few and shrink where they are many.
 */
final class TimeListing implements Listing {

  private static final Duration NARROWEST = Duration.ofMinutes(10);
  private static final Duration FIRST = Duration.ofHours(1);
  private static final Duration WIDEST = Duration.ofDays(3_650);

  /** Rows that are few for a window, and many. */
  private static final long FEW = 20_000;

  private static final long MANY = 200_000;

  private final Table table;
  private final TableColumns columns;
  private final ReadingQuery query;
  private final boolean isAscending;
  private final Optional<PageKey> after;

  private Instant edge;
  private final Instant last;
  private Duration window = FIRST;
  private @Nullable QueryRows rows;
  private @Nullable RowReading reading;
  private long windowRows;
  private long left;

  /**
   * Begins a listing.
   *
   * @param newest where readings are known to be, from where a descending one begins
   */
  TimeListing(
      Table table,
      TableColumns columns,
      ReadingQuery query,
      TimeRange range,
      Optional<Instant> newest,
      boolean isAscending) {
    this.table = table;
    this.columns = columns;
    this.query = query;
    this.isAscending = isAscending;
    after = query.after();
    left = query.limit().orElse(Long.MAX_VALUE);
    Instant first = range.from();
    Instant end = range.to();
    if (after.isPresent()) {
      Instant place = after.get().timestamp();
      if (isAscending && place.isAfter(first)) {
        first = place;
      } else if (!isAscending && place.isBefore(end)) {
        end = place.plusSeconds(1);
      }
    }
    edge = isAscending ? first : end;
    last = isAscending ? end : first;
    if (!isAscending && newest.isPresent() && newest.get().isBefore(end)) {
      // Up to the end all the same: another node may have written since.
      window = window.plus(Duration.between(newest.get(), end));
    }
  }

  @Override
  public boolean hasNext() {
    while (left > 0) {
      if (rows == null) {
        if (isAscending ? !edge.isBefore(last) : !edge.isAfter(last)) {
          return false;
        }
        open();
      }
      QueryRows open = rows;
      if (open != null && open.hasNext()) {
        return true;
      }
      leave();
    }
    return false;
  }

  @Override
  public Reading next() {
    if (!hasNext() || rows == null || reading == null) {
      throw new NoSuchElementException();
    }
    windowRows++;
    left--;
    return reading.read(rows.next());
  }

  @Override
  public void close() {
    if (rows != null) {
      rows.close();
    }
    left = 0;
  }

  /** Asks for the window at the edge. */
  private void open() {
    Instant far = isAscending ? edge.plus(window) : edge.minus(window);
    if (isAscending ? far.isAfter(last) : far.isBefore(last)) {
      far = last;
    }
    TimeRange range = isAscending ? new TimeRange(edge, far) : new TimeRange(far, edge);
    edge = far;
    windowRows = 0;
    Set<String> there = columns.current();
    Scan scan = new Scan(table, there, range);
    List<String> stored = columns.stored();
    if (!scan.isPossible() || !Conditions.add(scan, query.filter(), stored)) {
      left = 0;
      return;
    }
    RowReading all = new RowReading(scan, stored);
    String millis = scan.field(Field.MILLIS);
    String sensor = scan.field(Field.SENSOR);
    after.ifPresent(place ->
        scan.where(
            "(%1$s %2$s %3$d OR (%1$s = %3$d AND %4$s > %5$d))"
                .formatted(
                    millis,
                    isAscending ? ">" : "<",
                    place.timestamp().toEpochMilli(),
                    sensor,
                    place.sensorId())));
    reading = all;
    rows =
        table.query(
            scan.sql(
                all.selected(),
                "ORDER BY %s%s, %s%s"
                    .formatted(millis, isAscending ? "" : " DESC", sensor, limit())));
  }

  private String limit() {
    OptionalLong limit = query.limit();
    return limit.isPresent() ? " LIMIT " + left : "";
  }

  /** Leaves a window that was read to its end. */
  private void leave() {
    rows = null;
    if (windowRows < FEW && window.compareTo(WIDEST) < 0) {
      window = window.multipliedBy(4);
    } else if (windowRows > MANY && window.compareTo(NARROWEST) > 0) {
      window = window.dividedBy(4);
    }
  }
}
