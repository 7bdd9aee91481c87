package org.airlens.spark.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileUtil;

/**
 * {@code airlens bench spark [--feed FILE] [--sensors N] [--warm-up SECONDS] [--rounds N] [--master
 * URL] [--python PYTHON]}: the same cycle through three engines. {@code airlens bench spark --grow
 * ROWS,ROWS… [--work-dir DIR]}: how the time of a backfill grows.
 */
public final class Main {

  private static final String USAGE =
      "airlens bench spark [--feed FILE] [--sensors 25000] [--warm-up 30 (seconds)] [--rounds 15] [--master local[*]]"
          + " [--python PYTHON, one with pyspark 4.2.0, for the naive formulation]"
          + " | --grow 1000000,10000000 [--work-dir DIR, with room for 70 bytes a row, twice]";

  private Optional<Path> feed = Optional.empty();
  private Optional<String> python = Optional.empty();
  private List<Long> grow = List.of();
  private Optional<Path> work = Optional.empty();
  private int sensors = 25_000;
  private int rounds = 15;
  private Duration warmUp = Duration.ofSeconds(30);
  private String master = "local[*]";

  private Main() {}

  /** Runs the benchmark. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    // Before anybody logs: Logback would print each step of Spark's.
    System.setProperty("logback.configurationFile", "bench-logback.xml");
    Logger.getLogger("").setLevel(Level.OFF);
    Main main = new Main();
    try {
      main.parse(new ArrayDeque<>(List.of(arguments)));
    } catch (IllegalArgumentException e) {
      System.err.println("airlens: " + e.getMessage() + "; " + USAGE);
      System.exit(2);
    }
    main.run();
  }

  private void parse(Deque<String> arguments) {
    while (!arguments.isEmpty()) {
      String name = arguments.pop();
      if (arguments.isEmpty()) {
        throw new IllegalArgumentException(name + " lacks its value");
      }
      String value = arguments.pop();
      switch (name) {
        case "--feed" -> feed = Optional.of(Path.of(value));
        case "--python" -> python = Optional.of(value);
        case "--sensors" -> sensors = Integer.parseInt(value);
        case "--rounds" -> rounds = Integer.parseInt(value);
        case "--warm-up" -> warmUp = Duration.ofSeconds(Integer.parseInt(value));
        case "--master" -> master = value;
        case "--grow" -> grow = Stream.of(value.split(",")).map(Long::valueOf).sorted().toList();
        case "--work-dir" -> work = Optional.of(Path.of(value));
        default -> throw new IllegalArgumentException("unknown " + name);
      }
    }
  }

  private void run() throws IOException, InterruptedException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Path home = Path.of(System.getProperty("airlens.home", ".")).toAbsolutePath();
    Path folder = Files.createTempDirectory("airlens-bench-spark");
    if (!grow.isEmpty()) {
      Path there = work.isPresent() ? Files.createDirectories(work.get()) : folder;
      new Growth(home.resolve("airlens"), there.toAbsolutePath(), out).run(grow);
      Files.delete(folder);
      return;
    }
    Path document = folder.resolve(CycleRounds.FEED);
    try {
      if (feed.isPresent()) {
        Files.copy(feed.get(), document);
      } else {
        SyntheticFeed.write(document, sensors, Instant.now());
      }
      new CycleRounds(folder, warmUp, rounds, master, out)
          .run(python, home.resolve("benchmarks/naive_pyspark.py"));
    } finally {
      FileUtil.fullyDelete(folder.toFile());
    }
  }
}
