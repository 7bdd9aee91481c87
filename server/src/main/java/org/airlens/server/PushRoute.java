package org.airlens.server;

import io.helidon.http.Header;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code POST /v1/push-sensor-data/}: what stations push. */
final class PushRoute {

  private final Services services;

  PushRoute(Services services) {
    this.services = services;
  }

  Route route() {
    return new Route(
        "POST",
        "/v1/push-sensor-data/",
        "Takes what an airrohr station sends; 201 when it is durable",
        List.of(
            Parameter.header("X-Sensor", "The station, as in esp8266-1234567", true),
            Parameter.header("X-PIN", "The pin of the sensor on the station's board", false)),
        List.of(
            Route.Answer.of(201, "The readings are durable", Route.Content.json("PushReceipt"))),
        this::answer);
  }

  private void answer(Exchange exchange) {
    if (services.push().isEmpty()) {
      RequestBody.discard(exchange.request());
      throw ProblemException.of(503, "this node only serves; push to the one that collects");
    }
    int most = services.settings().limits().maxPushBytes();
    byte[] body = RequestBody.read(exchange.request(), most);
    switch (services.push().get().receive(headers(exchange), body)) {
      case PushReceiver.Outcome.Stored(int readings) ->
          exchange.json(
              201,
              json -> {
                json.writeStartObject();
                json.writeNumberProperty("readings", readings);
                json.writeEndObject();
              });
      case PushReceiver.Outcome.Refused(String parameter, String detail) ->
          throw ProblemException.parameter(parameter, parameter + ": " + detail);
      case PushReceiver.Outcome.Unavailable(String detail) ->
          throw ProblemException.of(503, detail + "; send it again");
    }
  }

  private static Map<String, String> headers(Exchange exchange) {
    Map<String, String> headers = new HashMap<>();
    for (Header header : exchange.request().headers()) {
      headers.put(header.name().toLowerCase(Locale.ROOT), header.get());
    }
    return headers;
  }
}
