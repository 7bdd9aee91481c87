package org.airlens.benchmarks;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Requests at a fixed rate. They leave on schedule whatever became of the former ones, and a
 * latency counts from the scheduled moment to the body's last byte, so that a stall is not hidden.
 */
final class FixedRate {

  private final HttpRequest request;
  private final int perSecond;
  private final Timings latency = new Timings();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicInteger failed = new AtomicInteger();

  FixedRate(URI url, int perSecond) {
    request = HttpRequest.newBuilder(url).header("Accept-Encoding", "gzip").GET().build();
    this.perSecond = perSecond;
  }

  /** Fires for a while and waits for the last answer. */
  void fire(Duration duration) throws InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long begin = System.nanoTime();
      long total = duration.toSeconds() * perSecond;
      for (long i = 0; i < total; i++) {
        long due = begin + TimeUnit.SECONDS.toNanos(i) / perSecond;
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        threads.execute(() -> ask(client, due));
      }
    }
  }

  /** How long the answers took. */
  Timings latency() {
    return latency;
  }

  /** How many requests got no answer, or one that is no 200. */
  int failed() {
    return failed.get();
  }

  /** How large an answer was on the wire, on average. */
  long bytesEach() {
    return bytes.get() / Math.max(1, latency.count());
  }

  private void ask(HttpClient client, long due) {
    try {
      var response =
          client.send(
              request,
              BodyHandlers.ofByteArrayConsumer(
                  part -> part.ifPresent(some -> bytes.addAndGet(some.length))));
      if (response.statusCode() != 200) {
        failed.incrementAndGet();
      }
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      failed.incrementAndGet();
    }
    long took = System.nanoTime() - due;
    synchronized (latency) {
      latency.add(took);
    }
  }
}
