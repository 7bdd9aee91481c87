package org.airlens.pipeline.backfill;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import org.airlens.model.Location;
import org.airlens.store.ReadingFilter;
import org.airlens.store.SensorDirectory;
import org.airlens.store.SensorSummary;

/**
 * The countries of locations, as far as the store has learned them from a live feed: the archive
 * tells none.
 */
public final class KnownCountries implements LongFunction<String> {

  private static final int PAGE = 10_000;

  private final Map<Long, String> byLocation = new HashMap<>();

  private KnownCountries() {}

  /** What a store knows now. */
  public static KnownCountries of(SensorDirectory sensors) {
    KnownCountries known = new KnownCountries();
    Map<String, String> codes = new HashMap<>();
    OptionalLong after = OptionalLong.empty();
    while (true) {
      List<SensorSummary> page = sensors.sensors(ReadingFilter.all(), after, PAGE);
      for (SensorSummary sensor : page) {
        Location place = sensor.newest().location();
        if (!place.country().isEmpty()) {
          known.byLocation.put(place.id(), codes.computeIfAbsent(place.country(), code -> code));
        }
      }
      if (page.size() < PAGE) {
        return known;
      }
      after = OptionalLong.of(page.getLast().newest().sensor().id());
    }
  }

  /** The codes of countries by a location's id. */
  public Map<Long, String> byLocation() {
    return Map.copyOf(byLocation);
  }

  boolean isEmpty() {
    return byLocation.isEmpty();
  }

  @Override
  public String apply(long locationId) {
    return byLocation.getOrDefault(locationId, "");
  }
}
