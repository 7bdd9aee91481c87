package org.airlens.benchmarks;

import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.airlens.store.Durability;

/**
 * {@code GET /api/v1/latest} at a fixed rate while cycles go on, over a store with days of history.
 * Requests leave on schedule whatever the former ones do, and a latency counts from the scheduled
 * moment, so that a stall is not hidden.
 */
final class LatestLoad {

  private static final int REQUESTS_PER_SECOND = 100;
  private static final Duration DURATION = Duration.ofSeconds(60);
  private static final int CAPTURES = 12;

  private final int sensors;
  private final Duration history;
  private final Duration step;
  private final String heap;
  private final PrintStream out;

  LatestLoad(int sensors, Duration history, Duration step, String heap, PrintStream out) {
    this.sensors = sensors;
    this.history = history;
    this.step = step;
    this.heap = heap;
    this.out = out;
  }

  /** Runs it and prints the latencies. */
  void run() throws Exception {
    Path folder = Files.createTempDirectory("airlens-bench-latest");
    try {
      SyntheticNetwork network = new SyntheticNetwork(sensors);
      Instant start = Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
      fill(folder.resolve("data"), network, start);
      Path captures = Files.createDirectory(folder.resolve("captures"));
      for (int i = 0; i < CAPTURES; i++) {
        Files.write(
            captures.resolve("capture-%03d.json".formatted(i)),
            FeedDocument.of(network.cycle(start.plusSeconds(150L * i))));
      }
      try (Product product =
          Product.up(
              heap,
              folder.resolve("log"),
              "--data-dir",
              folder.resolve("data").toString(),
              "--source",
              captures.toString(),
              "--interval",
              "10s")) {
        load(product, "/api/v1/latest", "every sensor");
        load(product, "/api/v1/latest?bbox=7,47,12,51", "a region");
        out.printf(
            "  heap %s, peak resident memory %,.0f MB%n", heap, product.peakResidentBytes() / 1e6);
      }
    } finally {
      Folders.delete(folder);
    }
  }

  private void fill(Path dataDir, SyntheticNetwork network, Instant end) throws Exception {
    Files.createDirectories(dataDir);
    try (StoreCandidate store = new AirLensCandidate(dataDir, Durability.PROCESS)) {
      long readings = 0;
      for (Instant at = end.minus(history); at.isBefore(end); at = at.plus(step)) {
        store.write(network.cycle(at));
        readings += sensors;
      }
      out.printf("GET /api/v1/latest: %,d sensors, %,d readings of history%n", sensors, readings);
    }
  }

  private void load(Product product, String path, String label) throws Exception {
    Timings warmUp = new Timings();
    AtomicLong bytes = new AtomicLong();
    fire(product.url().resolve(path), Duration.ofSeconds(10), warmUp, bytes);
    Timings latency = new Timings();
    bytes.set(0);
    int failed = fire(product.url().resolve(path), DURATION, latency, bytes);
    out.printf(
        "  %-14s %d/s for %ds: p50 %.2f ms, p99 %.2f ms, max %.2f ms, %d failed, %,d bytes each%n",
        label,
        REQUESTS_PER_SECOND,
        DURATION.toSeconds(),
        latency.medianMillis(),
        latency.quantileMillis(0.99),
        latency.quantileMillis(1),
        failed,
        bytes.get() / Math.max(1, latency.count()));
  }

  private static int fire(URI url, Duration duration, Timings timings, AtomicLong bytes)
      throws InterruptedException {
    AtomicInteger failed = new AtomicInteger();
    HttpRequest request =
        HttpRequest.newBuilder(url).header("Accept-Encoding", "gzip").GET().build();
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long begin = System.nanoTime();
      long total = duration.toSeconds() * REQUESTS_PER_SECOND;
      for (long i = 0; i < total; i++) {
        long due = begin + TimeUnit.SECONDS.toNanos(i) / REQUESTS_PER_SECOND;
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        threads.execute(() -> ask(client, request, due, timings, bytes, failed));
      }
    }
    return failed.get();
  }

  private static void ask(
      HttpClient client,
      HttpRequest request,
      long due,
      Timings timings,
      AtomicLong bytes,
      AtomicInteger failed) {
    try {
      var response = client.send(request, BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        failed.incrementAndGet();
      }
      bytes.addAndGet(response.body().length);
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      failed.incrementAndGet();
    }
    synchronized (timings) {
      timings.add(System.nanoTime() - due);
    }
  }
}
