package org.airlens.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The whole history as a file in each format, in processes with a small heap. */
final class ExportRun {

  private static final List<String> FORMATS = List.of("csv", "parquet");
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private final Workload workload;
  private final String heap;
  private final Path parent;
  private final PrintStream out;

  ExportRun(Workload workload, String heap, Path parent, PrintStream out) {
    this.workload = workload;
    this.heap = heap;
    this.parent = parent;
    this.out = out;
  }

  /** Runs it and prints speed, size and memory. */
  void run() throws Exception {
    out.printf(
        "Export of %,d readings of %,d sensors, heap %s%n",
        workload.readings(), workload.sensors(), heap);
    try (WorkFolder folder = WorkFolder.below(parent)) {
      ProductData data = ProductData.prepare(folder.path(), workload, 1);
      for (String format : FORMATS) {
        export(folder.path(), format);
      }
      try (Product product = data.up(heap, INTERVAL);
          HttpClient client = HttpClient.newHttpClient()) {
        for (String format : FORMATS) {
          download(client, product, format);
        }
        MemoryRun.print(out, product);
      }
    }
  }

  private void export(Path folder, String format) throws Exception {
    Path file = folder.resolve("all." + format);
    Path collections = folder.resolve("gc-" + format + ".log");
    List<String> command =
        ChildJvm.command(
            List.of("-Xlog:gc:file=" + collections, "-Xmx" + heap),
            List.of(
                "org.airlens.app.Main",
                "export",
                "--format",
                format,
                "--data-dir",
                folder.resolve("data").toString(),
                "--out",
                file.toString()));
    Path said = folder.resolve("said-" + format);
    long begin = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    long resident = 0;
    try {
      while (!process.waitFor(100, TimeUnit.MILLISECONDS)) {
        resident = Math.max(resident, ResidentMemory.peakBytes(process.pid()));
      }
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      throw new IOException("export failed: " + Files.readString(said));
    }
    print("export, " + format, Files.size(file), System.nanoTime() - begin);
    out.printf(
        "    heap: at most %d MiB after a collection; resident memory: at most %,.0f MB%n",
        GcLog.read(collections).largestAfterMiB(), resident / 1e6);
    Files.delete(file);
  }

  private void download(HttpClient client, Product product, String format) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                product
                    .url()
                    .resolve(
                        "/api/v1/readings?sort=timestamp&from=2000-01-01&to=2100-01-01&format="
                            + format))
            .build();
    long begin = System.nanoTime();
    try (InputStream body = client.send(request, BodyHandlers.ofInputStream()).body()) {
      long bytes = body.transferTo(OutputStream.nullOutputStream());
      print("over HTTP, " + format, bytes, System.nanoTime() - begin);
    }
    product.checkAlive();
  }

  private void print(String what, long bytes, long nanos) {
    out.printf(
        "  %s: %,.0f rows/s, %,.1f MB, %.1f bytes a row%n",
        what,
        workload.readings() / (nanos / 1e9),
        bytes / 1e6,
        (double) bytes / workload.readings());
  }
}
