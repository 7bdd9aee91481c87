package org.airlens.store.timestream;

import java.util.List;
import java.util.NoSuchElementException;
import org.airlens.model.Reading;
import org.airlens.store.PageKey;
import org.airlens.store.ReadingQuery;
import org.airlens.store.ReadingSort;
import org.airlens.store.timestream.Scan.Field;
import org.jspecify.annotations.Nullable;

/** Reads a listing by id or value, which the service sorts; those without the value come last. */
final class ValueListing implements Listing {

  private final @Nullable QueryRows rows;
  private final @Nullable RowReading reading;

  private ValueListing(@Nullable QueryRows rows, @Nullable RowReading reading) {
    this.rows = rows;
    this.reading = reading;
  }

  /** Begins a listing by an id, or by a measure that the table has. */
  static ValueListing begin(
      Table table, TableColumns columns, ReadingQuery query, TimeRange range) {
    Scan scan = new Scan(table, columns.current(), range);
    List<String> stored = columns.stored();
    if (!scan.isPossible()
        || query.limit().orElse(1) == 0
        || !Conditions.add(scan, query.filter(), stored)) {
      return new ValueListing(null, null);
    }
    RowReading all = new RowReading(scan, stored);
    String value =
        switch (query.sort().key()) {
          case ReadingSort.SENSOR_ID -> scan.field(Field.SENSOR);
          case ReadingSort.LOCATION_ID -> scan.field(Field.LOCATION);
          case ReadingSort.SENSOR_TYPE_ID -> scan.field(Field.TYPE_ID);
          case ReadingSort.LATITUDE -> scan.field(Field.LATITUDE);
          case ReadingSort.LONGITUDE -> scan.field(Field.LONGITUDE);
          case ReadingSort.ALTITUDE -> scan.field(Field.ALTITUDE);
          default -> scan.measure(query.sort().key()).orElseThrow();
        };
    query.after().ifPresent(place -> scan.where(behind(place, value, query.sort())));
    String order =
        "ORDER BY %s %s NULLS LAST, %s DESC, %s"
            .formatted(
                value,
                query.sort().descending() ? "DESC" : "ASC",
                scan.field(Field.MILLIS),
                scan.field(Field.SENSOR));
    String limit = query.limit().isPresent() ? " LIMIT " + query.limit().getAsLong() : "";
    return new ValueListing(table.query(scan.sql(all.selected(), order + limit)), all);
  }

  private static String behind(PageKey place, String value, ReadingSort sort) {
    String later =
        "(ms < %1$d OR (ms = %1$d AND sensor > %2$d))"
            .formatted(place.timestamp().toEpochMilli(), place.sensorId());
    if (place.value().isEmpty()) {
      return "(%s IS NULL AND %s)".formatted(value, later);
    }
    return "(%1$s %2$s %3$s OR (%1$s = %3$s AND %4$s) OR %1$s IS NULL)"
        .formatted(
            value, sort.descending() ? "<" : ">", Sql.number(place.value().getAsDouble()), later);
  }

  @Override
  public boolean hasNext() {
    return rows != null && rows.hasNext();
  }

  @Override
  public Reading next() {
    if (rows == null || reading == null) {
      throw new NoSuchElementException();
    }
    return reading.read(rows.next());
  }

  @Override
  public void close() {
    if (rows != null) {
      rows.close();
    }
  }
}
