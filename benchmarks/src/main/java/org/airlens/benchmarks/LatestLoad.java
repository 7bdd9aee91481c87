package org.airlens.benchmarks;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;

/** {@code GET /api/v1/latest} at a fixed rate while cycles go on, over a store with history. */
final class LatestLoad {

  private static final int REQUESTS_PER_SECOND = 100;
  private static final Duration WARM_UP = Duration.ofSeconds(20);
  private static final Duration DURATION = Duration.ofSeconds(60);
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  /** As many as the loads last, and some for the start. */
  private static final int CAPTURES =
      (int) (2 * WARM_UP.plus(DURATION).toSeconds() / INTERVAL.toSeconds()) + 4;

  private final Workload workload;
  private final String heap;
  private final Path parent;
  private final PrintStream out;

  LatestLoad(Workload workload, String heap, Path parent, PrintStream out) {
    this.workload = workload;
    this.heap = heap;
    this.parent = parent;
    this.out = out;
  }

  /** Runs it and prints the latencies. */
  void run() throws Exception {
    out.printf(
        "GET /api/v1/latest, %d/s for %d s: %,d sensors, %,d readings of history, a cycle with a new"
            + " reading of every sensor each %d s, heap %s%n",
        REQUESTS_PER_SECOND,
        DURATION.toSeconds(),
        workload.sensors(),
        workload.readings(),
        INTERVAL.toSeconds(),
        heap);
    try (WorkFolder folder = WorkFolder.below(parent)) {
      ProductData data = ProductData.prepare(folder.path(), workload, CAPTURES);
      try (Product product = data.up(heap, INTERVAL)) {
        load(product, "/api/v1/latest", "every sensor");
        load(product, "/api/v1/latest?bbox=7,47,12,51", "a region");
        MemoryRun.print(out, product);
      }
    }
  }

  private void load(Product product, String path, String label) throws Exception {
    new FixedRate(product.url().resolve(path), REQUESTS_PER_SECOND).fire(WARM_UP);
    FixedRate load = new FixedRate(product.url().resolve(path), REQUESTS_PER_SECOND);
    load.fire(DURATION);
    product.checkAlive();
    Timings latency = load.latency();
    out.printf(
        "  %-14s p50 %.2f ms, p95 %.2f ms, p99 %.2f ms (goal 10 ms), p99.9 %.2f ms, max %.2f ms;"
            + " %.2f %% below 10 ms; %d of %,d failed; %,d bytes each%n",
        label,
        latency.medianMillis(),
        latency.quantileMillis(0.95),
        latency.quantileMillis(0.99),
        latency.quantileMillis(0.999),
        latency.quantileMillis(1),
        100 * latency.shareBelowMillis(10),
        load.failed(),
        latency.count(),
        load.bytesEach());
  }
}
