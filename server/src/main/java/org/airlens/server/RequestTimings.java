package org.airlens.server;

import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.airlens.store.StoreException;

/** How long answers take, by route and status; the labels have few values, whoever asks. */
final class RequestTimings {

  static final Duration[] BUCKETS =
      IntStream.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  /** No status of HTTP: nobody was there to get one. */
  private static final int CLIENT_LEFT = 499;

  private final MeterRegistry metrics;

  RequestTimings(MeterRegistry metrics) {
    this.metrics = metrics;
  }

  /**
   * Times an answer. A client that left before its end, or had to be dropped, is counted as 499.
   *
   * @param answer answers and tells the status
   */
  void time(Route route, IntSupplier answer) {
    long begin = System.nanoTime();
    int status = 500;
    try {
      status = answer.getAsInt();
    } catch (ProblemException e) {
      status = e.status();
      throw e;
    } catch (RequestException e) {
      status = e.status().code();
      throw e;
    } catch (CloseConnectionException e) {
      status = CLIENT_LEFT;
      throw e;
    } catch (StoreException e) {
      status = 503;
      throw e;
    } finally {
      Timer.builder("airlens.http.requests")
          .description("Answers, by route and status; an event stream is one answer")
          .tag("method", route.method())
          .tag("route", route.path())
          .tag("status", Integer.toString(status))
          .serviceLevelObjectives(BUCKETS)
          .register(metrics)
          .record(Duration.ofNanos(System.nanoTime() - begin));
    }
  }

  /** Counts a request that is for no route. */
  void unmatched(int status) {
    Counter.builder("airlens.http.unmatched")
        .description("Requests that are for no route or not by its method, by status")
        .tag("status", Integer.toString(status))
        .register(metrics)
        .increment();
  }
}
