package org.airlens.store.timestream;

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
import org.airlens.store.timestream.Scan.Field;

/** A filter in SQL, computed there as it is here. */
final class Conditions {

  private final Scan scan;

  private Conditions(Scan scan) {
    this.scan = scan;
  }

  /**
   * Adds the filter's conditions, without those of time; false when no reading can pass, because
   * none has the measure.
   */
  static boolean add(Scan scan, ReadingFilter filter, List<String> stored) {
    return new Conditions(scan).addAll(filter, stored);
  }

  private boolean addAll(ReadingFilter filter, List<String> stored) {
    if (filter.measure().isPresent()) {
      Optional<String> measure = scan.measure(filter.measure().get());
      if (measure.isEmpty()) {
        return false;
      }
      scan.where(measure.get() + " IS NOT NULL");
    }
    scan.ofSensors(filter.sensorIds());
    if (!filter.locationIds().isEmpty()) {
      scan.where(Sql.numbers(scan.field(Field.LOCATION), filter.locationIds()));
    }
    texts(Field.COUNTRY, filter.countries());
    texts(Field.TYPE_NAME, filter.sensorTypes());
    filter.bbox().ifPresent(this::bbox);
    for (Condition condition : filter.conditions()) {
      if (!add(condition, stored)) {
        return false;
      }
    }
    return true;
  }

  private boolean add(Condition condition, List<String> stored) {
    switch (condition) {
      case Condition.Within(Area area) -> {
        bbox(area.bounds()); // Spares the rest for what is far away.
        scan.where(
            switch (area) {
              case Circle circle -> inside(circle);
              case Polygon polygon -> inside(polygon);
            });
      }
      case Condition.Manufacturers(var names) -> texts(Field.MANUFACTURER, names);
      case Condition.TypeIds(var ids) -> scan.where(Sql.numbers(scan.field(Field.TYPE_ID), ids));
      case Condition.Pins(var pins) -> texts(Field.PIN, pins);
      case Condition.Indoor(boolean indoor) ->
          scan.where(scan.field(Field.INDOOR) + " = " + indoor);
      case Between between -> {
        return within(List.of(between));
      }
      case Condition.AnyOf(List<Between> ranges) -> {
        return within(ranges);
      }
      case Condition.Plausible() -> plausible(stored);
    }
    return true;
  }

  private void texts(Field field, Set<String> values) {
    if (!values.isEmpty()) {
      scan.where(Sql.texts(scan.field(field), values));
    }
  }

  private void bbox(BoundingBox box) {
    String latitude = scan.field(Field.LATITUDE);
    String longitude = scan.field(Field.LONGITUDE);
    scan.where(latitude + " >= " + Sql.number(box.south()));
    scan.where(latitude + " <= " + Sql.number(box.north()));
    String west = longitude + " >= " + Sql.number(box.west());
    String east = longitude + " <= " + Sql.number(box.east());
    scan.where("(%s %s %s)".formatted(west, box.crossesAntimeridian() ? "OR" : "AND", east));
  }

  private String inside(Circle circle) {
    return ("(power(cos(radians(%1$s)) * cos(radians(%2$s)) - (%3$s), 2)"
            + " + power(cos(radians(%1$s)) * sin(radians(%2$s)) - (%4$s), 2)"
            + " + power(sin(radians(%1$s)) - (%5$s), 2) <= %6$s)")
        .formatted(
            scan.field(Field.LATITUDE),
            scan.field(Field.LONGITUDE),
            Sql.number(Circle.x(circle.centre())),
            Sql.number(Circle.y(circle.centre())),
            Sql.number(Circle.z(circle.centre())),
            Sql.number(circle.squaredChord()));
  }

  /** Counts the edges crossed on the way east: inside, they are odd. */
  private String inside(Polygon polygon) {
    String latitude = scan.field(Field.LATITUDE);
    String longitude = scan.field(Field.LONGITUDE);
    List<String> crossings = new ArrayList<>();
    for (Edge edge : polygon.edges()) {
      crossings.add(
          "CASE WHEN %1$s >= %3$s AND %1$s < %4$s AND %2$s < %5$s + (%1$s - (%3$s)) * (%6$s) THEN 1 ELSE 0 END"
              .formatted(
                  latitude,
                  longitude,
                  Sql.number(edge.south()),
                  Sql.number(edge.north()),
                  Sql.number(edge.longitude()),
                  Sql.number(edge.slope())));
    }
    return crossings.isEmpty() ? "1 = 0" : "(" + sum(crossings) + ") % 2 = 1";
  }

  /** A sum as a balanced tree: compilers go as deep as an expression is nested. */
  private static String sum(List<String> terms) {
    int half = terms.size() / 2;
    return half == 0
        ? terms.getFirst()
        : "(" + sum(terms.subList(0, half)) + " + " + sum(terms.subList(half, terms.size())) + ")";
  }

  /** Adds that a quantity lies in one of the ranges; false when no reading has it. */
  private boolean within(List<Between> ranges) {
    String quantity = ranges.getFirst().quantity();
    Optional<String> value =
        switch (quantity) {
          case Between.ALTITUDE -> Optional.of(scan.field(Field.ALTITUDE));
          case Between.LATITUDE -> Optional.of(scan.field(Field.LATITUDE));
          case Between.LONGITUDE -> Optional.of(scan.field(Field.LONGITUDE));
          default -> scan.measure(quantity);
        };
    value.ifPresent(name -> {
      scan.where(
          ranges.stream()
              .map(range -> between(name, range))
              .collect(Collectors.joining(" OR ", "(", ")")));
      scan.where(name + " IS NOT NULL");
    });
    return value.isPresent();
  }

  private static String between(String value, Between range) {
    List<String> ends = new ArrayList<>();
    if (Double.isFinite(range.min())) {
      ends.add(value + " >= " + Sql.number(range.min()));
    }
    if (Double.isFinite(range.max())) {
      ends.add(value + " <= " + Sql.number(range.max()));
    }
    return String.join(" AND ", ends);
  }

  private void plausible(List<String> stored) {
    for (String name : stored) {
      Optional<Measure> known = Measures.find(name);
      if (known.isPresent()) {
        plausible(known.get(), scan.measure(name).orElseThrow());
      }
    }
  }

  private void plausible(Measure measure, String value) {
    Double saturation = Measures.SATURATIONS.get(measure.name());
    boolean saturates = saturation != null;
    double most = saturation == null ? measure.validMax() : saturation;
    String counts =
        saturates
            ? " OR %s = %d OR lower(%s) = '%s'"
                .formatted(
                    scan.field(Field.TYPE_ID),
                    SensorType.PPD42NS_ID,
                    scan.field(Field.TYPE_NAME),
                    SensorType.PPD42NS.toLowerCase(Locale.ROOT))
            : "";
    scan.where(
        "(%1$s IS NULL%5$s OR (%1$s >= %2$s AND %1$s %3$s %4$s))"
            .formatted(
                value,
                Sql.number(measure.validMin()),
                saturates ? "<" : "<=",
                Sql.number(most),
                counts));
  }
}
