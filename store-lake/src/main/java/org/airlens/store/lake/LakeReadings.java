package org.airlens.store.lake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.airlens.model.Reading;
import org.airlens.store.PageKey;
import org.airlens.store.ReadingFilter;
import org.airlens.store.ReadingQuery;
import org.airlens.store.ReadingReader;
import org.airlens.store.ReadingSort;

/** Finds readings in the lake. */
record LakeReadings(Lake lake) implements ReadingReader {

  @Override
  public List<Reading> latest() {
    return lake.current().sensors().values().stream()
        .map(known -> known.summary().newest())
        .toList();
  }

  @Override
  public Optional<Instant> newest() {
    return lake.current().newest();
  }

  @Override
  public Stream<Reading> find(ReadingQuery query) {
    ReadingSort sort = query.sort();
    boolean isByTime = sort.key().equals(ReadingSort.TIMESTAMP);
    Optional<String> key = isByTime ? Optional.empty() : key(sort.key());
    if (query.limit().orElse(1) == 0) {
      return Stream.empty();
    }
    // What nobody can have sorts nothing: all come newest first.
    return key.isPresent()
        ? byValue(query, key.get())
        : stream(new TimeListing(lake, query, isByTime && !sort.descending()));
  }

  private static Optional<String> key(String key) {
    return ReadingSort.FIELDS.contains(key) ? Optional.of("r." + key) : Columns.value(key);
  }

  private Stream<Reading> byValue(ReadingQuery query, String key) {
    return lake.answer(snapshot ->
        lake.scan(snapshot, query.filter())
            .map(scan -> stream(new ValueListing(lake, sql(scan, query, key))))
            .orElse(Stream.empty()));
  }

  private static String sql(Scan scan, ReadingQuery query, String key) {
    boolean descending = query.sort().descending();
    query.after().ifPresent(place -> scan.where(behind(place, key, descending)));
    String limit = query.limit().isPresent() ? " LIMIT " + query.limit().getAsLong() : "";
    return scan.sql(
        Columns.selected(),
        "ORDER BY %s %s NULLS LAST, r.timestamp DESC, r.sensor_id%s"
            .formatted(key, descending ? "DESC" : "ASC", limit));
  }

  private static String behind(PageKey place, String key, boolean descending) {
    String second = Sql.instant(place.timestamp());
    String later =
        "(r.timestamp < %1$s OR (r.timestamp = %1$s AND r.sensor_id > %2$d))"
            .formatted(second, place.sensorId());
    return place.value().isEmpty()
        ? "(%s IS NULL AND %s)".formatted(key, later)
        : "(%1$s %2$s %3$s OR (%1$s = %3$s AND %4$s) OR %1$s IS NULL)"
            .formatted(key, descending ? "<" : ">", Sql.number(place.value().getAsDouble()), later);
  }

  private static Stream<Reading> stream(Listing listing) {
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(listing, Spliterator.ORDERED | Spliterator.NONNULL),
            false)
        .onClose(listing::close);
  }

  @Override
  public List<String> measures() {
    List<String> all = new ArrayList<>(Columns.MEASURES);
    all.addAll(lake.current().others());
    return all;
  }

  @Override
  public void identities(Instant from, Instant to, IdentityVisitor visitor) {
    Optional<Scan> scan = lake.scan(lake.current(), ReadingFilter.all().between(from, to));
    if (scan.isEmpty()) {
      return;
    }
    String sql = scan.get().sql("r.sensor_id, " + Columns.SECOND, "");
    try (Cursor<long[]> rows =
        lake.database()
            .cursor("read identities", sql, row -> new long[] {row.getLong(1), row.getLong(2)})) {
      List<long[]> page;
      do {
        page = rows.read(Cursor.PAGE);
        page.forEach(identity -> visitor.visit(identity[0], identity[1]));
      } while (!page.isEmpty());
    }
  }
}
