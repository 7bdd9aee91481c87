package org.airlens.collect.http;

import java.time.Duration;

/**
 * How a live feed is asked.
 *
 * @param userAgent who asks, with a contact, as the network's operators want to know it
 * @param maxBytes the largest document that is read, in bytes of JSON
 * @param maxTransferBytes the largest body that is transferred, in bytes as they come, compressed
 * @param timeouts how long the server may take
 * @param pace how often the server is asked
 * @param retrying how often a failing server is asked again
 */
public record HttpSettings(
    String userAgent,
    long maxBytes,
    long maxTransferBytes,
    Timeouts timeouts,
    Pace pace,
    Retrying retrying) {

  /** Settings, checked. */
  public HttpSettings {
    boolean sendable = !userAgent.isBlank() && userAgent.chars().allMatch(c -> c >= 32 && c < 127);
    if (!sendable) {
      throw new IllegalArgumentException(
          "the User-Agent \"%s\" can't be sent: write printable ASCII, with a contact"
              .formatted(userAgent));
    }
    if (maxBytes < 1 || maxTransferBytes < 1) {
      throw new IllegalArgumentException("the size limit of a feed must be at least one byte");
    }
  }

  /**
   * The defaults, which suit the public feeds.
   *
   * @param userAgent who asks, with a contact
   * @param maxBytes the largest document that is read, in bytes of JSON
   */
  public static HttpSettings of(String userAgent, long maxBytes) {
    return new HttpSettings(
        userAgent, maxBytes, maxBytes, Timeouts.DEFAULT, Pace.DEFAULT, Retrying.DEFAULT);
  }

  /**
   * How long the server may take.
   *
   * @param connect until the connection stands
   * @param response until the head of the answer is there
   * @param stall between two pieces of the body
   * @param body for all of the body; only the waiting for the server counts, not the reading
   */
  public record Timeouts(Duration connect, Duration response, Duration stall, Duration body) {

    /** 5 s, 10 s, 10 s, 60 s. */
    public static final Timeouts DEFAULT =
        new Timeouts(
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60));

    /** Timeouts, checked. */
    public Timeouts {
      requirePositive(connect, "connect timeout");
      requirePositive(response, "response timeout");
      requirePositive(stall, "stall timeout");
      requirePositive(body, "body timeout");
    }
  }

  /**
   * How often the server is asked.
   *
   * @param shortest from one answer to the next request, whatever the server allows
   * @param longestCache so long its {@code Cache-Control} or {@code Expires} is believed at most: a
   *     feed of the last five minutes that is left alone for longer loses readings
   * @param longestRetryAfter so long its {@code Retry-After} is believed at most
   * @param refused how long a server is left alone that refuses this client without saying until
   *     when
   */
  public record Pace(
      Duration shortest, Duration longestCache, Duration longestRetryAfter, Duration refused) {

    /** 30 s, 5 min, 1 h, 5 min. */
    public static final Pace DEFAULT =
        new Pace(
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofHours(1),
            Duration.ofMinutes(5));

    /** A pace, checked. */
    public Pace {
      if (shortest.isNegative()) {
        throw new IllegalArgumentException("the shortest interval can't be negative: " + shortest);
      }
      requirePositive(longestCache, "longest cache life");
      requirePositive(longestRetryAfter, "longest Retry-After");
      requirePositive(refused, "pause after a refusal");
    }
  }

  /**
   * How often a failing server is asked again.
   *
   * @param attempts requests within one fetch, at most
   * @param backoff before the second request; doubled before each further one, jittered by half
   * @param within a fetch that has taken so long makes no further request
   * @param failures so many fetches that fail in a row make an outage
   * @param firstProbe how long the server is left alone when an outage begins; doubled each time
   *     that asking again fails
   * @param slowestProbe the longest that gets
   */
  public record Retrying(
      int attempts,
      Duration backoff,
      Duration within,
      int failures,
      Duration firstProbe,
      Duration slowestProbe) {

    /** Three requests, 0.5 s and 1 s apart, within 10 s; an outage from the fifth failure on. */
    public static final Retrying DEFAULT =
        new Retrying(
            3,
            Duration.ofMillis(500),
            Duration.ofSeconds(10),
            5,
            Duration.ofSeconds(30),
            Duration.ofMinutes(5));

    /** Retrying, checked. */
    public Retrying {
      if (attempts < 1 || failures < 1) {
        throw new IllegalArgumentException("attempts and failures are at least 1");
      }
      requirePositive(backoff, "backoff");
      requirePositive(within, "time for retries");
      requirePositive(firstProbe, "first probe");
      if (slowestProbe.compareTo(firstProbe) < 0) {
        throw new IllegalArgumentException("the slowest probe can't be faster than the first");
      }
    }
  }

  private static void requirePositive(Duration duration, String name) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("the %s must be positive: %s".formatted(name, duration));
    }
  }
}
