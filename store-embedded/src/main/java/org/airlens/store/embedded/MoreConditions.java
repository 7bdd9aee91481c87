package org.airlens.store.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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

  /** Adds a condition; false when no reading can fulfil it, because none has the measure. */
  static boolean add(List<String> conditions, MeasureColumns columns, Condition condition) {
    switch (condition) {
      case Condition.Within(Area area) -> {
        Sql.bbox(conditions, area.bounds()); // Spares the rest for what is far away.
        conditions.add(
            switch (area) {
              case Circle circle -> inside(circle);
              case Polygon polygon -> inside(polygon);
            });
      }
      case Condition.Manufacturers(var names) ->
          Sql.texts(conditions, "sensor_type_manufacturer", names);
      case Condition.TypeIds(var ids) -> Sql.numbers(conditions, "sensor_type_id", ids);
      case Condition.Pins(var pins) -> Sql.texts(conditions, "sensor_pin", pins);
      case Condition.Indoor(boolean indoor) ->
          Sql.texts(conditions, "indoor", List.of(Boolean.toString(indoor)));
      case Between between -> {
        Optional<String> column = quantity(columns, between);
        column.ifPresent(name -> conditions.add(between(name, between)));
        return column.isPresent();
      }
      case Condition.AnyOf(List<Between> ranges) -> {
        Optional<String> column = quantity(columns, ranges.getFirst());
        column.ifPresent(name ->
            conditions.add(
                ranges.stream()
                    .map(range -> between(name, range))
                    .collect(Collectors.joining(" OR ", "(", ")"))));
        return column.isPresent();
      }
      case Condition.Plausible() -> plausible(conditions, columns);
    }
    return true;
  }

  private static String inside(Circle circle) {
    return """
    (POWER(COS(RADIANS(latitude)) * COS(RADIANS(longitude)) - (%s), 2) \
    + POWER(COS(RADIANS(latitude)) * SIN(RADIANS(longitude)) - (%s), 2) \
    + POWER(SIN(RADIANS(latitude)) - (%s), 2) <= %s)\
    """
        .formatted(
            Circle.x(circle.centre()),
            Circle.y(circle.centre()),
            Circle.z(circle.centre()),
            circle.squaredChord());
  }

  /** Counts the edges crossed on the way east: inside, they are odd. */
  private static String inside(Polygon polygon) {
    List<String> crossings = new ArrayList<>();
    for (Edge edge : polygon.edges()) {
      crossings.add(
          "CASE WHEN latitude >= %1$s AND latitude < %2$s AND longitude < %3$s + (latitude - (%1$s)) * (%4$s) THEN 1 ELSE 0 END"
              .formatted(edge.south(), edge.north(), edge.longitude(), edge.slope()));
    }
    return crossings.isEmpty() ? "1 = 0" : "(" + sum(crossings) + ") % 2 = 1";
  }

  /** A sum as a balanced tree: QuestDB's compiler goes as deep as an expression is nested. */
  private static String sum(List<String> terms) {
    int half = terms.size() / 2;
    return half == 0
        ? terms.getFirst()
        : "(" + sum(terms.subList(0, half)) + " + " + sum(terms.subList(half, terms.size())) + ")";
  }

  /** The column of a range's quantity; empty when no reading has it. */
  private static Optional<String> quantity(MeasureColumns columns, Between range) {
    return range.isOfPlace()
        ? Optional.of(range.quantity())
        : Sql.measure(columns, range.quantity());
  }

  private static String between(String column, Between range) {
    List<String> ends = new ArrayList<>();
    if (Double.isFinite(range.min())) {
      ends.add(column + " >= " + range.min());
    }
    if (Double.isFinite(range.max())) {
      ends.add(column + " <= " + range.max());
    }
    return "(" + String.join(" AND ", ends) + ")";
  }

  private static void plausible(List<String> conditions, MeasureColumns columns) {
    for (Map.Entry<String, String> entry : columns.all().entrySet()) {
      Optional<Measure> known = Measures.find(entry.getKey());
      if (known.isPresent()) {
        String column = "\"" + entry.getValue() + "\"";
        Double saturation = Measures.SATURATIONS.get(entry.getKey());
        String counts =
            saturation == null
                ? ""
                : " OR sensor_type_id = %d OR lower(sensor_type_name) = '%s'"
                    .formatted(SensorType.PPD42NS_ID, SensorType.PPD42NS.toLowerCase(Locale.ROOT));
        conditions.add(
            "(%1$s IS NULL%5$s OR (%1$s >= %2$s AND %1$s %3$s %4$s))"
                .formatted(
                    column,
                    known.get().validMin(),
                    saturation == null ? "<=" : "<",
                    saturation == null ? known.get().validMax() : saturation,
                    counts));
      }
    }
  }
}
