package org.airlens.store.lake;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.airlens.store.ReadingFilter;
import org.airlens.store.SensorDirectory;
import org.airlens.store.SensorSummary;
import org.airlens.store.lake.Snapshot.Known;

/** What is known of sensors, which each snapshot keeps in memory. */
record LakeSensors(Lake lake) implements SensorDirectory {

  @Override
  public List<SensorSummary> sensors(ReadingFilter filter, OptionalLong after, int limit) {
    SortedMap<Long, Known> all = lake.current().sensors();
    ReadingFilter timeless = filter.ofSensors();
    return summaries(after.isPresent() ? all.tailMap(after.getAsLong() + 1) : all)
        .filter(sensor -> timeless.matches(sensor.newest()))
        .limit(limit)
        .toList();
  }

  @Override
  public Optional<SensorSummary> sensor(long id) {
    return Optional.ofNullable(lake.current().sensors().get(id)).map(Known::summary);
  }

  @Override
  public List<SensorSummary> atLocation(long locationId) {
    return summaries(lake.current().sensors())
        .filter(sensor -> sensor.newest().location().id() == locationId)
        .toList();
  }

  private static Stream<SensorSummary> summaries(SortedMap<Long, Known> sensors) {
    return sensors.values().stream().map(Known::summary);
  }
}
