package org.airlens.benchmarks;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.airlens.aqi.AqiStandard;
import org.airlens.aqi.AqiStandards;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/** Runs the JMH benchmarks and prints a line for each. */
final class JmhRuns {

  private final PrintStream out;

  JmhRuns(PrintStream out) {
    this.out = out;
  }

  /** Look-ups of every standard, the reading's index and the averages. */
  void indices() throws RunnerException {
    out.println("Index look-ups (JMH, over iterations of a second, and bytes allocated by each)");
    String[] standards = AqiStandards.all().stream().map(AqiStandard::id).toArray(String[]::new);
    print(run(IndexLookUps.class, "standard", standards));
    print(run(ReadingIndices.class, "", new String[0]));
  }

  /** The feed parser beside the bare tokenizer. */
  void parser(Path document, long bytes) throws RunnerException {
    out.printf("Parser over %,.1f MB (JMH, single passes)%n", bytes / 1e6);
    Map<String, Statistics> passes = new TreeMap<>();
    for (RunResult result :
        run(FeedReading.class, "document", new String[] {document.toString()})) {
      Result<?> time = result.getPrimaryResult();
      Statistics millis = time.getStatistics();
      passes.put(time.getLabel(), millis);
      out.printf(
          "  %-20s median %.2f ms, fastest %.2f ms (%d); %,.0f MB/s, %,.0f B allocated%n",
          time.getLabel(),
          millis.getPercentile(50),
          millis.getMin(),
          millis.getN(),
          bytes / 1e3 / millis.getPercentile(50),
          allocated(result));
    }
    for (String tokenizer : List.of("tokenizer", "tokenizerOfStream")) {
      out.printf(
          "  the parser has %.0f %% of the speed of %s by medians, %.0f %% by the fastest; goal 70"
              + " %%%n",
          100 * ratio(passes, tokenizer, pass -> pass.getPercentile(50)),
          tokenizer,
          100 * ratio(passes, tokenizer, Statistics::getMin));
    }
  }

  private static double ratio(
      Map<String, Statistics> passes, String tokenizer, ToDoubleFunction<Statistics> measure) {
    Statistics parser = passes.get("feedParser");
    Statistics bare = passes.get(tokenizer);
    return parser == null || bare == null
        ? Double.NaN
        : measure.applyAsDouble(bare) / measure.applyAsDouble(parser);
  }

  private void print(Collection<RunResult> results) {
    for (RunResult result : results) {
      Result<?> time = result.getPrimaryResult();
      String standard = result.getParams().getParam("standard");
      out.printf(
          "  %-20s median %6.2f ns, fastest %6.2f ns; %.2f B%n",
          standard == null ? time.getLabel() : standard,
          time.getStatistics().getPercentile(50),
          time.getStatistics().getMin(),
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
