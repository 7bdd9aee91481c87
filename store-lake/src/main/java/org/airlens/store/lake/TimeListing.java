package org.airlens.store.lake;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.airlens.model.Reading;
import org.airlens.store.PageKey;
import org.airlens.store.ReadingQuery;
import org.airlens.store.ReadingSort;
import org.airlens.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a listing by time some days at a time, so that one who wants the newest hundred does not
 * pay for years, and no sort is larger than a few days. Days become more where readings are few. A
 * version that comes meanwhile is gone on with.
 */
final class TimeListing extends Listing {

  /** Rows that are few for some days, and many. */
  private static final long FEW = 20_000;

  private static final long MANY = 200_000;
  private static final int MOST_DAYS = 1_024;

  private final Lake lake;
  private final ReadingQuery query;
  private final boolean isAscending;

  /** The last of the days that are read, and of those before them. */
  private Optional<LocalDate> edge = Optional.empty();

  private Optional<LocalDate> begunAt = Optional.empty();

  /** The place behind which the listing goes on. */
  private Optional<PageKey> after;

  private int version;
  private int days = 1;
  private long left;
  private long rowsOfDays;
  private @Nullable Cursor<Reading> rows;

  TimeListing(Lake lake, ReadingQuery query, boolean isAscending) {
    this.lake = lake;
    this.query = query;
    this.isAscending = isAscending;
    after = query.after();
    left = query.limit().orElse(Long.MAX_VALUE);
  }

  @Override
  List<Reading> more() {
    while (left > 0) {
      if (rows == null && !begin()) {
        return List.of();
      }
      List<Reading> page = read();
      if (!page.isEmpty()) {
        left -= page.size();
        rowsOfDays += page.size();
        after = Optional.of(PageKey.of(page.getLast(), ReadingSort.NEWEST_FIRST));
        return page;
      }
    }
    return List.of();
  }

  /** Asks for the next days; false when there are none. */
  private boolean begin() {
    Snapshot snapshot = lake.current();
    List<Snapshot.Part> parts = next(lake.parts(snapshot, query.filter()));
    Optional<Scan> scan = Scan.of(parts, query.filter());
    if (scan.isPresent()) {
      begunAt = edge;
      edge = Optional.of(parts.getLast().day());
      version = snapshot.number();
      rowsOfDays = 0;
      rows = lake.database().cursor("find readings", sql(scan.get()), RowReading::read);
    }
    return scan.isPresent();
  }

  /** Reads on in these days; nothing when they are at their end, or must be begun anew. */
  private List<Reading> read() {
    Cursor<Reading> open = rows;
    if (open == null) {
      return List.of();
    }
    try {
      List<Reading> page = open.read((int) Math.min(left, Cursor.PAGE));
      if (page.isEmpty()) {
        end();
      }
      return page;
    } catch (StoreException e) {
      if (lake.current().number() == version) {
        throw e;
      }
      close(); // The files of a version that is two behind are gone.
      edge = begunAt;
      return List.of();
    }
  }

  /** The partitions of the next days. */
  private List<Snapshot.Part> next(List<Snapshot.Part> all) {
    List<Snapshot.Part> ordered = isAscending ? all : all.reversed();
    List<Snapshot.Part> found = new ArrayList<>();
    int begun = 0;
    LocalDate last = LocalDate.MIN;
    for (Snapshot.Part part : ordered) {
      if (!isAhead(part.day())) {
        continue;
      }
      if (!part.day().equals(last)) {
        if (begun == days) {
          break;
        }
        begun++;
        last = part.day();
      }
      found.add(part);
    }
    return found;
  }

  private boolean isAhead(LocalDate day) {
    return edge.map(read -> isAscending ? day.isAfter(read) : day.isBefore(read)).orElse(true)
        && after
            .map(place -> place.timestamp().atZone(ZoneOffset.UTC).toLocalDate())
            .map(place -> isAscending ? !day.isBefore(place) : !day.isAfter(place))
            .orElse(true);
  }

  private String sql(Scan scan) {
    after.ifPresent(place ->
        scan.where(
            "(r.timestamp %1$s %2$s OR (r.timestamp = %2$s AND r.sensor_id > %3$d))"
                .formatted(
                    isAscending ? ">" : "<", Sql.instant(place.timestamp()), place.sensorId())));
    return scan.sql(
        Columns.selected(),
        "ORDER BY r.timestamp%s, r.sensor_id%s"
            .formatted(isAscending ? "" : " DESC", left == Long.MAX_VALUE ? "" : " LIMIT " + left));
  }

  /** Leaves days that were read to their end. */
  private void end() {
    close();
    if (rowsOfDays < FEW && days < MOST_DAYS) {
      days *= 4;
    } else if (rowsOfDays > MANY) {
      days = 1;
    }
  }

  @Override
  public void close() {
    if (rows != null) {
      rows.close();
      rows = null;
    }
  }
}
