package org.airlens.server;

import java.util.List;
import org.airlens.model.Measure;
import org.airlens.model.Measures;

/** {@code GET /api/v1/measures}: the catalogue, and what else the store has seen. */
final class MeasuresRoute {

  private final Services services;

  MeasuresRoute(Services services) {
    this.services = services;
  }

  Route route() {
    return Route.get(
        "/api/v1/measures",
        "The measures: name, label, unit (UCUM), quantity, valid range",
        List.of(),
        Route.Content.json("Measures"),
        this::answer);
  }

  private void answer(Exchange exchange) {
    List<String> stored = services.store().readings().measures();
    exchange.json(
        200,
        json -> {
          json.writeStartObject();
          json.writeArrayPropertyStart("measures");
          for (Measure measure : Measures.all()) {
            json.writeStartObject();
            json.writeStringProperty("name", measure.name());
            json.writeStringProperty("label", measure.label());
            json.writeStringProperty("unit", measure.unit());
            json.writeStringProperty("quantity", measure.quantity());
            json.writeArrayPropertyStart("valid_range");
            json.writeNumber(measure.validMin());
            json.writeNumber(measure.validMax());
            json.writeEndArray();
            json.writeEndObject();
          }
          for (String name : stored) {
            if (Measures.find(name).isEmpty()) {
              json.writeStartObject();
              json.writeStringProperty("name", name);
              json.writeStringProperty("label", name);
              json.writeNullProperty("unit");
              json.writeNullProperty("quantity");
              json.writeNullProperty("valid_range");
              json.writeEndObject();
            }
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }
}
