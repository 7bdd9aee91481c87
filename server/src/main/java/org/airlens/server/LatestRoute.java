package org.airlens.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.airlens.server.format.ReadingFormat;
import org.airlens.store.ReadingFilter;

/** {@code GET /api/v1/latest}. */
final class LatestRoute implements AutoCloseable {

  private final LatestBodies bodies;

  LatestRoute(Services services) {
    bodies = new LatestBodies(services.view(), services.live(), services.clock());
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
            new Route.Content(ReadingFormat.GEOJSON.contentType(), "FeatureCollection"),
            this::answer)
        .or(Route.Answer.of(304, "What If-None-Match names is still so"));
  }

  /** Makes no answers in advance any more. */
  @Override
  public void close() {
    bodies.close();
  }

  private void answer(Exchange exchange) {
    Query query = exchange.query();
    ReadingFilter filter = Filters.conditions(query);
    LatestBodies.Body body = bodies.body(filter, maxAge(query));
    exchange.response().header("Cache-Control", "no-cache");
    exchange.cached(ReadingFormat.GEOJSON.contentType(), body.etag(), body.plain(), body.gzipped());
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
