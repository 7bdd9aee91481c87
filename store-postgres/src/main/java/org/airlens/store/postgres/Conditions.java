package org.airlens.store.postgres;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.airlens.model.BoundingBox;
import org.airlens.store.Condition;
import org.airlens.store.ReadingFilter;

/**
 * Conditions on {@code readings r}, joined by AND, and their parameters. What concerns a sensor's
 * make or place is asked of {@code origins o}, of which there are few; the join is there only then.
 */
final class Conditions {

  private final List<String> texts = new ArrayList<>();
  private final List<Object> parameters = new ArrayList<>();
  private boolean onOrigins;
  private Instant earliest = Instant.MIN;
  private Instant latest = Instant.MAX;

  Conditions() {}

  /** These conditions once more, to add others to. */
  Conditions(Conditions others) {
    texts.addAll(others.texts);
    parameters.addAll(others.parameters);
    onOrigins = others.onOrigins;
    earliest = others.earliest;
    latest = others.latest;
  }

  /** The filter's conditions; empty when no reading can pass, because none has the measure. */
  static Optional<Conditions> of(ReadingFilter filter) {
    Conditions all = new Conditions();
    if (filter.measure().isPresent()) {
      Optional<String> value = MeasureColumns.value(filter.measure().get());
      if (value.isEmpty()) {
        return Optional.empty();
      }
      all.and(value.get() + " IS NOT NULL");
    }
    filter.from().ifPresent(all::andFrom);
    filter.to().ifPresent(all::andBefore);
    all.andNumbers("r.sensor_id", filter.sensorIds());
    all.andOrigins(filter);
    for (Condition condition : filter.conditions()) {
      if (!condition.isOfSensor() && !MoreConditions.addOfValue(all, condition)) {
        return Optional.empty();
      }
    }
    return Optional.of(all);
  }

  /** The filter's conditions on {@code origins o} alone. */
  static Conditions ofOrigins(ReadingFilter filter) {
    Conditions all = new Conditions();
    all.andNumbers("o.sensor_id", filter.sensorIds());
    all.andOrigins(filter);
    return all;
  }

  private void andOrigins(ReadingFilter filter) {
    int before = texts.size();
    andNumbers("o.location_id", filter.locationIds());
    andTexts("o.country", filter.countries());
    andTexts("o.sensor_type_name", filter.sensorTypes());
    filter.bbox().ifPresent(this::andInside);
    for (Condition condition : filter.conditions()) {
      if (condition.isOfSensor()) {
        MoreConditions.addOfOrigin(this, condition);
      }
    }
    onOrigins |= texts.size() > before;
  }

  /** Adds a condition with its parameters in the order of its question marks. */
  Conditions and(String condition, Object... values) {
    texts.add(condition);
    parameters.addAll(List.of(values));
    return this;
  }

  /** Needs the columns of {@code origins o}. */
  Conditions withOrigins() {
    onOrigins = true;
    return this;
  }

  private void andFrom(Instant from) {
    and("r.ts >= ?", Sql.timestamp(from));
    earliest = from;
  }

  private void andBefore(Instant to) {
    and("r.ts < ?", Sql.timestamp(to));
    latest = to;
  }

  /** No reading that passes is older. */
  Instant earliest() {
    return earliest;
  }

  /** No reading that passes is newer. */
  Instant latest() {
    return latest;
  }

  void andNumbers(String column, Collection<? extends Number> values) {
    if (!values.isEmpty()) {
      and(column + " = ANY(?)", values.stream().mapToLong(Number::longValue).toArray());
    }
  }

  void andTexts(String column, Collection<String> values) {
    if (!values.isEmpty()) {
      and(column + " = ANY(?)", (Object) values.toArray(String[]::new));
    }
  }

  void andInside(BoundingBox box) {
    and("o.latitude BETWEEN ? AND ?", box.south(), box.north());
    and(
        box.crossesAntimeridian()
            ? "(o.longitude >= ? OR o.longitude <= ?)"
            : "(o.longitude >= ? AND o.longitude <= ?)",
        box.west(),
        box.east());
  }

  /** {@code FROM … WHERE …}. */
  String fromReadings() {
    return " FROM readings r"
        // A sensor's origins are its own: naming the sensor, too, lets its index be used.
        + (onOrigins ? " JOIN origins o ON o.id = r.origin_id AND o.sensor_id = r.sensor_id" : "")
        + where();
  }

  /** {@code WHERE …}, or nothing without conditions. */
  String where() {
    return texts.isEmpty() ? "" : " WHERE " + String.join(" AND ", texts);
  }

  /** What the question marks stand for. */
  List<Object> parameters() {
    return parameters;
  }

  /** A statement about readings. */
  Sql select(String selected, String rest) {
    return new Sql("SELECT " + selected + fromReadings() + rest, parameters);
  }
}
