package org.airlens.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.airlens.model.Identifiers;
import org.airlens.model.Reading;
import org.airlens.model.SensorType;
import org.airlens.server.format.Json;
import org.airlens.store.ReadingFilter;
import org.airlens.store.SensorSummary;
import tools.jackson.core.JsonGenerator;

/** {@code GET /api/v1/sensors}, {@code /api/v1/sensors/{id}}, {@code /api/v1/locations/{id}}. */
final class SensorRoutes {

  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 10_000;

  private final Services services;

  SensorRoutes(Services services) {
    this.services = services;
  }

  Route list() {
    List<Parameter> parameters = new ArrayList<>(Parameter.FILTERS);
    parameters.add(
        Parameter.query("limit", "integer", "At most so many: 100 unless given, 10000 at most"));
    parameters.add(Parameter.CURSOR);
    return Route.get(
        "/api/v1/sensors",
        "Sensors, with first and last time seen",
        List.copyOf(parameters),
        Route.Content.json("Sensors"),
        this::answerList);
  }

  Route one() {
    return Route.get(
        "/api/v1/sensors/{id}",
        "One sensor, with its newest reading",
        List.of(Parameter.path("id", "The sensor's id")),
        Route.Content.json("Sensor"),
        this::answerOne);
  }

  Route location() {
    return Route.get(
        "/api/v1/locations/{id}",
        "One location and its sensors",
        List.of(Parameter.path("id", "The location's id")),
        Route.Content.json("Location"),
        this::answerLocation);
  }

  private void answerList(Exchange exchange) {
    Query query = exchange.query();
    ReadingFilter filter = Filters.conditions(query);
    int limit = (int) query.whole("limit", 1, MAX_LIMIT).orElse(DEFAULT_LIMIT);
    OptionalLong after = query.whole("cursor", 1, Identifiers.MAX_ID);
    List<SensorSummary> found =
        services
            .queries()
            .query(() -> services.store().sensors().sensors(filter, after, limit + 1));
    List<SensorSummary> shown = found.subList(0, Math.min(limit, found.size()));
    exchange.json(
        200,
        json -> {
          json.writeStartObject();
          json.writeArrayPropertyStart("sensors");
          shown.forEach(sensor -> write(json, sensor, false));
          json.writeEndArray();
          if (found.size() > limit) {
            json.writeStringProperty(
                "next_cursor", Long.toString(shown.getLast().newest().sensor().id()));
          } else {
            json.writeNullProperty("next_cursor");
          }
          json.writeEndObject();
        });
  }

  private void answerOne(Exchange exchange) {
    long id = exchange.pathId("id");
    Optional<SensorSummary> sensor =
        services.queries().query(() -> services.store().sensors().sensor(id));
    if (sensor.isEmpty()) {
      throw ProblemException.notFound("no sensor " + id + " has reported to this store");
    }
    exchange.json(200, json -> write(json, sensor.get(), true));
  }

  private void answerLocation(Exchange exchange) {
    long id = exchange.pathId("id");
    List<SensorSummary> sensors =
        services.queries().query(() -> services.store().sensors().atLocation(id));
    if (sensors.isEmpty()) {
      throw ProblemException.notFound("no sensor at location " + id + " reports to this store");
    }
    SensorSummary newest = sensors.getFirst();
    SensorSummary oldest = sensors.getFirst();
    for (SensorSummary sensor : sensors) {
      newest = sensor.lastSeen().isAfter(newest.lastSeen()) ? sensor : newest;
      oldest = sensor.firstSeen().isBefore(oldest.firstSeen()) ? sensor : oldest;
    }
    SensorSummary last = newest;
    SensorSummary first = oldest;
    exchange.json(
        200,
        json -> {
          json.writeStartObject();
          Json.place(json, last.newest().location());
          json.writeStringProperty("first_seen", first.firstSeen().toString());
          json.writeStringProperty("last_seen", last.lastSeen().toString());
          json.writeArrayPropertyStart("sensors");
          sensors.forEach(sensor -> write(json, sensor, true));
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static void write(JsonGenerator json, SensorSummary sensor, boolean withReading) {
    Reading newest = sensor.newest();
    SensorType type = newest.sensor().type();
    json.writeStartObject();
    json.writeNumberProperty("sensor_id", newest.sensor().id());
    Json.place(json, newest.location());
    json.writeNumberProperty("sensor_type_id", type.id());
    json.writeStringProperty("sensor_type_name", type.name());
    json.writeStringProperty("sensor_type_manufacturer", type.manufacturer());
    json.writeStringProperty("sensor_pin", newest.sensor().pin());
    json.writeStringProperty("first_seen", sensor.firstSeen().toString());
    json.writeStringProperty("last_seen", sensor.lastSeen().toString());
    if (withReading) {
      json.writeName("newest");
      Json.reading(json, newest);
    }
    json.writeEndObject();
  }
}
