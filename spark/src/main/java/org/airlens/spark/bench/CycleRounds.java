package org.airlens.spark.bench;

import static org.apache.spark.sql.functions.col;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.airlens.collect.EntrySink;
import org.airlens.collect.Rejection;
import org.airlens.collect.feed.FeedParser;
import org.airlens.model.Measures;
import org.airlens.model.Reading;
import org.airlens.pipeline.Indexing;
import org.airlens.spark.Sessions;
import org.airlens.spark.columns.FeedEntries;
import org.airlens.spark.columns.ReadingColumns;
import org.airlens.spark.columns.ReadingRows;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * One cycle over a feed's snapshot, from the file to indexed readings without duplicates in the
 * driver's memory, through three engines: AirLens's own, AirLens's expressions on Spark, and what
 * one writes first in PySpark. Each must find the same number of readings and of indices.
 */
final class CycleRounds {

  private final Path feed;
  private final int rounds;
  private final String master;
  private final PrintStream out;

  /** What a round found. */
  private record Found(int readings, int indexed) {}

  /** An engine's rounds, the first one cold. */
  private record Times(String engine, List<Double> seconds, Found found) {
    double median() {
      List<Double> warm = seconds.stream().skip(Math.ceilDiv(seconds.size(), 3)).sorted().toList();
      return warm.get(warm.size() / 2);
    }
  }

  /** A cycle. */
  private interface Cycle {
    Found run() throws IOException;
  }

  CycleRounds(Path feed, int rounds, String master, PrintStream out) {
    this.feed = feed;
    this.rounds = rounds;
    this.master = master;
    this.out = out;
  }

  void run(Optional<String> python, Path script) throws IOException, InterruptedException {
    List<Times> all = new ArrayList<>();
    all.add(times("in process", this::inProcess));
    SparkSession spark = Sessions.open("bench", Optional.of(master));
    try {
      all.add(times("AirLens on Spark", () -> onSpark(spark)));
    } finally {
      spark.stop();
    }
    if (python.isPresent()) {
      all.add(naive(python.get(), script));
    }
    print(all);
  }

  private Times times(String engine, Cycle cycle) throws IOException {
    List<Double> seconds = new ArrayList<>();
    Found found = new Found(0, 0);
    for (int i = 0; i < rounds; i++) {
      long begin = System.nanoTime();
      found = cycle.run();
      seconds.add((System.nanoTime() - begin) / 1e9);
    }
    return new Times(engine, seconds, found);
  }

  private Found inProcess() throws IOException {
    Set<String> seen = new HashSet<>();
    List<Reading> readings = new ArrayList<>();
    new FeedParser(InstantSource.system())
        .parse(
            feed.toString(),
            new ByteArrayInputStream(Files.readAllBytes(feed)),
            new EntrySink() {
              @Override
              public void reading(Reading reading) {
                if (seen.add(reading.sensor().id() + "/" + reading.timestamp().getEpochSecond())) {
                  readings.add(Indexing.indexed(reading));
                }
              }

              @Override
              public void rejected(Rejection rejection) {
                // Counted by the difference.
              }
            });
    return found(readings);
  }

  private Found onSpark(SparkSession spark) {
    Dataset<Row> entries = FeedEntries.of(spark, feed.toString());
    Dataset<Row> readings =
        FeedEntries.read(entries, List.of(), InstantSource.system())
            .where(col(FeedEntries.PROBLEM).isNull())
            .withColumn(Measures.AQI, ReadingColumns.aqi())
            .select(ReadingRows.columns())
            .dropDuplicates(new String[] {ReadingColumns.SENSOR_ID, ReadingColumns.TIMESTAMP});
    return found(readings.collectAsList().stream().map(ReadingRows::reading).toList());
  }

  private static Found found(List<Reading> readings) {
    long indexed = readings.stream().filter(reading -> reading.aqi().isPresent()).count();
    return new Found(readings.size(), (int) indexed);
  }

  private Times naive(String python, Path script) throws IOException, InterruptedException {
    ProcessBuilder command =
        new ProcessBuilder(
            python, script.toString(), feed.toString(), String.valueOf(rounds), master);
    command.environment().put("JAVA_HOME", System.getProperty("java.home"));
    command.environment().put("PYSPARK_PYTHON", python);
    command.environment().remove("SPARK_HOME");
    command.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = command.start();
    List<Double> seconds = new ArrayList<>();
    Found found = new Found(0, 0);
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ", -1);
        if (words.length == 6 && words[0].equals("seconds")) {
          seconds.add(Double.parseDouble(words[1]));
          found = new Found(Integer.parseInt(words[3]), Integer.parseInt(words[5]));
        }
      }
    }
    if (process.waitFor() != 0 || seconds.size() != rounds) {
      throw new IOException(
          "%s %s failed; it needs 'pip install pyspark==4.2.0'".formatted(python, script));
    }
    return new Times("naive PySpark", List.copyOf(seconds), found);
  }

  private void print(List<Times> all) {
    Times last = all.getLast();
    out.printf(
        "%-18s %10s %10s %10s %9s %9s%n",
        "engine", "cold s", "median s", "readings", "indexed", "faster");
    for (Times times : all) {
      out.printf(
          Locale.ROOT,
          "%-18s %10.3f %10.4f %10d %9d %8.1fx%n",
          times.engine(),
          times.seconds().getFirst(),
          times.median(),
          times.found().readings(),
          times.found().indexed(),
          last.median() / times.median());
      if (!times.found().equals(last.found())) {
        throw new IllegalStateException("the engines disagree: " + times + ", " + last);
      }
    }
  }
}
