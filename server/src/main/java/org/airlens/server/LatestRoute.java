package org.airlens.server;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.airlens.server.format.ReadingFormat;
import org.airlens.store.ReadingFilter;

/** {@code GET /api/v1/latest}. */
final class LatestRoute {

  private static final Instant FAR_FUTURE = Instant.parse("9999-01-01T00:00:00Z");

  private final Services services;
  private final LatestBodies bodies;

  LatestRoute(Services services) {
    this.services = services;
    bodies = new LatestBodies(services.view());
  }

  Route route() {
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(Parameter.MEASURE);
    parameters.addAll(Parameter.FILTERS);
    parameters.add(
        Parameter.query(
            "max_age", "string", "Only readings of so long a time up to now: 10m, 24h"));
    return Route.get(
        "/api/v1/latest",
        "The newest reading of every sensor, as GeoJSON",
        List.copyOf(parameters),
        ReadingFormat.GEOJSON.contentType(),
        this::answer);
  }

  private void answer(Exchange exchange) {
    Query query = exchange.query();
    ReadingFilter filter = Filters.conditions(query);
    String contentType = ReadingFormat.GEOJSON.contentType();
    Optional<Duration> maxAge = maxAge(query);
    exchange.response().header("Cache-Control", "no-cache");
    if (maxAge.isPresent()) {
      Instant now = services.clock().instant();
      ReadingFilter young = filter.between(now.minus(maxAge.get()), FAR_FUTURE);
      exchange.bytes(200, contentType, bodies.uncached(young));
      return;
    }
    LatestBodies.Body body = bodies.body(filter.toString(), filter);
    exchange.cached(contentType, body.etag(), body.plain(), body.gzipped());
  }

  private static Optional<Duration> maxAge(Query query) {
    Optional<String> text = query.text("max_age");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<Duration> duration = Times.duration(text.get());
    if (duration.isEmpty() || duration.get().compareTo(Duration.ofDays(36_500)) > 0) {
      throw Query.wrong(
          "max_age", "'%s' is no duration; write 10m or 24h".formatted(Query.shown(text.get())));
    }
    return duration;
  }
}
