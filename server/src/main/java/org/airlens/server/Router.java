package org.airlens.server;

import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** Serves the table of routes. */
final class Router implements AutoCloseable {

  private final Services services;
  private final StallWatch stalls;
  private final StreamRoute streams;
  private final List<Route> routes;

  Router(Services services) {
    this.services = services;
    stalls = new StallWatch(services.settings().limits().stallTimeout());
    streams = new StreamRoute(services, stalls);
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
    table.addAll(new PageRoutes(services, readiness).routes());
    table.add(new MeasuresRoute(services).route());
    table.add(new LatestRoute(services).route());
    table.add(series.series());
    table.add(series.stats());
    table.add(new ReadingsRoute(services, stalls).route());
    table.add(sensors.list());
    table.add(sensors.one());
    table.add(sensors.location());
    table.add(streams.route());
    table.add(new PushRoute(services).route());
    table.addAll(new StatusRoutes(services, readiness).routes());
    table.add(
        Route.get(
            "/openapi.json",
            "This description",
            List.of(),
            Exchange.JSON,
            exchange ->
                exchange.bytes(
                    200, Exchange.JSON, OpenApi.describe(table, services.settings().version()))));
    return List.copyOf(table);
  }

  /** What is served. */
  List<Route> table() {
    return routes;
  }

  /** Puts the routes, and the answers to everything else, into a routing. */
  void serve(HttpRouting.Builder routing) {
    Problems.handle(routing);
    routing.addFilter((chain, request, response) -> {
      response.header("X-Content-Type-Options", "nosniff");
      response.header("Referrer-Policy", "no-referrer");
      chain.proceed();
    });
    Map<String, Set<String>> methods = new LinkedHashMap<>();
    for (Route route : routes) {
      serve(routing, route, methods);
    }
    methods.forEach((path, allowed) -> refuseOthers(routing, path, allowed));
    routing.any((request, response) ->
        Problems.send(
            response,
            404,
            "Not found",
            "nothing is here; /openapi.json tells what there is",
            Optional.empty()));
  }

  /** Ends the event streams. */
  @Override
  public void close() {
    streams.close();
    stalls.close();
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
        response.header("Access-Control-Expose-Headers", "ETag, Content-Disposition");
      }
      long begin = System.nanoTime();
      try {
        Query query = new Query(request.query(), route.parameters());
        route.handler().answer(new Exchange(request, response, query));
        record(route, response.status().code(), begin);
      } catch (ProblemException e) {
        record(route, e.status(), begin);
        throw e;
      } catch (RuntimeException e) {
        record(route, 500, begin);
        throw e;
      }
    };
  }

  private void record(Route route, int status, long begin) {
    Timer.builder("airlens.http.requests")
        .description("Answers, by route and status")
        .tag("method", route.method())
        .tag("route", route.path())
        .tag("status", Integer.toString(status))
        .publishPercentileHistogram()
        .register(services.metrics())
        .record(System.nanoTime() - begin, TimeUnit.NANOSECONDS);
  }

  private static void refuseOthers(HttpRouting.Builder routing, String path, Set<String> allowed) {
    String names = String.join(", ", allowed);
    routing.any(path, (request, response) -> other(request, response, names));
  }

  private static void other(ServerRequest request, ServerResponse response, String allowed) {
    response.header("Allow", allowed);
    if (request.prologue().method().equals(Method.OPTIONS)) {
      response.header("Access-Control-Allow-Origin", "*");
      response.header("Access-Control-Allow-Methods", allowed);
      response.header("Access-Control-Allow-Headers", "Last-Event-ID, If-None-Match");
      response.header("Access-Control-Max-Age", "86400");
      response.status(204).send();
      return;
    }
    Problems.send(
        response, 405, "Method not allowed", "here are only " + allowed, Optional.empty());
  }
}
