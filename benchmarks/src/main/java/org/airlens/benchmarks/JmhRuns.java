package org.airlens.benchmarks;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.airlens.aqi.AqiStandard;
import org.airlens.aqi.AqiStandards;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the JMH benchmarks and prints a line for each. */
final class JmhRuns {

  private final PrintStream out;

  JmhRuns(PrintStream out) {
    this.out = out;
  }

  /** Look-ups of every standard, the reading's index and the averages. */
  void indices() throws RunnerException {
    out.println("Index look-ups (JMH, mean ± 99.9 % confidence, bytes allocated by each)");
    String[] standards = AqiStandards.all().stream().map(AqiStandard::id).toArray(String[]::new);
    print(run(IndexLookUps.class, "standard", standards));
    print(run(ReadingIndices.class, "", new String[0]));
  }

  /** The feed parser beside the bare tokenizer. */
  void parser(Path document, long bytes) throws RunnerException {
    out.printf("Parser over %,.1f MB (JMH, mean ± 99.9 %% confidence)%n", bytes / 1e6);
    Collection<RunResult> results =
        run(FeedReading.class, "document", new String[] {document.toString()});
    Map<String, Double> millis = new TreeMap<>();
    for (RunResult result : results) {
      Result<?> time = result.getPrimaryResult();
      millis.put(time.getLabel(), time.getScore());
      out.printf(
          "  %-20s %8.2f ± %.2f ms  %6.0f MB/s  %,12.0f B allocated%n",
          time.getLabel(),
          time.getScore(),
          time.getScoreError(),
          bytes / 1e3 / time.getScore(),
          allocated(result));
    }
    double parser = millis.getOrDefault("feedParser", Double.NaN);
    out.printf(
        "  the parser is %.0f %% as fast as the tokenizer on the array, %.0f %% on a stream (goal:"
            + " 70 %%)%n",
        100 * millis.getOrDefault("tokenizer", Double.NaN) / parser,
        100 * millis.getOrDefault("tokenizerOfStream", Double.NaN) / parser);
  }

  private void print(Collection<RunResult> results) {
    for (RunResult result : results) {
      Result<?> time = result.getPrimaryResult();
      String standard = result.getParams().getParam("standard");
      out.printf(
          "  %-20s %8.2f ± %.2f ns  %5.2f B%n",
          standard == null ? time.getLabel() : standard,
          time.getScore(),
          time.getScoreError(),
          allocated(result));
    }
  }

  private static Collection<RunResult> run(Class<?> benchmarks, String parameter, String[] values)
      throws RunnerException {
    OptionsBuilder options = new OptionsBuilder();
    options
        .include("\\b" + benchmarks.getSimpleName() + "\\b")
        .addProfiler(GCProfiler.class)
        .verbosity(VerboseMode.SILENT)
        .shouldFailOnError(true);
    if (values.length > 0) {
      options.param(parameter, values);
    }
    return new Runner(options.build()).run();
  }

  private static double allocated(RunResult result) {
    Result<?> allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
    return allocated == null ? Double.NaN : allocated.getScore();
  }
}
