package org.airlens.server;

import java.time.Duration;

/**
 * What a client may ask of the server.
 *
 * @param maxEventStreams how many event streams are open at once; a further one is answered 503
 * @param maxPushBytes the largest body a station may push; a larger one is answered 413
 * @param maxConcurrentRequests how many requests are worked on at once, event streams included
 * @param stallTimeout after how long without progress a client that does not read is dropped
 * @param idleTimeout after how long a connection without a request is closed
 * @param heartbeat how often a silent event stream says that it lives
 * @param staleAfter how old the last finished cycle may be before the node is not ready
 */
public record ServerLimits(
    int maxEventStreams,
    int maxPushBytes,
    int maxConcurrentRequests,
    Duration stallTimeout,
    Duration idleTimeout,
    Duration heartbeat,
    Duration staleAfter) {

  /** What suits one node. */
  public static final ServerLimits DEFAULT =
      new ServerLimits(
          1_000,
          64 * 1024,
          4_000,
          Duration.ofSeconds(30),
          Duration.ofMinutes(2),
          Duration.ofSeconds(15),
          Duration.ofMinutes(10));
}
