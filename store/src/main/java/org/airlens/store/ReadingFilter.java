package org.airlens.store;

import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.airlens.model.BoundingBox;
import org.airlens.model.Reading;

/**
 * Which readings: all conditions hold together; an empty set or an absent value is no condition.
 *
 * @param measure only readings that have this measure, {@code aqi} included
 * @param sensorIds only these sensors
 * @param locationIds only these locations
 * @param countries only these ISO 3166-1 alpha-2 codes
 * @param sensorTypes only these type names, compared exactly
 * @param bbox only readings with a position in this box; a store may take degrees closer than 10⁻⁹,
 *     a tenth of a millimetre, for the same
 * @param from only at or after this instant
 * @param to only before this instant
 * @param conditions what else must hold
 */
public record ReadingFilter(
    Optional<String> measure,
    Set<Long> sensorIds,
    Set<Long> locationIds,
    Set<String> countries,
    Set<String> sensorTypes,
    Optional<BoundingBox> bbox,
    Optional<Instant> from,
    Optional<Instant> to,
    Set<Condition> conditions) {

  private static final ReadingFilter ALL =
      new ReadingFilter(
          Optional.empty(),
          Set.of(),
          Set.of(),
          Set.of(),
          Set.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Set.of());

  /** Copies the sets. */
  public ReadingFilter {
    sensorIds = Set.copyOf(sensorIds);
    locationIds = Set.copyOf(locationIds);
    countries = Set.copyOf(countries);
    sensorTypes = Set.copyOf(sensorTypes);
    conditions = Set.copyOf(conditions);
  }

  /** Every reading. */
  public static ReadingFilter all() {
    return ALL;
  }

  /** This filter, and only readings that have the measure. */
  public ReadingFilter withMeasure(String name) {
    return new ReadingFilter(
        Optional.of(name),
        sensorIds,
        locationIds,
        countries,
        sensorTypes,
        bbox,
        from,
        to,
        conditions);
  }

  /** This filter, and only these sensors. */
  public ReadingFilter withSensorIds(Set<Long> ids) {
    return new ReadingFilter(
        measure, ids, locationIds, countries, sensorTypes, bbox, from, to, conditions);
  }

  /** This filter, and only these locations. */
  public ReadingFilter withLocationIds(Set<Long> ids) {
    return new ReadingFilter(
        measure, sensorIds, ids, countries, sensorTypes, bbox, from, to, conditions);
  }

  /** This filter, and only these countries. */
  public ReadingFilter withCountries(Set<String> codes) {
    return new ReadingFilter(
        measure, sensorIds, locationIds, codes, sensorTypes, bbox, from, to, conditions);
  }

  /** This filter, and only these sensor types. */
  public ReadingFilter withSensorTypes(Set<String> names) {
    return new ReadingFilter(
        measure, sensorIds, locationIds, countries, names, bbox, from, to, conditions);
  }

  /** This filter, and only readings in the box. */
  public ReadingFilter withBbox(BoundingBox box) {
    return new ReadingFilter(
        measure,
        sensorIds,
        locationIds,
        countries,
        sensorTypes,
        Optional.of(box),
        from,
        to,
        conditions);
  }

  /** This filter, and only {@code start <= timestamp < end}. */
  public ReadingFilter between(Instant start, Instant end) {
    return new ReadingFilter(
        measure,
        sensorIds,
        locationIds,
        countries,
        sensorTypes,
        bbox,
        Optional.of(start),
        Optional.of(end),
        conditions);
  }

  /** This filter, and only readings for which the condition holds, too. */
  public ReadingFilter with(Condition condition) {
    Set<Condition> all = new HashSet<>(conditions);
    all.add(condition);
    return new ReadingFilter(
        measure, sensorIds, locationIds, countries, sensorTypes, bbox, from, to, all);
  }

  /** What of this filter is about sensors and their places: without measure, times and values. */
  public ReadingFilter ofSensors() {
    return new ReadingFilter(
        Optional.empty(),
        sensorIds,
        locationIds,
        countries,
        sensorTypes,
        bbox,
        Optional.empty(),
        Optional.empty(),
        conditions.stream().filter(Condition::isOfSensor).collect(Collectors.toSet()));
  }

  /** Whether the reading passes: what every store's queries must agree with. */
  public boolean matches(Reading reading) {
    return (measure.isEmpty() || reading.value(measure.get()).isPresent())
        && (sensorIds.isEmpty() || sensorIds.contains(reading.sensor().id()))
        && (locationIds.isEmpty() || locationIds.contains(reading.location().id()))
        && (countries.isEmpty() || countries.contains(reading.location().country()))
        && (sensorTypes.isEmpty() || sensorTypes.contains(reading.sensor().type().name()))
        && (bbox.isEmpty()
            || reading.location().position().filter(bbox.get()::contains).isPresent())
        && (from.isEmpty() || !reading.timestamp().isBefore(from.get()))
        && (to.isEmpty() || reading.timestamp().isBefore(to.get()))
        && holdConditions(reading);
  }

  private boolean holdConditions(Reading reading) {
    for (Condition condition : conditions) {
      if (!condition.holdsFor(reading)) {
        return false;
      }
    }
    return true;
  }
}
