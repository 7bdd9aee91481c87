package org.airlens.store.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.airlens.model.Area;
import org.airlens.model.Circle;
import org.airlens.model.Measure;
import org.airlens.model.Measures;
import org.airlens.model.Polygon;
import org.airlens.model.Polygon.Edge;
import org.airlens.model.SensorType;
import org.airlens.store.Condition;
import org.airlens.store.Condition.Between;

/** {@link Condition}s in SQL, computed there as they are here. */
final class MoreConditions {

  private MoreConditions() {}

  /** Adds a condition that is about {@code origins o}. */
  static void addOfOrigin(Conditions all, Condition condition) {
    switch (condition) {
      case Condition.Within(Area area) -> {
        all.andInside(area.bounds()); // Spares the rest for what is far away.
        switch (area) {
          case Circle circle -> inside(all, circle);
          case Polygon polygon -> inside(all, polygon);
        }
      }
      case Condition.Manufacturers(var names) -> all.andTexts("o.sensor_type_manufacturer", names);
      case Condition.TypeIds(var ids) -> all.andNumbers("o.sensor_type_id", ids);
      case Condition.Pins(var pins) -> all.andTexts("o.sensor_pin", pins);
      case Condition.Indoor(boolean indoor) -> all.and("o.indoor = ?", indoor);
      case Between between -> between(all, "o." + between.quantity(), List.of(between));
      case Condition.AnyOf anyOf -> between(all, "o." + anyOf.quantity(), anyOf.ranges());
      case Condition.Plausible() ->
          throw new IllegalArgumentException("it is about values: " + condition);
    }
  }

  /**
   * Adds a condition that is about values in {@code readings r}.
   *
   * @return false when no reading can fulfil it, because none has the measure
   */
  static boolean addOfValue(Conditions all, Condition condition) {
    switch (condition) {
      case Between between -> {
        return between(all, MeasureColumns.value(between.quantity()), List.of(between));
      }
      case Condition.AnyOf anyOf -> {
        return between(all, MeasureColumns.value(anyOf.quantity()), anyOf.ranges());
      }
      case Condition.Plausible() -> plausible(all);
      default -> throw new IllegalArgumentException("it is about the sensor: " + condition);
    }
    return true;
  }

  private static void inside(Conditions all, Circle circle) {
    all.and(
        """
        (power(cos(radians(o.latitude)) * cos(radians(o.longitude)) - ?, 2) \
        + power(cos(radians(o.latitude)) * sin(radians(o.longitude)) - ?, 2) \
        + power(sin(radians(o.latitude)) - ?, 2) <= ?)\
        """,
        Circle.x(circle.centre()),
        Circle.y(circle.centre()),
        Circle.z(circle.centre()),
        circle.squaredChord());
  }

  /** Counts the edges crossed on the way east: inside, they are odd. */
  private static void inside(Conditions all, Polygon polygon) {
    List<Edge> edges = polygon.edges();
    double[] souths = edges.stream().mapToDouble(Edge::south).toArray();
    double[] norths = edges.stream().mapToDouble(Edge::north).toArray();
    double[] longitudes = edges.stream().mapToDouble(Edge::longitude).toArray();
    double[] slopes = edges.stream().mapToDouble(Edge::slope).toArray();
    all.and(
        """
        (SELECT count(*) FROM unnest(?::float8[], ?::float8[], ?::float8[], ?::float8[]) \
        AS edge(south, north, longitude, slope) \
        WHERE o.latitude >= edge.south AND o.latitude < edge.north \
        AND o.longitude < edge.longitude + (o.latitude - edge.south) * edge.slope) % 2 = 1\
        """,
        souths, norths, longitudes, slopes);
  }

  private static boolean between(Conditions all, Optional<String> value, List<Between> ranges) {
    value.ifPresent(column -> between(all, column, ranges));
    return value.isPresent();
  }

  /** In one of the ranges. */
  private static void between(Conditions all, String column, List<Between> ranges) {
    List<String> texts = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    for (Between range : ranges) {
      List<String> ends = new ArrayList<>();
      if (Double.isFinite(range.min())) {
        ends.add(column + " >= ?");
        values.add(range.min());
      }
      if (Double.isFinite(range.max())) {
        ends.add(column + " <= ?");
        values.add(range.max());
      }
      texts.add(String.join(" AND ", ends));
    }
    all.and("(" + String.join(" OR ", texts) + ")", values.toArray());
  }

  private static void plausible(Conditions all) {
    List<String> texts = new ArrayList<>();
    for (String name : MeasureColumns.CATALOGUE) {
      Measure measure = Measures.find(name).orElseThrow();
      Double saturation = Measures.SATURATIONS.get(name);
      texts.add(
          "(%1$s IS NULL%5$s OR (%1$s >= %2$s AND %1$s %3$s %4$s))"
              .formatted(
                  "r." + Sql.identifier(name),
                  measure.validMin(),
                  saturation == null ? "<=" : "<",
                  saturation == null ? measure.validMax() : saturation,
                  saturation == null ? "" : " OR " + countsParticles()));
    }
    all.and(String.join(" AND ", texts)).withOrigins();
  }

  private static String countsParticles() {
    return "o.sensor_type_id = %d OR lower(o.sensor_type_name) = '%s'"
        .formatted(SensorType.PPD42NS_ID, SensorType.PPD42NS.toLowerCase(Locale.ROOT));
  }
}
