package org.airlens.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code up} in a small heap through many cycles while every kind of question is asked, the whole
 * history as CSV among them.
 */
final class MemoryRun {

  private static final Duration INTERVAL = Duration.ofSeconds(2);
  private static final Pattern CYCLES = Pattern.compile("\"cycles\":(\\d+)");
  private static final List<String> QUESTIONS =
      List.of(
          "/api/v1/latest",
          "/api/v1/latest?bbox=7,47,12,51",
          "/api/v1/series?measure=P2&country=BG&from=-24h",
          "/api/v1/stats?measure=aqi&country=DE",
          "/api/v1/readings?country=NL&limit=10000",
          "/api/v1/sensors",
          "/");
  private static final String EVERYTHING = "/api/v1/readings?format=csv&from=2000-01-01";

  private final Workload workload;
  private final int cycles;
  private final String heap;
  private final Path parent;
  private final PrintStream out;

  MemoryRun(Workload workload, int cycles, String heap, Path parent, PrintStream out) {
    this.workload = workload;
    this.cycles = cycles;
    this.heap = heap;
    this.parent = parent;
    this.out = out;
  }

  /** Runs it and prints the memory. */
  void run() throws Exception {
    out.printf(
        "Memory of 'up': %,d sensors, %,d readings of history, %d cycles with a new reading of every"
            + " sensor each %d s, heap %s%n",
        workload.sensors(), workload.readings(), cycles, INTERVAL.toSeconds(), heap);
    try (WorkFolder folder = WorkFolder.below(parent)) {
      ProductData data = ProductData.prepare(folder.path(), workload, cycles);
      try (Product product = data.up(heap, INTERVAL);
          HttpClient client = HttpClient.newHttpClient()) {
        long answers = 0;
        long csvBytes = ask(client, product, EVERYTHING);
        while (finishedCycles(client, product) < cycles) {
          for (String question : QUESTIONS) {
            ask(client, product, question);
            answers++;
          }
          product.checkAlive();
        }
        csvBytes = Math.max(csvBytes, ask(client, product, EVERYTHING));
        product.checkAlive();
        out.printf(
            "  %d cycles, %,d answers, the history as %,.0f MB of CSV: no OutOfMemoryError%n",
            finishedCycles(client, product), answers, csvBytes / 1e6);
        print(out, product);
      }
    }
  }

  /** Prints what a product's memory is now and has been. */
  static void print(PrintStream out, Product product) throws IOException, InterruptedException {
    GcLog collections = product.collectGarbage();
    out.printf(
        "  heap: %d MiB live after a full collection, at most %d MiB after any of %d; longest pause"
            + " %.1f ms%n",
        collections.liveMiB(),
        collections.largestAfterMiB(),
        collections.pauses().size(),
        collections.longestMillis());
    out.printf(
        "  resident memory: at most %,.0f MB; %,.0f MB now without pages of files%n",
        product.peakResidentBytes() / 1e6, product.anonymousBytes() / 1e6);
  }

  private static long finishedCycles(HttpClient client, Product product)
      throws IOException, InterruptedException {
    URI status = product.url().resolve("/api/v1/status");
    String json =
        client
            .send(
                HttpRequest.newBuilder(status).build(),
                BodyHandlers.ofString(StandardCharsets.UTF_8))
            .body();
    Matcher found = CYCLES.matcher(json);
    if (!found.find()) {
      throw new IOException("no number of cycles in " + json);
    }
    return Long.parseLong(found.group(1));
  }

  private static long ask(HttpClient client, Product product, String path)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        client.send(
            HttpRequest.newBuilder(product.url().resolve(path)).build(),
            BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      if (response.statusCode() != 200) {
        throw new IOException(
            path
                + " answered "
                + response.statusCode()
                + ": "
                + new String(body.readNBytes(1_000), StandardCharsets.UTF_8));
      }
      return body.transferTo(OutputStream.nullOutputStream());
    }
  }
}
