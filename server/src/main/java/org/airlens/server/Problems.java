package org.airlens.server;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpException;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Optional;
import org.airlens.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns every failure into an answer as RFC 9457 has it. */
final class Problems {

  static final String CONTENT_TYPE = "application/problem+json";

  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  /** What a handler may have said of an answer that it then could not make. */
  private static final List<HeaderName> OF_THE_BODY =
      List.of(
          HeaderNames.CONTENT_ENCODING,
          HeaderNames.CONTENT_LENGTH,
          HeaderNames.CONTENT_DISPOSITION,
          HeaderNames.ETAG,
          HeaderNames.LAST_MODIFIED);

  private Problems() {}

  /** Handles what routes throw. */
  static void handle(HttpRouting.Builder routing) {
    routing.error(
        ProblemException.class,
        (request, response, e) -> {
          if (e.isLast()) {
            response.header(HeaderValues.CONNECTION_CLOSE);
          }
          send(response, e.status(), e.detail(), e.parameter());
        });
    routing.error(
        StoreException.class,
        (request, response, e) -> {
          LOG.warn("{}: {}", request.path().path(), e.getMessage());
          send(response, 503, "the store can't answer now", Optional.empty());
        });
    routing.error(
        HttpException.class,
        (request, response, e) ->
            send(response, e.status().code(), String.valueOf(e.getMessage()), Optional.empty()));
    routing.error(Exception.class, Problems::unexpected);
  }

  /** Handles what never reaches a route: requests that are no HTTP, or too many or too large. */
  static DirectHandlers direct() {
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
      handlers.addHandler(
          type,
          (request, event, status, headers, message) ->
              DirectHandler.TransportResponse.builder()
                  .status(status)
                  .headers(headers)
                  .header(HeaderNames.CONTENT_TYPE, CONTENT_TYPE)
                  .header(HeaderNames.CACHE_CONTROL, "no-store")
                  .header(HeaderNames.create("X-Content-Type-Options"), "nosniff")
                  .keepAlive(event.keepAlive())
                  .entity(body(status, explained(status), Optional.empty()))
                  .build());
    }
    return handlers.build();
  }

  private static String explained(Status status) {
    return switch (status.code()) {
      case 413 -> "the body is too large";
      case 414 -> "the request's first line is too long";
      case 503 -> "too many requests are worked on; try again in a few seconds";
      case 505 -> "speak HTTP/1.1";
      default -> "the request can't be understood";
    };
  }

  private static void unexpected(ServerRequest request, ServerResponse response, Exception e) {
    LOG.error("{} failed", request.path().path(), e);
    send(response, 500, "something went wrong here", Optional.empty());
  }

  static void send(ServerResponse response, int status, String detail, Optional<String> parameter) {
    response.status(Status.create(status));
    OF_THE_BODY.forEach(response.headers()::remove);
    response.header("Content-Type", CONTENT_TYPE);
    response.header("Cache-Control", "no-store");
    if (status == 503) {
      response.header("Retry-After", "5");
    }
    byte[] body = body(Status.create(status), detail, parameter);
    StallWatch.sending(body.length, () -> response.send(body));
  }

  private static byte[] body(Status status, String detail, Optional<String> parameter) {
    return Exchange.jsonBytes(json -> {
      json.writeStartObject();
      json.writeStringProperty("type", "about:blank");
      // Of a problem without a type of its own the title says no more than the status: RFC 9457,
      // 4.2.1.
      json.writeStringProperty("title", status.reasonPhrase());
      json.writeNumberProperty("status", status.code());
      json.writeStringProperty("detail", detail);
      if (parameter.isPresent()) {
        json.writeStringProperty("parameter", parameter.get());
      }
      json.writeEndObject();
    });
  }
}
