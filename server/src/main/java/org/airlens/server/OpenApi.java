package org.airlens.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** The description of the routes, made from the table that serves them. */
final class OpenApi {

  private OpenApi() {}

  /** OpenAPI 3.1 of all routes. */
  static byte[] describe(List<Route> routes, String version) {
    Map<String, List<Route>> byPath = new LinkedHashMap<>();
    for (Route route : routes) {
      byPath.computeIfAbsent(route.path(), path -> new ArrayList<>()).add(route);
    }
    return Exchange.jsonBytes(json -> {
      json.writeStartObject();
      json.writeStringProperty("openapi", "3.1.0");
      info(json, version);
      json.writeObjectPropertyStart("paths");
      byPath.forEach((path, methods) -> {
        json.writeObjectPropertyStart(path);
        methods.forEach(route -> operation(json, route));
        json.writeEndObject();
      });
      json.writeEndObject();
      components(json);
      json.writeEndObject();
    });
  }

  private static void info(JsonGenerator json, String version) {
    json.writeObjectPropertyStart("info");
    json.writeStringProperty("title", "AirLens");
    json.writeStringProperty("version", version);
    json.writeStringProperty(
        "description",
        "Readings and air-quality indices of the Sensor.Community network. Data: Sensor.Community,"
            + " Open Database License; contents Database Contents License 1.0.");
    json.writeObjectPropertyStart("license");
    json.writeStringProperty("name", "Apache-2.0");
    json.writeStringProperty("identifier", "Apache-2.0");
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void operation(JsonGenerator json, Route route) {
    json.writeObjectPropertyStart(route.method().toLowerCase(Locale.ROOT));
    json.writeStringProperty("operationId", operationId(route));
    json.writeStringProperty("summary", route.summary());
    json.writeArrayPropertyStart("parameters");
    route.parameters().stream()
        .filter(parameter -> !parameter.equals(Parameter.ANYTHING))
        .forEach(parameter -> parameter(json, parameter));
    json.writeEndArray();
    if (route.method().equals("POST")) {
      json.writeObjectPropertyStart("requestBody");
      json.writeBooleanProperty("required", true);
      content(json, List.of(Route.Content.json("Push")));
      json.writeEndObject();
    }
    json.writeObjectPropertyStart("responses");
    for (Route.Answer answer : route.answers()) {
      json.writeObjectPropertyStart(Integer.toString(answer.status()));
      json.writeStringProperty("description", answer.description());
      if (!answer.contents().isEmpty()) {
        content(json, answer.contents());
      }
      json.writeEndObject();
    }
    json.writeObjectPropertyStart("default");
    json.writeStringProperty("$ref", "#/components/responses/Problem");
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndObject();
  }

  /** {@code getApiV1SensorsId}: what generated clients call their methods. */
  private static String operationId(Route route) {
    StringBuilder id = new StringBuilder(route.method().toLowerCase(Locale.ROOT));
    for (String word : route.path().split("[^A-Za-z0-9]+", -1)) {
      if (!word.isEmpty()) {
        id.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
      }
    }
    return id.toString();
  }

  private static void parameter(JsonGenerator json, Parameter parameter) {
    json.writeStartObject();
    json.writeStringProperty("name", parameter.name());
    json.writeStringProperty("in", parameter.place());
    json.writeStringProperty("description", parameter.description());
    json.writeBooleanProperty("required", parameter.required());
    json.writeObjectPropertyStart("schema");
    json.writeStringProperty("type", parameter.type());
    if (!parameter.values().isEmpty()) {
      json.writeArrayPropertyStart("enum");
      parameter.values().forEach(json::writeString);
      json.writeEndArray();
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void content(JsonGenerator json, List<Route.Content> contents) {
    json.writeObjectPropertyStart("content");
    for (Route.Content content : contents) {
      json.writeObjectPropertyStart(content.type().replaceFirst(";.*", ""));
      json.writeObjectPropertyStart("schema");
      json.writeStringProperty("$ref", "#/components/schemas/" + content.schema());
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void components(JsonGenerator json) {
    json.writeObjectPropertyStart("components");
    json.writeName("schemas");
    json.writeRawValue(Resources.text("schemas.json"));
    json.writeObjectPropertyStart("responses");
    json.writeObjectPropertyStart("Problem");
    json.writeStringProperty("description", "An error, as RFC 9457 has it");
    content(json, List.of(new Route.Content(Problems.CONTENT_TYPE, "Problem")));
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndObject();
  }
}
