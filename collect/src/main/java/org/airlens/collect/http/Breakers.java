package org.airlens.collect.http;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.function.LongConsumer;
import org.airlens.collect.http.HttpSettings.Retrying;

/** What notices that a server fails and fails, and lets it be asked ever less often. */
final class Breakers {

  private static final double DOUBLED = 2;
  private static final float ALL = 100;

  private Breakers() {}

  /**
   * A breaker that opens once all of the last few answers were failures, and lets one question
   * through after each of ever longer pauses.
   *
   * @param begun told of each pause as it begins, in milliseconds
   */
  static CircuitBreaker of(
      String name, Retrying retrying, InstantSource clock, LongConsumer begun) {
    IntervalFunction pauses =
        IntervalFunction.ofExponentialBackoff(
            retrying.firstProbe(), DOUBLED, retrying.slowestProbe());
    return CircuitBreaker.of(
        name,
        CircuitBreakerConfig.custom()
            .clock(clock.withZone(ZoneOffset.UTC))
            .slidingWindowSize(retrying.failures())
            .minimumNumberOfCalls(retrying.failures())
            .failureRateThreshold(ALL)
            .permittedNumberOfCallsInHalfOpenState(1)
            .waitIntervalFunctionInOpenState(opened -> {
              long pause = pauses.apply(opened);
              begun.accept(pause);
              return pause;
            })
            .build());
  }
}
