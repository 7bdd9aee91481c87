package org.airlens.server;

import java.time.Duration;

/**
 * What a client may ask of the server.
 *
 * @param maxEventStreams how many event streams are open at once; a further one is answered 503
 * @param maxPushBytes the largest body a station may push; a larger one is answered 413
 * @param maxConnections how many connections are open at once; further ones wait to be accepted
 * @param maxConcurrentRequests how many requests are worked on at once, event streams included; a
 *     further one is answered 503
 * @param stallTimeout after how long without progress a client that does not read the answer, or
 *     does not send the body it announced, is dropped
 * @param headerTimeout how long a client may take over a request's headers
 * @param idleTimeout after how long a connection without a request is closed
 * @param heartbeat how often a silent event stream says that it lives
 * @param staleAfter how old the last finished cycle may be before the node is not ready
 */
public record ServerLimits(
    int maxEventStreams,
    int maxPushBytes,
    int maxConnections,
    int maxConcurrentRequests,
    Duration stallTimeout,
    Duration headerTimeout,
    Duration idleTimeout,
    Duration heartbeat,
    Duration staleAfter) {

  /** What suits one node. */
  public static final ServerLimits DEFAULT =
      new ServerLimits(
          1_000,
          64 * 1024,
          4_000,
          2_000,
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofMinutes(2),
          Duration.ofSeconds(15),
          Duration.ofMinutes(10));
}
