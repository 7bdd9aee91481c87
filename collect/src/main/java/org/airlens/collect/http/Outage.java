package org.airlens.collect.http;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import org.airlens.collect.http.HttpSettings.Retrying;

/**
 * Notices when a server fails for long, and then lets it be asked ever less often until it answers.
 * One thread at a time.
 */
final class Outage {

  private final CircuitBreaker breaker;
  private final InstantSource clock;
  private Instant nextProbe = Instant.MIN;
  private Instant lastAnswer;
  private String problem = "";
  private boolean undecided;

  Outage(Retrying retrying, InstantSource clock) {
    this.clock = clock;
    lastAnswer = clock.instant();
    breaker =
        Breakers.of(
            "feed", retrying, clock, pause -> nextProbe = clock.instant().plusMillis(pause));
  }

  /**
   * Whether the server may be asked; then {@link #answered}, {@link #failed} or the next call of
   * this says what became of it.
   */
  boolean permits() {
    if (undecided) {
      breaker
          .releasePermission(); // What was read could not be stored: that is no fault of the feed.
    }
    undecided = breaker.tryAcquirePermission();
    return undecided;
  }

  void answered() {
    lastAnswer = clock.instant();
    if (undecided) {
      undecided = false;
      breaker.onSuccess(0, TimeUnit.NANOSECONDS);
    }
  }

  void failed(FeedFailure failure) {
    problem = failure.problem();
    if (undecided) {
      undecided = false;
      breaker.onError(0, TimeUnit.NANOSECONDS, failure);
    }
  }

  /** How long until the server is asked again. */
  Duration pause() {
    return Duration.between(clock.instant(), nextProbe);
  }

  /** Why the server is left alone. */
  String reason() {
    return "failing since %s, last: %s"
        .formatted(lastAnswer.truncatedTo(ChronoUnit.SECONDS), problem);
  }
}
