package org.airlens.server;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.BindException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.airlens.store.Store;
import org.airlens.store.live.LatestView;
import org.airlens.store.live.LiveReadings;

/**
 * AirLens over HTTP: the API, events, health, metrics and the page. Serves from {@link #start}
 * until closed.
 */
public final class AirLensServer implements AutoCloseable {

  private final WebServer web;
  private final Router router;

  private AirLensServer(WebServer web, Router router) {
    this.web = web;
    this.router = router;
  }

  /**
   * Starts a server; it answers when this returns.
   *
   * @param settings where it listens
   * @param store what it answers from; the caller closes it after the server
   * @param view the newest readings
   * @param live the new readings, for event streams
   * @param ingest how collecting goes, empty on a node that only serves
   * @param push takes what stations push, empty on a node that only serves
   * @param metrics what {@code /metrics} tells, and where the server's own timings go
   * @throws ServerStartException when it can't listen there
   */
  public static AirLensServer start(
      ServerSettings settings,
      Store store,
      LatestView view,
      LiveReadings live,
      Optional<Supplier<IngestStatus>> ingest,
      Optional<PushReceiver> push,
      PrometheusMeterRegistry metrics) {
    Router router =
        new Router(
            Services.of(
                settings, store, view, live, ingest, push, metrics, InstantSource.system()));
    ServerLimits limits = settings.limits();
    HttpRouting.Builder routing = HttpRouting.builder();
    router.serve(routing);
    WebServer web =
        WebServer.builder()
            .host(settings.host())
            .port(settings.port())
            .shutdownHook(false)
            .shutdownGracePeriod(Duration.ofSeconds(2))
            .maxConcurrentRequests(limits.maxConcurrentRequests())
            .maxPayloadSize(limits.maxPushBytes() + 1L)
            .idleConnectionTimeout(limits.idleTimeout())
            .directHandlers(Problems.direct())
            .routing(routing)
            .build();
    try {
      web.start();
    } catch (RuntimeException e) {
      router.close();
      throw explained(settings, e);
    }
    return new AirLensServer(web, router);
  }

  /** The port it listens on. */
  public int port() {
    return web.port();
  }

  /** Ends event streams, lets requests under way finish for a moment, and stops listening. */
  @Override
  public void close() {
    router.close();
    web.stop();
  }

  private static ServerStartException explained(ServerSettings settings, RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return new ServerStartException(
            "port %d on %s is in use; choose another with --port"
                .formatted(settings.port(), settings.host()),
            failure);
      }
    }
    return new ServerStartException(
        "can't listen on %s port %d: %s"
            .formatted(settings.host(), settings.port(), failure.getMessage()),
        failure);
  }
}
