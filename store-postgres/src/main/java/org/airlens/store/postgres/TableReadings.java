package org.airlens.store.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.Iterator;
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

/** Finds readings in the tables. */
final class TableReadings implements ReadingReader {

  private static final int FETCHED = 10_000;

  private final Connections connections;
  private final RowReading rows;
  private final OtherNames otherNames;

  TableReadings(Connections connections, RowReading rows, OtherNames otherNames) {
    this.connections = connections;
    this.rows = rows;
    this.otherNames = otherNames;
  }

  @Override
  public List<Reading> latest() {
    // Of each sensor the one row at its newest instant, straight from the index.
    Sql query =
        Sql.of(
            """
            SELECT r.* FROM sensors s CROSS JOIN LATERAL (
              SELECT %s FROM readings r
              WHERE r.sensor_id = s.sensor_id AND r.ts = s.newest_ts LIMIT 1) r
            """
                .formatted(MeasureColumns.SELECTED));
    return connections.read(
        "read the newest readings",
        connection -> {
          try (PreparedStatement statement = query.prepare(connection);
              ResultSet found = statement.executeQuery()) {
            return List.copyOf(rows.read(connection, found, Integer.MAX_VALUE));
          }
        });
  }

  @Override
  public Optional<Instant> newest() {
    return connections
        .list(
            "read the newest instant",
            Sql.of("SELECT max(newest_ts) FROM sensors HAVING count(*) > 0"),
            row -> RowReading.instant(row, 1))
        .stream()
        .findFirst();
  }

  @Override
  public Stream<Reading> find(ReadingQuery query) {
    ReadingFilter filter = query.filter();
    Optional<Conditions> conditions = Conditions.of(filter);
    if (conditions.isEmpty()
        || (filter.measure().isPresent() && !otherNames.mayBe(filter.measure().get()))) {
      return Stream.empty();
    }
    long limit = query.limit().orElse(Long.MAX_VALUE);
    Stream<Reading> found =
        query.sort().key().equals(ReadingSort.TIMESTAMP)
            ? byTime(conditions.get(), query.sort().descending(), query.after(), limit)
            : byKey(conditions.get(), query, limit);
    return found.limit(limit);
  }

  /** First those that have a value, in its order; then those without one, the newest first. */
  private Stream<Reading> byKey(Conditions conditions, ReadingQuery query, long limit) {
    ReadingSort sort = query.sort();
    boolean isField = ReadingSort.FIELDS.contains(sort.key());
    Optional<String> key =
        !isField && !otherNames.mayBe(sort.key()) ? Optional.empty() : Order.key(sort);
    Stream<Reading> withValue = Stream.empty();
    boolean beyondValues = query.after().isPresent() && query.after().get().value().isEmpty();
    if (key.isPresent() && !beyondValues) {
      withValue = byValue(conditions, key.get(), query, limit);
    }
    if (ReadingSort.IDS.contains(sort.key())) {
      return withValue;
    }
    Conditions without = new Conditions(conditions);
    if (isField) {
      without.withOrigins();
    }
    key.ifPresent(expression -> without.and(expression + " IS NULL"));
    Optional<PageKey> after = beyondValues || key.isEmpty() ? query.after() : Optional.empty();
    return Stream.concat(withValue, byTime(without, true, after, limit));
  }

  private Stream<Reading> byTime(
      Conditions conditions, boolean descending, Optional<PageKey> after, long limit) {
    return stream(new ByTime(connections, rows, conditions, descending, after, limit));
  }

  private Stream<Reading> byValue(
      Conditions conditions, String key, ReadingQuery query, long limit) {
    boolean descending = query.sort().descending();
    Conditions all = new Conditions(conditions);
    if (ReadingSort.FIELDS.contains(query.sort().key())) {
      all.withOrigins();
    }
    all.and(key + " IS NOT NULL");
    query.after().ifPresent(place -> Order.afterValue(all, key, place, descending));
    ByValue listing =
        new ByValue(
            connections,
            rows,
            all.select(
                MeasureColumns.SELECTED,
                " ORDER BY %s %s, r.ts DESC, r.sensor_id%s"
                    .formatted(
                        key,
                        descending ? "DESC" : "ASC",
                        limit == Long.MAX_VALUE ? "" : " LIMIT " + limit)));
    return stream(listing).onClose(listing::close);
  }

  private static Stream<Reading> stream(Iterator<Reading> readings) {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(readings, Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }

  @Override
  public List<String> measures() {
    return otherNames.measures();
  }

  @Override
  public void identities(Instant from, Instant to, IdentityVisitor visitor) {
    Sql query =
        Sql.of(
            """
            SELECT sensor_id, extract(epoch FROM ts)::bigint FROM readings
            WHERE ts >= ? AND ts < ?
            """,
            Sql.timestamp(from),
            Sql.timestamp(to));
    connections.read(
        "read identities",
        connection -> {
          connection.setAutoCommit(false);
          try (PreparedStatement statement = query.prepare(connection)) {
            statement.setFetchSize(FETCHED);
            try (ResultSet found = statement.executeQuery()) {
              while (found.next()) {
                visitor.visit(found.getLong(1), found.getLong(2));
              }
            }
          } finally {
            connection.rollback();
          }
          return true;
        });
  }
}
