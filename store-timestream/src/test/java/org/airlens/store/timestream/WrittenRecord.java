package org.airlens.store.timestream;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A record as it arrived, with what its batch has in common, held against the documented rules on
 * names, sizes and counts.
 *
 * @param dimensions by name
 * @param time its instant
 * @param version its version
 * @param values by name
 */
record WrittenRecord(
    Map<String, String> dimensions, Instant time, long version, Map<String, Value> values) {

  private static final Set<String> TYPES =
      Set.of("DOUBLE", "BIGINT", "VARCHAR", "BOOLEAN", "TIMESTAMP");
  private static final Set<String> RESERVED =
      Set.of("measure_name", "measure_value", "time", "ts_non_existent_col");

  /** A value and its type. */
  record Value(String type, String text) {}

  /** Reads one; what is malformed fails the whole request. */
  static WrittenRecord of(JsonNode common, JsonNode own) {
    Map<String, String> dimensions = new LinkedHashMap<>();
    dimensions(dimensions, common);
    dimensions(dimensions, own);
    require(dimensions.size() <= 128, "a record has at most 128 dimensions");
    String measureName = either(common, own, "MeasureName");
    require(!measureName.isEmpty() && bytes(measureName) <= 256, "MeasureName has 1 to 256 bytes");
    require(
        either(common, own, "MeasureValueType").equals("MULTI"),
        "MeasureValues are only allowed for type MULTI");
    require(!own.has("MeasureValue") && !common.has("MeasureValue"), "MULTI has no MeasureValue");
    require(either(common, own, "TimeUnit").equals("SECONDS"), "TimeUnit is SECONDS here");
    String time = either(common, own, "Time");
    require(time.matches("\\d{1,18}"), "Time is a number: '" + time + "'");
    String version = either(common, own, "Version");
    return new WrittenRecord(
        dimensions,
        Instant.ofEpochSecond(Long.parseLong(time)),
        version.isEmpty() ? 1 : Long.parseLong(version),
        values(own));
  }

  private static void dimensions(Map<String, String> dimensions, JsonNode node) {
    for (JsonNode dimension : node.path("Dimensions")) {
      String name = dimension.path("Name").asString();
      String value = dimension.path("Value").asString();
      checkName(name, 60);
      require(!value.isEmpty(), "the value of dimension " + name + " is empty");
      require(
          dimensions.put(name, value) == null, "dimension " + name + " stands twice in a record");
    }
  }

  private static Map<String, Value> values(JsonNode own) {
    Map<String, Value> values = new LinkedHashMap<>();
    for (JsonNode value : own.path("MeasureValues")) {
      String name = value.path("Name").asString();
      String type = value.path("Type").asString();
      String text = value.path("Value").asString();
      checkName(name, 256);
      require(TYPES.contains(type), "type " + type + " of " + name);
      require(
          !text.isEmpty() && bytes(text) <= 2_048, "the value of " + name + " has 1 to 2048 bytes");
      switch (type) {
        case "DOUBLE" -> require(Double.isFinite(Double.parseDouble(text)), name + " is no number");
        case "BIGINT" -> require(text.matches("-?\\d{1,19}"), name + " is no BIGINT");
        case "BOOLEAN" ->
            require(text.equals("true") || text.equals("false"), name + " is neither");
        default -> require(type.equals("VARCHAR"), "type " + type);
      }
      require(values.put(name, new Value(type, text)) == null, name + " stands twice in a record");
    }
    require(!values.isEmpty() && values.size() <= 256, "a record has 1 to 256 MeasureValues");
    return values;
  }

  private static void checkName(String name, int mostBytes) {
    require(!name.isEmpty() && bytes(name) <= mostBytes, "name '" + name + "'");
    require(
        name.matches("[A-Za-z0-9_.-]+")
            && !RESERVED.contains(name)
            && !name.startsWith("ts_")
            && !name.startsWith("measure_value"),
        "name '" + name + "' is not allowed");
  }

  /** What the service meters and limits: names and values, 8 bytes for a number and the time. */
  int bytes() {
    int bytes = 8 + bytes("air_quality") + dimensionBytes();
    for (Map.Entry<String, Value> value : values.entrySet()) {
      bytes += bytes(value.getKey());
      bytes +=
          switch (value.getValue().type()) {
            case "VARCHAR" -> bytes(value.getValue().text());
            case "BOOLEAN" -> 1;
            default -> 8;
          };
    }
    return bytes;
  }

  int dimensionBytes() {
    int bytes = 0;
    for (Map.Entry<String, String> dimension : dimensions.entrySet()) {
      bytes += bytes(dimension.getKey()) + bytes(dimension.getValue());
    }
    return bytes;
  }

  private static String either(JsonNode common, JsonNode own, String name) {
    require(!(common.has(name) && own.has(name)), name + " stands twice");
    return own.has(name) ? own.path(name).asString() : common.path(name).asString();
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw ServiceError.validation(message);
    }
  }
}
