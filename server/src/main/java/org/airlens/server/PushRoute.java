package org.airlens.server;

import io.helidon.http.Header;
import java.io.IOException;
import java.io.InputStream;
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
        201,
        List.of(Exchange.JSON),
        this::answer);
  }

  private void answer(Exchange exchange) {
    if (services.push().isEmpty()) {
      throw ProblemException.of(
          503, "Not collecting", "this node only serves; push to the one that collects");
    }
    switch (services.push().get().receive(headers(exchange), body(exchange))) {
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
          throw ProblemException.of(503, "Unavailable", detail + "; send it again");
    }
  }

  private byte[] body(Exchange exchange) {
    int most = services.settings().limits().maxPushBytes();
    try (InputStream in = exchange.request().content().inputStream()) {
      byte[] body = in.readNBytes(most + 1);
      if (body.length > most) {
        throw ProblemException.of(
            413, "Too large", "a push may have %d bytes at most".formatted(most));
      }
      return body;
    } catch (IOException e) {
      throw ProblemException.of(400, "Broken off", "the body could not be read to its end");
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
