package org.airlens.server;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.airlens.model.Reading;
import org.airlens.model.SensorType;

/** {@code GET /api/v1/sensor-types}: what the sensors are, for whoever picks among them. */
final class SensorTypesRoute {

  private static final Comparator<SensorType> ORDER =
      Comparator.comparing(SensorType::name)
          .thenComparing(SensorType::manufacturer)
          .thenComparingInt(SensorType::id);

  private final Services services;

  SensorTypesRoute(Services services) {
    this.services = services;
  }

  Route route() {
    return Route.get(
        "/api/v1/sensor-types",
        "The types of sensors: number, name, manufacturer, how many sensors",
        List.of(),
        Route.Content.json("SensorTypes"),
        this::answer);
  }

  private void answer(Exchange exchange) {
    Map<SensorType, Integer> sensors = new TreeMap<>(ORDER);
    for (Reading newest : services.view().snapshot().all()) {
      sensors.merge(newest.sensor().type(), 1, Integer::sum);
    }
    exchange.json(
        200,
        json -> {
          json.writeStartObject();
          json.writeArrayPropertyStart("sensor_types");
          sensors.forEach((type, count) -> {
            json.writeStartObject();
            json.writeNumberProperty("sensor_type_id", type.id());
            json.writeStringProperty("sensor_type_name", type.name());
            json.writeStringProperty("sensor_type_manufacturer", type.manufacturer());
            json.writeNumberProperty("sensors", count);
            json.writeEndObject();
          });
          json.writeEndArray();
          json.writeEndObject();
        });
  }
}
