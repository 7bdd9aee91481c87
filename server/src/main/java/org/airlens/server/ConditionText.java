package org.airlens.server;

import java.util.ArrayList;
import java.util.List;
import org.airlens.model.Circle;
import org.airlens.model.Measures;
import org.airlens.model.Polygon;
import org.airlens.model.Position;
import org.airlens.store.Condition;
import org.airlens.store.Condition.Between;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Conditions as people and programs write them, in HTTP parameters and on the command line. */
public final class ConditionText {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ConditionText() {}

  /**
   * Reads {@code LON,LAT,METRES}.
   *
   * @throws IllegalArgumentException when the text is anything else
   */
  public static Condition circle(String text) {
    String[] parts = text.split(",", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("expected three numbers: longitude, latitude, metres");
    }
    return new Condition.Within(
        new Circle(new Position(number(parts[1]), number(parts[0])), number(parts[2])));
  }

  /**
   * Reads a GeoJSON geometry, a Polygon or a MultiPolygon, or a Feature that has one.
   *
   * @throws IllegalArgumentException when the text is anything else
   */
  public static Condition polygon(String text) {
    JsonNode document;
    try {
      document = JSON.readTree(text);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("it is no JSON: " + e.getOriginalMessage(), e);
    }
    if (document.path("type").asString("").equals("Feature")) {
      document = document.path("geometry");
    }
    JsonNode coordinates = document.path("coordinates");
    List<List<Position>> rings = new ArrayList<>();
    switch (document.path("type").asString("")) {
      case "Polygon" -> rings(coordinates, rings);
      case "MultiPolygon" -> array(coordinates).forEach(polygon -> rings(polygon, rings));
      default ->
          throw new IllegalArgumentException(
              "expected a GeoJSON Polygon or MultiPolygon, or a Feature that has one");
    }
    return new Condition.Within(new Polygon(rings));
  }

  /**
   * Reads {@code QUANTITY:MIN..MAX}, either end of which may be missing: {@code P2:10..50}, {@code
   * altitude:..300}. Several ranges, of which one must hold, have bars between them: {@code
   * aqi:..3|7..}.
   *
   * @throws IllegalArgumentException when the text is anything else
   */
  public static Condition range(String text) {
    int colon = text.indexOf(':');
    if (colon <= 0) {
      throw noRange(text);
    }
    String quantity = text.substring(0, colon).strip();
    List<Between> ranges = new ArrayList<>();
    for (String range : text.substring(colon + 1).split("\\|", -1)) {
      ranges.add(range(quantity, range, text));
    }
    return ranges.size() == 1 ? ranges.getFirst() : new Condition.AnyOf(ranges);
  }

  private static Between range(String quantity, String range, String text) {
    int dots = range.indexOf("..");
    if (dots < 0) {
      throw noRange(text);
    }
    String low = range.substring(0, dots).strip();
    String high = range.substring(dots + 2).strip();
    if (low.isEmpty() && high.isEmpty()) {
      throw new IllegalArgumentException("a range needs an end: P2:10.. or P2:..50");
    }
    double min = low.isEmpty() ? Double.NEGATIVE_INFINITY : number(low);
    double max = high.isEmpty() ? Double.POSITIVE_INFINITY : number(high);
    if (min > max) {
      throw new IllegalArgumentException("the range %s..%s is upside down".formatted(low, high));
    }
    Between between = new Between(quantity, min, max);
    if (!between.isOfPlace()
        && !quantity.equals(Measures.AQI)
        && !Measures.isAcceptableName(quantity)) {
      throw new IllegalArgumentException(
          "'%s' is no measure, and neither altitude, latitude nor longitude"
              .formatted(Query.shown(quantity)));
    }
    return between;
  }

  private static IllegalArgumentException noRange(String text) {
    return new IllegalArgumentException(
        "'%s' is no range; write P2:10..50, aqi:7.., altitude:..300 or aqi:..3|7.."
            .formatted(Query.shown(text)));
  }

  private static void rings(JsonNode polygon, List<List<Position>> rings) {
    array(polygon)
        .forEach(ring -> {
          List<Position> positions = new ArrayList<>();
          array(ring).forEach(position -> positions.add(position(position)));
          rings.add(positions);
        });
  }

  private static Position position(JsonNode pair) {
    JsonNode longitude = pair.path(0);
    JsonNode latitude = pair.path(1);
    if (!longitude.isNumber() || !latitude.isNumber()) {
      throw new IllegalArgumentException("a position is an array: longitude, latitude");
    }
    return new Position(latitude.doubleValue(), longitude.doubleValue());
  }

  private static JsonNode array(JsonNode node) {
    if (!node.isArray()) {
      throw new IllegalArgumentException("its coordinates are not nested as GeoJSON nests them");
    }
    return node;
  }

  private static double number(String text) {
    try {
      double number = Double.parseDouble(text.strip());
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new IllegalArgumentException("'" + Query.shown(text) + "' is no number");
  }
}
