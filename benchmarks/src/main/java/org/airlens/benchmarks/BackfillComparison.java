package org.airlens.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code airlens backfill} of an archive beside DuckDB's CSV reader into a DuckDB table: each a
 * process of its own, in turns, from its start to its end.
 */
final class BackfillComparison {

  private static final Pattern DUCKDB_ROWS = Pattern.compile("rows: (\\d+)");
  private static final Pattern STORED = Pattern.compile("rows: +([\\d,]+) stored");

  private final Path archive;
  private final int rounds;
  private final String heap;
  private final Path parent;
  private final PrintStream out;
  private final ResultTable results = new ResultTable();

  /**
   * Makes the comparison.
   *
   * @param archive a folder of daily folders with plain CSV of SDS011, DHT22 and BME280
   * @param heap AirLens's largest heap: {@code 512m}
   * @param parent where the stores go
   */
  BackfillComparison(Path archive, int rounds, String heap, Path parent, PrintStream out) {
    this.archive = archive;
    this.rounds = rounds;
    this.heap = heap;
    this.parent = parent;
    this.out = out;
  }

  private record Candidate(
      String name, boolean slow, List<String> command, String jvmOptions, Pattern rows) {}

  /** What a process did. */
  private record Run(long rows, double seconds, long peakBytes) {}

  /** Runs all in turns, and prints the table. */
  void run() throws Exception {
    out.printf("Backfill of %s, %d rounds, AirLens in a heap of %s%n", archive, rounds, heap);
    try (WorkFolder folder = WorkFolder.below(parent)) {
      new ProcessBuilder(airlens(List.of("--version"))).inheritIO().start().waitFor(); // Builds it.
      List<Candidate> candidates = candidates();
      List<List<Run>> runs = new ArrayList<>();
      candidates.forEach(candidate -> runs.add(new ArrayList<>()));
      for (int round = 0; round < rounds; round++) {
        for (int i = 0; i < candidates.size(); i++) {
          if (round > 0 && candidates.get(i).slow()) {
            continue; // Once is enough to see how slow it is.
          }
          // Deleted only at the end: for half a minute ext4 searches long for an inode where
          // thousands were freed, and the next to make files would pay for it.
          Path own = Files.createDirectory(folder.path().resolve(round + "-" + i));
          runs.get(i).add(run(candidates.get(i), own));
        }
      }
      for (int i = 0; i < candidates.size(); i++) {
        put(candidates.get(i).name(), runs.get(i));
      }
    }
    results.print(out);
  }

  private List<Candidate> candidates() {
    List<Candidate> candidates = new ArrayList<>();
    for (DuckDbLoad.Way way : DuckDbLoad.Way.values()) {
      candidates.add(
          new Candidate(
              "DuckDB, " + way.name().toLowerCase(Locale.ROOT),
              way == DuckDbLoad.Way.SNIFFED,
              ChildJvm.command(
                  List.of(),
                  List.of(
                      "org.airlens.benchmarks.DuckDbLoad",
                      way.name(),
                      archive.toString(),
                      "readings.duckdb")),
              "",
              DUCKDB_ROWS));
    }
    for (String durability : List.of("process", "power")) {
      List<String> command =
          List.of(
              "backfill",
              "--archive",
              archive.toString(),
              "--data-dir",
              "data",
              "--durability",
              durability);
      candidates.add(
          new Candidate(
              "airlens backfill, " + durability,
              false,
              airlens(command),
              "-Xmx" + heap + " -XX:+ExitOnOutOfMemoryError",
              STORED));
    }
    return candidates;
  }

  /** As its users start it: with the launcher, which was there before this began. */
  private static List<String> airlens(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("airlens.launcher", "airlens"));
    command.addAll(arguments);
    return command;
  }

  private Run run(Candidate candidate, Path folder) throws IOException, InterruptedException {
    Path printed = folder.resolve("printed");
    long begin = System.nanoTime();
    ProcessBuilder builder =
        new ProcessBuilder(candidate.command())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile());
    builder.environment().put("AIRLENS_JVM_OPTIONS", candidate.jvmOptions());
    Process process = builder.start();
    long peak = 0;
    try {
      while (!process.waitFor(10, TimeUnit.MILLISECONDS)) {
        peak = Math.max(peak, ResidentMemory.peakBytes(process.pid()));
      }
    } finally {
      process.destroyForcibly();
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    String text = Files.readString(printed);
    Matcher rows = candidate.rows().matcher(text);
    if (process.exitValue() != 0 || !rows.find()) {
      throw new IOException(candidate.name() + " failed: " + text);
    }
    return new Run(Long.parseLong(rows.group(1).replace(",", "")), seconds, peak);
  }

  private void put(String name, List<Run> runs) {
    double seconds = median(runs.stream().map(Run::seconds).toList());
    long rows = runs.getFirst().rows();
    results.put(name, "rows", (double) rows, "%,.0f");
    results.put(name, "seconds, whole process", seconds, "%.2f");
    results.put(name, "rows/s", rows / seconds, "%,.0f");
    results.put(
        name,
        "resident memory at most, MB",
        median(runs.stream().map(run -> run.peakBytes() / 1e6).toList()),
        "%,.0f");
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
