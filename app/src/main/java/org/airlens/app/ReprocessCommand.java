package org.airlens.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.airlens.app.config.Settings;
import org.airlens.app.node.Logs;
import org.airlens.aqi.AqiStandard;
import org.airlens.model.Calibration;
import org.airlens.pipeline.engine.Engine;
import org.airlens.pipeline.engine.ReprocessJob;
import org.airlens.pipeline.engine.ReprocessReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code airlens reprocess}. */
@Command(
    name = "reprocess",
    description = {
      "Makes all history in a Parquet lake anew, with another index or with calibrated values, into a"
          + " new version that takes the place of the former when it is whole.",
      "What was reported stays in the lake: without --standard and --calibration, everything is as"
          + " it was. See docs/spark.md."
    })
final class ReprocessCommand implements Callable<Integer> {

  private final Shell shell;

  @Spec private CommandSpec spec;

  @Option(
      names = "--standard",
      paramLabel = "ID",
      defaultValue = "uk-daqi",
      description = "uk-daqi (unless given), us-epa, eu-eaqi, eu-eaqi-2024, who-2021 or in-naqi")
  private String standardId;

  @Option(
      names = "--calibration",
      paramLabel = "RULE|FILE",
      description = {
        "What to make of reported values, repeatable, as in P2=0.9x+1.5 for all makes of sensor,"
            + " SDS011:P2=0.9x+1.5 for one,",
        "SDS011:P2=x/growth(0.4) to take out the water that particles of hygroscopicity 0.4 take up"
            + " in humid air; or a file with such a rule a line"
      })
  private List<String> calibrations = List.of();

  @Option(names = EngineFlags.ICEBERG, description = EngineFlags.ICEBERG_DESCRIPTION)
  private boolean iceberg;

  @Mixin private final LakeFlags asked = new LakeFlags();

  ReprocessCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    AqiStandard standard = flags().standard(standardId);
    Calibration calibration = calibration();
    Engine engine = asked.engine();
    Settings settings = shell.settings(spec);
    Logs.begin(settings);
    return LakeFlags.run(
        stopping ->
            engine.reprocess(
                new ReprocessJob(
                    asked.lake(settings),
                    iceberg,
                    standard,
                    calibration,
                    asked.master(),
                    stopping)),
        this::print);
  }

  private void print(ReprocessReport report) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "version %d: %,d readings, %,d with an index, %,d calibrated, in %.1f s%n",
        report.version(),
        report.readings(),
        report.indexed(),
        report.calibrated(),
        report.duration().toMillis() / 1e3);
    out.flush();
  }

  private Calibration calibration() {
    List<String> rules = new ArrayList<>();
    for (String text : calibrations) {
      rules.addAll(text.contains("=") ? List.of(text) : file(text));
    }
    try {
      return Calibration.of(rules);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--calibration: " + e.getMessage());
    }
  }

  /** The rules of a file; empty lines and those that begin with {@code #} are for people. */
  private List<String> file(String name) {
    try {
      return Files.readAllLines(Path.of(name)).stream()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (IOException | InvalidPathException e) {
      throw flags()
          .wrong(
              "--calibration", name, "is no rule, as in P2=0.9x+1.5, and no file that can be read");
    }
  }

  private FlagValues flags() {
    return new FlagValues(spec);
  }
}
