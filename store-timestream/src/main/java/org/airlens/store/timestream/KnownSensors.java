package org.airlens.store.timestream;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.airlens.model.Reading;
import org.airlens.store.ReadingFilter;
import org.airlens.store.SensorDirectory;
import org.airlens.store.SensorSummary;

/**
 * The newest reading and the first instant of every sensor that reported within the lookback, in
 * memory: about 1 KB a sensor. Read from the table when the store opens, kept by each write, and
 * completed from the table now and then with what other nodes wrote. The service answers with what
 * was written a little later; this tells at once what this node wrote.
 */
final class KnownSensors implements SensorDirectory {

  /** Most sensors reported within it, so that one query finds them. */
  private static final Duration RECENT = Duration.ofHours(1);

  /** Sensors whose newest readings, being older, are asked for together. */
  private static final int TOGETHER = 2_000;

  /** How long before what is known other nodes may have written since. */
  private static final Duration OVERLAP = Duration.ofMinutes(30);

  private final Table table;
  private final TableColumns columns;
  private final ConcurrentNavigableMap<Long, Known> sensors = new ConcurrentSkipListMap<>();
  private volatile Optional<Instant> newest = Optional.empty();
  private volatile long highestVersion;
  private Instant completed = Instant.MIN;

  KnownSensors(Table table, TableColumns columns) {
    this.table = table;
    this.columns = columns;
  }

  /** Reads what there is within the lookback: two columns of it, then the newest readings. */
  synchronized void load() {
    TimeRange range = TimeRange.last(table.address().lookback(), table);
    if (columns.current().contains(Columns.SENSOR_ID)) {
      List<Span> spans = spans(range);
      Map<Long, Instant> first =
          spans.stream().collect(Collectors.toMap(Span::sensor, Span::first));
      int recent = 0;
      while (recent < spans.size()
          && spans.get(recent).last().isAfter(spans.getFirst().last().minus(RECENT))) {
        recent++;
      }
      if (recent > 0) {
        TimeRange lastHour = new TimeRange(spans.get(recent - 1).last(), range.to());
        newestOf(Set.of(), lastHour, first);
      }
      for (int from = recent; from < spans.size(); from += TOGETHER) {
        List<Span> older = spans.subList(from, Math.min(from + TOGETHER, spans.size()));
        newestOf(
            older.stream().map(Span::sensor).collect(Collectors.toSet()),
            new TimeRange(older.getLast().last(), older.getFirst().last().plusSeconds(1)),
            first);
      }
    }
    completed = table.now();
  }

  /** When each sensor reported, those that did last first. */
  private List<Span> spans(TimeRange range) {
    List<Span> spans = new ArrayList<>();
    table.query(
        ("SELECT \"sensor_id\", min(to_milliseconds(\"time\")), max(to_milliseconds(\"time\"))"
                + " FROM %s WHERE %s GROUP BY \"sensor_id\"")
            .formatted(table.address().sqlName(), range.condition()),
        row ->
            spans.add(
                new Span(
                    Long.parseLong(row.get(0).scalarValue()),
                    Instant.ofEpochMilli(Long.parseLong(row.get(1).scalarValue())),
                    Instant.ofEpochMilli(Long.parseLong(row.get(2).scalarValue())))));
    spans.sort(Comparator.comparing(Span::last).reversed());
    return spans;
  }

  private void newestOf(Set<Long> ids, TimeRange range, Map<Long, Instant> first) {
    Scan scan = new Scan(table, columns.current(), range);
    scan.ofSensors(ids);
    scan.newestOnly();
    RowReading rows = new RowReading(scan, columns.stored());
    table.query(
        scan.sql(rows.selected(), ""),
        row -> {
          Reading reading = rows.read(row);
          Instant seen = first.getOrDefault(reading.sensor().id(), reading.timestamp());
          learn(new Known(new SensorSummary(reading, seen), RowReading.version(row)));
        });
  }

  /** Reads what other nodes wrote, when that is due. */
  private synchronized void complete() {
    table.service().checkOpen();
    if (!table.now().isBefore(completed.plus(table.address().refresh()))) {
      TimeRange range =
          newest.isEmpty()
              ? TimeRange.last(table.address().lookback(), table)
              : TimeRange.between(newest.map(at -> at.minus(OVERLAP)), Optional.empty(), table);
      if (columns.current().contains(Columns.SENSOR_ID)) {
        newestOf(Set.of(), range, new HashMap<>());
      }
      completed = table.now();
    }
  }

  /** Learns of readings that are in the table now. */
  synchronized void written(List<Reading> batch, long version) {
    for (Reading reading : batch) {
      learn(new Known(new SensorSummary(reading, reading.timestamp()), version));
    }
  }

  private synchronized void learn(Known one) {
    highestVersion = Math.max(highestVersion, one.version());
    sensors.merge(one.summary().newest().sensor().id(), one, Known::with);
    Instant seen = one.summary().lastSeen();
    if (newest.isEmpty() || seen.isAfter(newest.get())) {
      newest = Optional.of(seen);
    }
  }

  /** The highest version of those that are known. */
  long highestVersion() {
    return highestVersion;
  }

  /** The newest reading of every sensor. */
  List<Reading> latest() {
    complete();
    return sensors.values().stream().map(known -> known.summary().newest()).toList();
  }

  /** The instant of the newest reading of all. */
  Optional<Instant> newest() {
    complete();
    return newest;
  }

  @Override
  public List<SensorSummary> sensors(ReadingFilter filter, OptionalLong after, int limit) {
    complete();
    ReadingFilter timeless = filter.ofSensors();
    return sensors
        .tailMap(after.isPresent() ? after.getAsLong() : Long.MIN_VALUE, false)
        .values()
        .stream()
        .map(Known::summary)
        .filter(summary -> timeless.matches(summary.newest()))
        .limit(limit)
        .toList();
  }

  @Override
  public Optional<SensorSummary> sensor(long id) {
    complete();
    return Optional.ofNullable(sensors.get(id)).map(Known::summary);
  }

  @Override
  public List<SensorSummary> atLocation(long locationId) {
    complete();
    return sensors.values().stream()
        .map(Known::summary)
        .filter(summary -> summary.newest().location().id() == locationId)
        .toList();
  }

  private record Span(long sensor, Instant first, Instant last) {}

  /** What is known of a sensor, and the version that its newest reading was written in. */
  private record Known(SensorSummary summary, long version) {

    Known with(Known other) {
      int later = other.summary.lastSeen().compareTo(summary.lastSeen());
      boolean isNewer = later > 0 || (later == 0 && other.version >= version);
      Known newer = isNewer ? other : this;
      Instant first =
          other.summary.firstSeen().isBefore(summary.firstSeen())
              ? other.summary.firstSeen()
              : summary.firstSeen();
      return new Known(new SensorSummary(newer.summary.newest(), first), newer.version);
    }
  }
}
