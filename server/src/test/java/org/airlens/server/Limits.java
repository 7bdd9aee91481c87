package org.airlens.server;

import java.time.Duration;

/** The server's limits, some of them so tight that a test reaches them. */
final class Limits {

  private static final ServerLimits USUAL = ServerLimits.DEFAULT;

  private Limits() {}

  /** Clients have so long, and then they are gone. */
  static ServerLimits patience(Duration patience) {
    return new ServerLimits(
        USUAL.maxEventStreams(),
        USUAL.maxPushBytes(),
        USUAL.maxConnections(),
        USUAL.maxConcurrentRequests(),
        patience,
        patience,
        patience,
        USUAL.heartbeat(),
        USUAL.staleAfter());
  }

  /** So many connections, event streams and requests at once. */
  static ServerLimits atOnce(int connections, int requests, int streams) {
    return new ServerLimits(
        streams,
        USUAL.maxPushBytes(),
        connections,
        requests,
        USUAL.stallTimeout(),
        USUAL.headerTimeout(),
        USUAL.idleTimeout(),
        Duration.ofMillis(50),
        USUAL.staleAfter());
  }
}
