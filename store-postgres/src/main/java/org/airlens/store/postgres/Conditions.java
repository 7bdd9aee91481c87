package org.airlens.store.postgres;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.airlens.model.BoundingBox;
import org.airlens.store.Condition;
import org.airlens.store.ReadingFilter;
import org.airlens.store.postgres.Pieces.Range;

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
    Optional<Conditions> all = atAnyTime(filter);
    all.ifPresent(conditions -> {
      filter.from().ifPresent(conditions::andFrom);
      filter.to().ifPresent(conditions::andBefore);
    });
    return all;
  }

  /** As {@link #of}, but for the filter's times. */
  static Optional<Conditions> atAnyTime(ReadingFilter filter) {
    Conditions all = new Conditions();
    if (filter.measure().isPresent()) {
      Optional<String> value = MeasureColumns.value(filter.measure().get());
      if (value.isEmpty()) {
        return Optional.empty();
      }
      all.and(value.get() + " IS NOT NULL");
    }
    all.andNumbers("r.sensor_id", filter.sensorIds());
    all.andOrigins(filter);
    for (Condition condition : filter.conditions()) {
      if (!condition.isOfSensor() && !MoreConditions.addOfValue(all, condition)) {
        return Optional.empty();
      }
    }
    return Optional.of(all);
  }

  /** The filter's measure, sensors and places in a table of roll-ups {@code r}. */
  static Conditions ofRollUps(ReadingFilter filter) {
    Conditions all = new Conditions();
    all.and("r.measure = ?", filter.measure().orElseThrow());
    all.andNumbers("r.sensor_id", filter.sensorIds());
    all.andOrigins(filter);
    return all;
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

  /**
   * Only what is in one of these ranges.
   *
   * @param parameter what stands for a second in the column
   */
  Conditions andIn(String column, List<Range> ranges, LongFunction<Object> parameter) {
    List<String> any = new ArrayList<>();
    for (Range range : ranges) {
      List<String> both = new ArrayList<>(List.of("true"));
      if (range.start() != Range.OPEN_START) {
        both.add(column + " >= ?");
        parameters.add(parameter.apply(range.start()));
      }
      if (range.end() != Range.OPEN_END) {
        both.add(column + " < ?");
        parameters.add(parameter.apply(range.end()));
      }
      any.add(String.join(" AND ", both));
    }
    texts.add("(" + String.join(" OR ", any) + ")");
    return this;
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

  /** {@code FROM … WHERE …} of {@code readings}. */
  String fromReadings() {
    return from("readings");
  }

  private String from(String table) {
    return " FROM "
        + table
        + " r"
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
    return select(selected, "readings", rest);
  }

  /** A statement about a table whose rows have a sensor and an origin. */
  Sql select(String selected, String table, String rest) {
    return new Sql("SELECT " + selected + from(table) + rest, parameters);
  }
}
