package org.airlens.store.lake;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.airlens.model.Area;
import org.airlens.model.BoundingBox;
import org.airlens.model.Circle;
import org.airlens.model.Measure;
import org.airlens.model.Measures;
import org.airlens.model.Polygon;
import org.airlens.model.Polygon.Edge;
import org.airlens.model.SensorType;
import org.airlens.store.Condition;
import org.airlens.store.Condition.Between;
import org.airlens.store.ReadingFilter;

/** A filter in SQL on the readings {@code r}, computed there as it is here. */
final class Conditions {

  /** P1 and P2 of these are no concentrations. */
  private static final String COUNTS_PARTICLES =
      "r.sensor_type_id = %d OR lower(r.sensor_type_name) = '%s'"
          .formatted(SensorType.PPD42NS_ID, SensorType.PPD42NS.toLowerCase(Locale.ROOT));

  private final List<String> texts = new ArrayList<>();
  private boolean isPossible = true;

  private Conditions() {}

  /** The filter's conditions; empty when no reading can pass, because none has a measure. */
  static Optional<List<String>> of(ReadingFilter filter) {
    Conditions all = new Conditions();
    all.addAll(filter);
    return all.isPossible ? Optional.of(all.texts) : Optional.empty();
  }

  private void addAll(ReadingFilter filter) {
    filter.from().ifPresent(from -> texts.add("r.timestamp >= " + Sql.instant(from)));
    filter.to().ifPresent(to -> texts.add("r.timestamp < " + Sql.instant(to)));
    filter.measure().ifPresent(measure -> andMeasure(measure, "%s IS NOT NULL"));
    andNumbers("r.sensor_id", filter.sensorIds());
    andNumbers("r.location_id", filter.locationIds());
    andTexts("r.country", filter.countries());
    andTexts("r.sensor_type_name", filter.sensorTypes());
    filter.bbox().ifPresent(this::andInside);
    filter.conditions().forEach(this::and);
  }

  private void and(Condition condition) {
    switch (condition) {
      case Condition.Within(Area area) -> {
        andInside(area.bounds()); // Spares the rest for what is far away.
        texts.add(
            switch (area) {
              case Circle circle -> inside(circle);
              case Polygon polygon -> inside(polygon);
            });
      }
      case Condition.Manufacturers(var names) -> andTexts("r.sensor_type_manufacturer", names);
      case Condition.TypeIds(var ids) -> andNumbers("r.sensor_type_id", ids);
      case Condition.Pins(var pins) -> andTexts("r.sensor_pin", pins);
      case Condition.Indoor(boolean indoor) -> texts.add("r.indoor = " + indoor);
      case Between between -> andIn(List.of(between));
      case Condition.AnyOf(List<Between> ranges) -> andIn(ranges);
      case Condition.Plausible() -> Columns.MEASURES.forEach(this::andPlausible);
    }
  }

  /** Adds a condition on a measure's value, which stands for {@code %s}. */
  private void andMeasure(String measure, String condition) {
    Optional<String> value = Columns.value(measure);
    value.ifPresent(column -> texts.add(condition.formatted(column)));
    isPossible &= value.isPresent();
  }

  private void andNumbers(String column, Set<? extends Number> values) {
    if (!values.isEmpty()) {
      texts.add(Sql.isNumberOf(column, values));
    }
  }

  private void andTexts(String column, Set<String> values) {
    if (!values.isEmpty()) {
      texts.add(Sql.isOneOf(column, values));
    }
  }

  private void andInside(BoundingBox box) {
    texts.add("r.latitude >= " + Sql.number(box.south()));
    texts.add("r.latitude <= " + Sql.number(box.north()));
    texts.add(
        "(r.longitude >= %s %s r.longitude <= %s)"
            .formatted(
                Sql.number(box.west()),
                box.crossesAntimeridian() ? "OR" : "AND",
                Sql.number(box.east())));
  }

  private static String inside(Circle circle) {
    return ("power(cos(radians(r.latitude)) * cos(radians(r.longitude)) - (%s), 2)"
            + " + power(cos(radians(r.latitude)) * sin(radians(r.longitude)) - (%s), 2)"
            + " + power(sin(radians(r.latitude)) - (%s), 2) <= %s")
        .formatted(
            Sql.number(Circle.x(circle.centre())),
            Sql.number(Circle.y(circle.centre())),
            Sql.number(Circle.z(circle.centre())),
            Sql.number(circle.squaredChord()));
  }

  /** Counts the edges crossed on the way east: inside, they are odd. */
  private static String inside(Polygon polygon) {
    return polygon.edges().stream()
        .map(Conditions::edge)
        .collect(
            Collectors.joining(
                ",",
                "len(list_filter([",
                "], lambda e: r.latitude >= e.south AND r.latitude < e.north AND r.longitude"
                    + " < e.longitude + (r.latitude - e.south) * e.slope)) % 2 = 1"));
  }

  private static String edge(Edge edge) {
    return "{south: %s, north: %s, longitude: %s, slope: %s}"
        .formatted(
            Sql.number(edge.south()),
            Sql.number(edge.north()),
            Sql.number(edge.longitude()),
            Sql.number(edge.slope()));
  }

  private void andIn(List<Between> ranges) {
    Between first = ranges.getFirst();
    String anyOf =
        ranges.stream().map(Conditions::ends).collect(Collectors.joining(" OR ", "(", ")"));
    if (first.isOfPlace()) {
      texts.add(anyOf.replace("%1$s", "r." + first.quantity()));
    } else {
      andMeasure(first.quantity(), anyOf);
    }
  }

  private static String ends(Between range) {
    List<String> ends = new ArrayList<>();
    if (Double.isFinite(range.min())) {
      ends.add("%1$s >= " + Sql.number(range.min()));
    }
    if (Double.isFinite(range.max())) {
      ends.add("%1$s <= " + Sql.number(range.max()));
    }
    return String.join(" AND ", ends);
  }

  private void andPlausible(String name) {
    Measure measure = Measures.find(name).orElseThrow();
    Double saturation = Measures.SATURATIONS.get(name);
    String working =
        saturation == null
            ? "%1$s <= " + Sql.number(measure.validMax())
            : "%1$s < " + Sql.number(saturation);
    andMeasure(
        name,
        "(%1$s IS NULL"
            + (saturation == null ? "" : " OR " + COUNTS_PARTICLES)
            + " OR (%1$s >= "
            + Sql.number(measure.validMin())
            + " AND "
            + working
            + "))");
  }
}
