package org.airlens.store.embedded;

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

/** Finds readings in the table. */
final class TableReadings implements ReadingReader {

  private final Database database;
  private final MeasureColumns columns;
  private final RowReading rows;
  private final KnownSensors known;

  TableReadings(Database database, MeasureColumns columns, RowReading rows, KnownSensors known) {
    this.database = database;
    this.columns = columns;
    this.rows = rows;
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
    Optional<List<String>> conditions = Sql.conditions(columns, query.filter());
    if (conditions.isEmpty()) {
      return Stream.empty();
    }
    Stream<Reading> found =
        StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(
                new PagedReadings(database, columns, rows, conditions.get(), query),
                Spliterator.ORDERED | Spliterator.NONNULL),
            false);
    return query.limit().isPresent() ? found.limit(query.limit().getAsLong()) : found;
  }

  @Override
  public List<String> measures() {
    return columns.measures();
  }

  @Override
  public void identities(Instant from, Instant to, IdentityVisitor visitor) {
    database.query(
        "SELECT sensor_id, ts FROM readings WHERE ts >= %s AND ts < %s"
            .formatted(Sql.timestamp(from), Sql.timestamp(to)),
        row -> {
          visitor.visit(row.getLong(0), Math.floorDiv(row.getTimestamp(1), 1_000_000L));
          return true;
        });
  }
}
