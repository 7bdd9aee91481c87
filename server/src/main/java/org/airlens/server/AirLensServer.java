package org.airlens.server;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
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

  /** A body up to so many times the largest push is read and refused; a larger one ends it all. */
  private static final long DISCARDED_PUSHES = 16;

  /** Within the 5 s in which the whole process ends, for requests under way. */
  private static final Duration LONGEST_GRACE = Duration.ofSeconds(1);

  private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(1);

  private static final int MAX_REQUEST_LINE = 16 * 1024;
  private static final int MAX_HEADERS = 16 * 1024;

  private final WebServer web;
  private final Router router;
  private final SlowRequests slow;

  private AirLensServer(WebServer web, Router router, SlowRequests slow) {
    this.web = web;
    this.router = router;
    this.slow = slow;
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
    checkAddress(settings);
    Router router =
        new Router(
            Services.of(
                settings, store, view, live, ingest, push, metrics, InstantSource.system()));
    SlowRequests slow = new SlowRequests(settings.limits().headerTimeout());
    WebServer web = web(settings, router, slow).start();
    if (!web.isRunning()) {
      router.close();
      slow.close();
      throw new ServerStartException(
          "can't listen on %s port %d; the log tells why"
              .formatted(settings.host(), settings.port()));
    }
    return new AirLensServer(web, router, slow);
  }

  private static WebServer web(ServerSettings settings, Router router, SlowRequests slow) {
    ServerLimits limits = settings.limits();
    HttpRouting.Builder routing = HttpRouting.builder();
    router.serve(routing);
    return WebServer.builder()
        .host(settings.host())
        .port(settings.port())
        .shutdownHook(false)
        .shutdownGracePeriod(LONGEST_GRACE)
        .connectionOptions(options -> options.tcpNoDelay(true))
        .maxTcpConnections(OpenFiles.connections(limits.maxConnections()))
        .maxConcurrentRequests(limits.maxConcurrentRequests())
        .maxPayloadSize(DISCARDED_PUSHES * limits.maxPushBytes())
        .idleConnectionTimeout(limits.idleTimeout())
        .idleConnectionPeriod(limits.idleTimeout().dividedBy(4))
        .directHandlers(Problems.direct())
        .protocolsDiscoverServices(false) // Only what is listed here.
        .addProtocol(
            Http1Config.builder()
                .maxPrologueLength(MAX_REQUEST_LINE)
                .maxHeadersSize(MAX_HEADERS)
                .addReceiveListener(slow)
                .build())
        .routing(routing)
        .build();
  }

  /** The port it listens on. */
  public int port() {
    return web.port();
  }

  /**
   * Ends event streams, lets requests under way finish for a moment, and stops listening. After
   * that nobody works on the store any more.
   */
  @Override
  public void close() {
    router.close();
    web.stop();
    router.leaveStore(LONGEST_FAREWELL);
    slow.close();
  }

  /** Tries the address first: the web server only logs that it can't have it, and starts not. */
  private static void checkAddress(ServerSettings settings) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(settings.host(), settings.port()));
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage());
      throw new ServerStartException(
          message.contains("in use")
              ? "port %d on %s is in use; choose another with --port"
                  .formatted(settings.port(), settings.host())
              : "can't listen on %s port %d: %s"
                  .formatted(settings.host(), settings.port(), message),
          e);
    }
  }
}
