package org.airlens.store.embedded;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.airlens.model.Reading;
import org.airlens.store.ReadingFilter;
import org.airlens.store.SensorDirectory;
import org.airlens.store.SensorSummary;

/**
 * The newest reading and the first instant of every sensor, in memory: about 1 KB a sensor. Read
 * from the table when the store opens (one scan of two columns), then kept by each write.
 */
final class KnownSensors implements SensorDirectory {

  private final Database database;
  private final RowReading rows;
  private volatile ConcurrentNavigableMap<Long, SensorSummary> sensors =
      new ConcurrentSkipListMap<>();
  private volatile Optional<Instant> newest = Optional.empty();

  KnownSensors(Database database, RowReading rows) {
    this.database = database;
    this.rows = rows;
  }

  /** Reads all anew. */
  synchronized void load() {
    Map<Long, Instant> first = new HashMap<>();
    database.query(
        "SELECT sensor_id, min(ts) FROM readings GROUP BY sensor_id",
        row -> {
          first.put(row.getLong(0), RowReading.instant(row.getTimestamp(1)));
          return true;
        });
    RowReading.Shape shape = rows.shape();
    List<Reading> latest =
        database.list(
            "SELECT " + shape.selected() + " FROM readings LATEST ON ts PARTITION BY sensor_id",
            shape::read);
    // A map of its own, so that nobody sees a part of it.
    ConcurrentNavigableMap<Long, SensorSummary> fresh = new ConcurrentSkipListMap<>();
    for (Reading reading : latest) {
      Instant seen = first.getOrDefault(reading.sensor().id(), reading.timestamp());
      fresh.put(reading.sensor().id(), new SensorSummary(reading, seen));
    }
    sensors = fresh;
    newest = latest.stream().map(Reading::timestamp).max(Comparator.naturalOrder());
  }

  /** Learns of readings that are in the table now. */
  synchronized void written(List<Reading> batch) {
    for (Reading reading : batch) {
      sensors.merge(
          reading.sensor().id(),
          new SensorSummary(reading, reading.timestamp()),
          (old, next) ->
              new SensorSummary(
                  next.lastSeen().isBefore(old.lastSeen()) ? old.newest() : next.newest(),
                  next.firstSeen().isBefore(old.firstSeen()) ? next.firstSeen() : old.firstSeen()));
      if (newest.isEmpty() || reading.timestamp().isAfter(newest.get())) {
        newest = Optional.of(reading.timestamp());
      }
    }
  }

  /** The newest reading of every sensor. */
  List<Reading> latest() {
    return sensors.values().stream().map(SensorSummary::newest).toList();
  }

  /** The ids of all sensors, ascending. */
  NavigableSet<Long> ids() {
    return sensors.keySet();
  }

  /** The instant of the newest reading of all. */
  Optional<Instant> newest() {
    return newest;
  }

  @Override
  public List<SensorSummary> sensors(ReadingFilter filter, OptionalLong after, int limit) {
    ReadingFilter timeless = filter.ofSensors();
    List<SensorSummary> found = new ArrayList<>();
    for (SensorSummary summary :
        sensors.tailMap(after.isPresent() ? after.getAsLong() : Long.MIN_VALUE, false).values()) {
      if (found.size() == limit) {
        break;
      }
      if (timeless.matches(summary.newest())) {
        found.add(summary);
      }
    }
    return found;
  }

  @Override
  public Optional<SensorSummary> sensor(long id) {
    return Optional.ofNullable(sensors.get(id));
  }

  @Override
  public List<SensorSummary> atLocation(long locationId) {
    return sensors.values().stream()
        .filter(summary -> summary.newest().location().id() == locationId)
        .toList();
  }
}
