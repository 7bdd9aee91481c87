package org.airlens.server;

import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.core.instrument.Gauge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Serves the table of routes. */
final class Router implements AutoCloseable, Filter {

  private final Services services;
  private final StallWatch stalls;
  private final StreamRoute streams;
  private final LatestRoute latest;
  private final RequestTimings timings;
  private final ReadingRate rate;
  private final StaticRoutes files = StaticRoutes.ofInstallation();
  private final List<Route> routes;

  Router(Services services) {
    this.services = services;
    stalls = new StallWatch(services.settings().limits().stallTimeout());
    streams = new StreamRoute(services);
    latest = new LatestRoute(services);
    timings = new RequestTimings(services.metrics());
    rate = new ReadingRate(services.live(), services.clock());
    routes = routes();
    Gauge.builder("airlens.event.streams", streams, StreamRoute::openStreams)
        .description("Event streams that are open")
        .register(services.metrics());
  }

  private List<Route> routes() {
    Readiness readiness = new Readiness(services);
    SeriesRoutes series = new SeriesRoutes(services);
    SensorRoutes sensors = new SensorRoutes(services);
    List<Route> table = new ArrayList<>();
    table.addAll(new PageRoutes(services, readiness, files).routes());
    table.add(new MeasuresRoute(services).route());
    table.add(latest.route());
    table.add(series.series());
    table.add(series.stats());
    table.add(new ReadingsRoute(services).route());
    table.add(sensors.list());
    table.add(sensors.one());
    table.add(sensors.location());
    table.add(new SensorTypesRoute(services).route());
    table.addAll(new AnalysisRoutes(services).routes());
    table.add(streams.route());
    table.add(new PushRoute(services).route());
    table.addAll(new StatusRoutes(services, readiness, rate).routes());
    table.add(new OpenApiRoute(services.settings().version(), () -> table).route());
    return List.copyOf(table);
  }

  /** What is served. */
  List<Route> table() {
    return routes;
  }

  /** Puts the routes, and the answers to everything else, into a routing. */
  void serve(HttpRouting.Builder routing) {
    Problems.handle(routing);
    routing.addFilter(this);
    Map<String, Set<String>> methods = new LinkedHashMap<>();
    for (Route route : routes) {
      serve(routing, route, methods);
    }
    for (Route file : files.routes()) {
      serve(routing, file, methods); // The dashboard's own, so no part of the table.
    }
    methods.forEach((path, allowed) -> {
      String names = String.join(", ", allowed);
      routing.any(path, (request, response) -> other(request, response, names));
    });
    routing.any((request, response) ->
        refuse(request, response, 404, "nothing is here; /openapi.json tells what there is"));
  }

  /** What every exchange has. */
  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    response.header("X-Content-Type-Options", "nosniff");
    response.header("Referrer-Policy", "no-referrer");
    response.header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    stalls.watch(chain::proceed);
    if (response.headers().containsToken(HeaderValues.CONNECTION_CLOSE)) {
      // The web server itself would wait for the client to close it.
      throw new CloseConnectionException("this was the connection's last answer");
    }
  }

  /** Ends the event streams. */
  @Override
  public void close() {
    streams.close();
    rate.close();
    latest.close();
    stalls.close();
  }

  /** Waits until no request works on the store any more, but for both kinds no longer than this. */
  void leaveStore(Duration farewell) {
    long end = System.nanoTime() + farewell.toNanos();
    services.queries().close(farewell);
    services.downloads().close(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
  }

  private void serve(HttpRouting.Builder routing, Route route, Map<String, Set<String>> methods) {
    Handler handler = handler(route);
    List<String> paths = new ArrayList<>(List.of(route.path()));
    if (route.path().length() > 1 && route.path().endsWith("/")) {
      paths.add(route.path().substring(0, route.path().length() - 1));
    }
    for (String path : paths) {
      routing.route(Method.create(route.method()), path, handler);
      Set<String> allowed = methods.computeIfAbsent(path, p -> new TreeSet<>());
      allowed.add(route.method());
      allowed.add("OPTIONS");
      if (route.method().equals("GET")) {
        routing.route(Method.HEAD, path, handler);
        allowed.add("HEAD");
      }
    }
  }

  private Handler handler(Route route) {
    boolean open = route.method().equals("GET");
    return (request, response) -> {
      if (open) {
        response.header("Access-Control-Allow-Origin", "*");
        response.header("Access-Control-Expose-Headers", "ETag, Content-Disposition, Retry-After");
      }
      timings.time(
          route,
          () -> {
            if (open && RequestBody.discard(request)) {
              throw ProblemException.of(
                  400, "this route takes no body; write filters into the query");
            }
            Query query = new Query(request.query(), route.parameters());
            route.handler().answer(new Exchange(request, response, query));
            return response.status().code();
          });
    };
  }

  private void other(ServerRequest request, ServerResponse response, String allowed) {
    response.header("Allow", allowed);
    if (request.prologue().method().equals(Method.OPTIONS)) {
      RequestBody.discard(request);
      timings.unmatched(204);
      response.header("Access-Control-Allow-Origin", "*");
      response.header("Access-Control-Allow-Methods", allowed);
      response.header("Access-Control-Allow-Headers", "Last-Event-ID, If-None-Match");
      response.header("Access-Control-Max-Age", "86400");
      response.status(204);
      StallWatch.sending(0, response::send);
      return;
    }
    refuse(request, response, 405, "here are only " + allowed);
  }

  private void refuse(ServerRequest request, ServerResponse response, int status, String detail) {
    RequestBody.discard(request);
    timings.unmatched(status);
    Problems.send(response, status, detail, Optional.empty());
  }
}
