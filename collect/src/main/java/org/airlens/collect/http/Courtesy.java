package org.airlens.collect.http;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.airlens.collect.http.FeedFailure.Kind;
import org.airlens.collect.http.HttpSettings.Retrying;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When several threads may ask a server: not while it wants to be left alone, and ever less often
 * while it fails. Each waits for its turn; when that takes too long, all give up. Thread-safe.
 */
final class Courtesy {

  private static final Logger LOG = LoggerFactory.getLogger(Courtesy.class);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

  private final String server;
  private final Duration patience;
  private final InstantSource clock;
  private final CountDownLatch closed;
  private final CircuitBreaker breaker;
  private final NextRequest next = new NextRequest();
  private Instant lastAnswer;
  private String problem = "";

  /**
   * The courtesy towards a server.
   *
   * @param patience so long without an answer makes it unavailable
   * @param closed ends all waiting
   */
  Courtesy(
      String server,
      Retrying retrying,
      Duration patience,
      InstantSource clock,
      CountDownLatch closed) {
    this.server = server;
    this.patience = patience;
    this.clock = clock;
    this.closed = closed;
    lastAnswer = clock.instant();
    breaker = Breakers.of("archive", retrying, clock, _ -> {});
  }

  /** Waits until the server may be asked; then one of the other methods says what came of it. */
  void awaitTurn() throws FeedFailure {
    while (true) {
      Optional<Duration> wait = wait(clock.instant());
      if (wait.isEmpty()) {
        return;
      }
      pause(wait.get());
    }
  }

  /** The server did its work, even if it has not what was asked for. */
  synchronized void answered() {
    lastAnswer = clock.instant();
    breaker.onSuccess(0, TimeUnit.NANOSECONDS);
  }

  /** The server did not do its work. */
  synchronized void failed(FeedFailure failure) {
    problem = failure.problem();
    CircuitBreaker.State before = breaker.getState();
    breaker.onError(0, TimeUnit.NANOSECONDS, failure);
    if (before == CircuitBreaker.State.CLOSED && isFailing()) {
      LOG.warn("{} keeps failing and is asked less often now: {}", server, problem);
    }
  }

  /** The server wants to be left alone. */
  synchronized void leaveAlone(Duration pause, String why) {
    breaker.releasePermission();
    next.leaveAlone(clock.instant(), pause, why);
    problem = why;
    LOG.warn("{} is left alone for {} s: {}", server, Math.max(1, pause.toSeconds()), why);
  }

  /** Whether it fails so often that it is asked less often. */
  boolean isFailing() {
    return breaker.getState() != CircuitBreaker.State.CLOSED;
  }

  /** How long still; empty when it is this thread's turn. */
  private synchronized Optional<Duration> wait(Instant now) throws FeedFailure {
    Optional<Duration> left = next.left(now);
    if (left.isEmpty() && breaker.tryAcquirePermission()) {
      return Optional.empty();
    }
    if (left.isEmpty() && Duration.between(lastAnswer, now).compareTo(patience) > 0) {
      throw new FeedFailure(
          Kind.REFUSED,
          "no answer for %d minutes, last: %s".formatted(patience.toMinutes(), problem));
    }
    return Optional.of(left.filter(pause -> pause.compareTo(LOOK_AGAIN) < 0).orElse(LOOK_AGAIN));
  }

  private void pause(Duration pause) throws FeedFailure {
    try {
      if (closed.await(pause.toMillis() + 1, TimeUnit.MILLISECONDS)) {
        throw FeedFailure.closed();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FeedFailure(Kind.LASTING, "interrupted", e);
    }
  }
}
