package org.airlens.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.airlens.store.Durability;

/** What a product is started on: a store with history, and captures that go on from there. */
final class ProductData {

  /** How often a sensor reports; each capture holds one reading of each, all of them new. */
  private static final Duration REPORTS = Duration.ofSeconds(150);

  /** Readings from the future are rejected, so all of it ends well before now. */
  private static final Duration MARGIN = Duration.ofMinutes(10);

  private final Path folder;

  private ProductData(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes both in a folder.
   *
   * @param captures how many cycles the captures last
   */
  static ProductData prepare(Path folder, Workload workload, int captures) throws Exception {
    ProductData data = new ProductData(folder);
    SyntheticNetwork network = new SyntheticNetwork(workload.sensors());
    Instant end =
        Instant.now()
            .minus(MARGIN)
            .minus(REPORTS.multipliedBy(captures))
            .truncatedTo(ChronoUnit.SECONDS);
    data.writeHistory(network, workload, end);
    data.writeCaptures(network, end, captures);
    return data;
  }

  /** Starts a product on it that takes a capture in each interval. */
  Product up(String heap, Duration interval) throws IOException {
    return Product.up(
        heap,
        folder,
        "--data-dir",
        folder.resolve("data").toString(),
        "--source",
        folder.resolve("captures").toString(),
        "--interval",
        interval.toMillis() + "ms");
  }

  private void writeHistory(SyntheticNetwork network, Workload workload, Instant end)
      throws Exception {
    Path dataDir = Files.createDirectories(folder.resolve("data"));
    try (StoreCandidate store = AirLensCandidate.embedded(dataDir, Durability.PROCESS)) {
      Instant begin = end.minus(workload.history());
      for (Instant at = begin; at.isBefore(end); at = at.plus(workload.step())) {
        store.write(network.cycle(at));
      }
    }
  }

  private void writeCaptures(SyntheticNetwork network, Instant end, int captures)
      throws IOException {
    Path target = Files.createDirectory(folder.resolve("captures"));
    for (int i = 0; i < captures; i++) {
      Files.write(
          target.resolve("capture-%05d.json".formatted(i)),
          FeedDocument.of(network.cycle(end.plus(REPORTS.multipliedBy(i)))));
    }
  }
}
