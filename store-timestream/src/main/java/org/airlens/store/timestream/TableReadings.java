package org.airlens.store.timestream;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.airlens.model.Reading;
import org.airlens.store.ReadingQuery;
import org.airlens.store.ReadingReader;
import org.airlens.store.ReadingSort;

/** Finds readings in the table. */
final class TableReadings implements ReadingReader {

  private final Table table;
  private final TableColumns columns;
  private final KnownSensors known;

  TableReadings(Table table, TableColumns columns, KnownSensors known) {
    this.table = table;
    this.columns = columns;
    this.known = known;
  }

  @Override
  public List<Reading> latest() {
    return known.latest();
  }

  @Override
  public Optional<Instant> newest() {
    return known.newest();
  }

  @Override
  public Stream<Reading> find(ReadingQuery query) {
    table.service().checkOpen();
    TimeRange range = TimeRange.of(query.filter(), table);
    ReadingSort sort = query.sort();
    boolean isByTime = sort.key().equals(ReadingSort.TIMESTAMP);
    boolean isByMeasure = !isByTime && !ReadingSort.FIELDS.contains(sort.key());
    boolean nobodyHasIt =
        isByMeasure && !columns.current().contains(MeasureColumns.column(sort.key()));
    if (isByTime || nobodyHasIt) { // What nobody has sorts nothing: all come newest first.
      return stream(
          new TimeListing(
              table, columns, query, range, known.newest(), isByTime && !sort.descending()),
          query);
    }
    if (query.limit().isEmpty()) {
      TimeRange.warnOfAll(query.filter(), table);
    }
    return stream(ValueListing.begin(table, columns, query, range), query);
  }

  private static Stream<Reading> stream(Listing listing, ReadingQuery query) {
    Stream<Reading> found =
        StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(
                    listing, Spliterator.ORDERED | Spliterator.NONNULL),
                false)
            .onClose(listing::close);
    return query.limit().isPresent() ? found.limit(query.limit().getAsLong()) : found;
  }

  @Override
  public List<String> measures() {
    table.service().checkOpen();
    return columns.measures();
  }

  @Override
  public void identities(Instant from, Instant to, IdentityVisitor visitor) {
    table.service().checkOpen();
    TimeRange range = TimeRange.between(Optional.of(from), Optional.of(to), table);
    if (range.isEmpty() || !columns.current().contains(Columns.SENSOR_ID)) {
      return;
    }
    table.query(
        "SELECT DISTINCT \"sensor_id\", to_milliseconds(\"time\") FROM %s WHERE %s"
            .formatted(table.address().sqlName(), range.condition()),
        row ->
            visitor.visit(
                Long.parseLong(row.get(0).scalarValue()),
                Long.parseLong(row.get(1).scalarValue()) / 1_000));
  }
}
