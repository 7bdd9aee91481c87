package org.airlens.spark.bench;

import static org.apache.spark.sql.functions.col;

import com.carrotsearch.hppc.LongHashSet;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.airlens.collect.EntrySink;
import org.airlens.collect.Rejection;
import org.airlens.collect.feed.FeedParser;
import org.airlens.model.Measures;
import org.airlens.model.Reading;
import org.airlens.pipeline.Indexing;
import org.airlens.spark.Sessions;
import org.airlens.spark.capture.CaptureTable;
import org.airlens.spark.columns.Identities;
import org.airlens.spark.columns.ReadingColumns;
import org.airlens.spark.columns.ReadingRows;
import org.airlens.spark.parsed.ParsedRows;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * One cycle over a feed's snapshot, from the file to indexed readings without duplicates in the
 * driver's memory, through three engines: AirLens's own, AirLens's expressions on Spark, and what
 * one writes first in PySpark. Each must find the same number of readings and of indices.
 */
final class CycleRounds {

  /** The snapshot's name. */
  static final String FEED = "feed.json";

  private final FeedParser parser = new FeedParser(InstantSource.system());
  private final Path folder;
  private final Duration warmUp;
  private final int rounds;
  private final String master;
  private final PrintStream out;

  /** What a round found. */
  private record Found(int readings, int indexed) {}

  /** An engine's first round, and those after the warm-up. */
  private record Times(String engine, double cold, List<Double> seconds, Found found) {
    double median() {
      return seconds.stream().sorted().toList().get(seconds.size() / 2);
    }
  }

  /** A cycle. */
  private interface Cycle {
    Found run() throws IOException;
  }

  /**
   * The rounds of each engine.
   *
   * @param folder holds the snapshot, {@link #FEED}, and nothing else
   * @param warmUp for so long each engine runs before its rounds count
   */
  CycleRounds(Path folder, Duration warmUp, int rounds, String master, PrintStream out) {
    this.folder = folder;
    this.warmUp = warmUp;
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
    long begin = System.nanoTime();
    cycle.run();
    double cold = seconds(begin);
    while (System.nanoTime() - begin < warmUp.toNanos()) {
      cycle.run();
    }
    List<Double> seconds = new ArrayList<>();
    Found found = new Found(0, 0);
    for (int i = 0; i < rounds; i++) {
      long start = System.nanoTime();
      found = cycle.run();
      seconds.add(seconds(start));
    }
    return new Times(engine, cold, seconds, found);
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  private Found inProcess() throws IOException {
    LongHashSet seen = new LongHashSet();
    List<Reading> readings = new ArrayList<>();
    try (InputStream feed = Files.newInputStream(folder.resolve(FEED))) {
      parser.parse(
          FEED,
          feed,
          new EntrySink() {
            @Override
            public void reading(Reading reading) {
              if (seen.add(
                  reading.sensor().id() << Integer.SIZE ^ reading.timestamp().getEpochSecond())) {
                readings.add(Indexing.indexed(reading));
              }
            }

            @Override
            public void rejected(Rejection rejection) {
              // Counted by the difference.
            }
          });
    }
    return found(readings);
  }

  private Found onSpark(SparkSession spark) {
    Dataset<Row> rows =
        spark
            .read()
            .format(CaptureTable.class.getName())
            .option(CaptureTable.ROOT, folder.toString())
            .load()
            .where(col(ReadingColumns.SENSOR_ID).isNotNull());
    Dataset<Row> readings =
        Identities.first(rows, ParsedRows.ORDINAL)
            .withColumn(Measures.AQI, ReadingColumns.aqi())
            .select(ReadingRows.columns());
    return found(readings.collectAsList().stream().map(ReadingRows::reading).toList());
  }

  private static Found found(List<Reading> readings) {
    long indexed = readings.stream().filter(reading -> reading.aqi().isPresent()).count();
    return new Found(readings.size(), (int) indexed);
  }

  private Times naive(String python, Path script) throws IOException, InterruptedException {
    ProcessBuilder command =
        new ProcessBuilder(
            python,
            script.toString(),
            folder.resolve(FEED).toString(),
            String.valueOf(warmUp.toSeconds()),
            String.valueOf(rounds),
            master);
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
    if (process.waitFor() != 0 || seconds.size() != rounds + 1) {
      throw new IOException(
          "%s %s failed; it needs 'pip install pyspark==4.2.0'".formatted(python, script));
    }
    return new Times("naive PySpark", seconds.removeFirst(), seconds, found);
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
          times.cold(),
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
