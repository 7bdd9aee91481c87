package org.airlens.collect.http;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.airlens.collect.http.FeedFailure.Kind;
import org.airlens.collect.http.HttpSettings.Retrying;

/** Asks again, a few times and after growing, jittered pauses, while failures may be passing. */
final class Retries {

  private static final double DOUBLED = 2;
  private static final double JITTER = 0.5;

  private final Retry policy;
  private final Retrying retrying;
  private final CountDownLatch closed;

  /** Retries that end when the source is closed. */
  Retries(Retrying retrying, CountDownLatch closed) {
    this.retrying = retrying;
    this.closed = closed;
    policy =
        Retry.of(
            "feed",
            RetryConfig.custom()
                .maxAttempts(retrying.attempts())
                .intervalFunction(
                    IntervalFunction.ofExponentialRandomBackoff(
                        retrying.backoff(), DOUBLED, JITTER))
                .retryOnException(Retries::isPassing)
                .build());
  }

  /** The first answer, or the last failure. */
  <T> T ask(Request<T> request) throws FeedFailure {
    long begin = System.nanoTime();
    // The context tells the pauses without sleeping them: closing must end one at once.
    Retry.AsyncContext<T> context = policy.asyncContext();
    while (true) {
      try {
        return request.ask();
      } catch (FeedFailure e) {
        long pauseMillis = context.onError(e);
        if (pauseMillis < 0 || isLate(begin, pauseMillis)) {
          throw e;
        }
        pause(pauseMillis);
      }
    }
  }

  private boolean isLate(long begin, long pauseMillis) {
    long elapsed = System.nanoTime() - begin;
    return elapsed + TimeUnit.MILLISECONDS.toNanos(pauseMillis) > retrying.within().toNanos();
  }

  private void pause(long millis) throws FeedFailure {
    try {
      if (closed.await(millis, TimeUnit.MILLISECONDS)) {
        throw FeedFailure.closed();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FeedFailure(Kind.LASTING, "interrupted", e);
    }
  }

  private static boolean isPassing(Throwable failure) {
    return failure instanceof FeedFailure feed && feed.kind() == Kind.PASSING;
  }

  /** One request. */
  interface Request<T> {
    T ask() throws FeedFailure;
  }
}
