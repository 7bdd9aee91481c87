package org.airlens.benchmarks;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What {@code airlens bench} runs. */
@Command(
    name = "airlens bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures AirLens on this machine, beside its peers where it has any.",
      "Shared machines are noisy: compare the ratios of one run, not numbers of different runs."
    })
public final class Main implements Runnable {

  private static final List<String> ALL = List.of("aqi", "ingest", "latest", "store");

  @Spec private CommandLine.Model.CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "NAME",
      description = "Which: aqi, ingest (with the parser), latest, store. All unless named.")
  private List<String> names = List.of();

  @Option(names = "--sensors", defaultValue = "25000", description = "Sensors: ${DEFAULT-VALUE}.")
  private int sensors;

  @Option(
      names = "--days",
      defaultValue = "7",
      description = "Days of history for latest and store: ${DEFAULT-VALUE}.")
  private int days;

  @Option(
      names = "--step-minutes",
      defaultValue = "60",
      description = "Minutes between a sensor's readings in the history: ${DEFAULT-VALUE}.")
  private int stepMinutes;

  @Option(
      names = "--heap",
      defaultValue = "512m",
      description = "Heap of the AirLens that serves in 'latest': ${DEFAULT-VALUE}.")
  private String heap;

  private Main() {}

  /** Runs the benchmarks named, or all. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }

  @Override
  public void run() {
    Set<String> chosen = new TreeSet<>(names.isEmpty() ? ALL : names);
    for (String name : chosen) {
      if (!ALL.contains(name)) {
        throw new ParameterException(
            spec.commandLine(), "no benchmark '" + name + "'; there are " + ALL);
      }
    }
    for (String name : chosen) {
      try {
        run(name, System.out);
      } catch (Exception e) {
        throw new IllegalStateException("benchmark " + name + " failed", e);
      }
    }
  }

  private void run(String name, PrintStream out) throws Exception {
    Duration history = Duration.ofDays(days);
    Duration step = Duration.ofMinutes(stepMinutes);
    switch (name) {
      case "latest" -> new LatestLoad(sensors, history, step, heap, out).run();
      case "store" -> new StoreComparison(sensors, history, step, out).run();
      default -> throw new IllegalStateException(name);
    }
  }
}
