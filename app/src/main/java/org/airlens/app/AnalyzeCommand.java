package org.airlens.app;

import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.airlens.app.config.Settings;
import org.airlens.app.node.Logs;
import org.airlens.model.Circle;
import org.airlens.pipeline.backfill.Selection;
import org.airlens.pipeline.engine.Analysis;
import org.airlens.pipeline.engine.AnalysisJob;
import org.airlens.pipeline.engine.AnalysisReport;
import org.airlens.pipeline.engine.Engine;
import org.airlens.server.Times;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code airlens analyze}. */
@Command(
    name = "analyze",
    description = {
      "Answers a question about the history in a Parquet lake with a table, as Parquet and as CSV, on"
          + " Apache Spark. See docs/analytics.md.",
      "exceedance-days: days of a year above the limits of WHO and EU, for each place",
      "profiles: the course of a day and of a week, for each place and measure",
      "uptime: the share of each day in which a sensor was heard of",
      "outliers: hourly means that lie far from those of the neighbours",
      "pm-humidity: particulate matter by bins of humidity"
    })
final class AnalyzeCommand implements Callable<Integer> {

  /** Which questions a flag is about. */
  private static final Map<String, Set<String>> BELONGS_TO =
      Map.of(
          "--zone", Set.of(Analysis.ExceedanceDays.NAME, Analysis.Profiles.NAME),
          "--every", Set.of(Analysis.Uptime.NAME),
          "--radius", Set.of(Analysis.Outliers.NAME),
          "--neighbours", Set.of(Analysis.Outliers.NAME),
          "--score", Set.of(Analysis.Outliers.NAME),
          "--bin", Set.of(Analysis.PmHumidity.NAME));

  private final Shell shell;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "The question")
  private String name;

  @Option(
      names = "--out",
      paramLabel = "DIR|URL",
      description =
          "Where NAME.parquet and NAME.csv go; unless given where airlens serve looks for them:"
              + " 'analytics' in --data-dir")
  private @Nullable String out;

  @Mixin private final LakeFlags asked = new LakeFlags();

  @Mixin private final SelectionFlags selected = new SelectionFlags();

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      defaultValue = "UTC",
      description =
          "exceedance-days, profiles: whose days and hours, as in Europe/London (UTC unless given)")
  private String zone;

  @Option(
      names = "--every",
      paramLabel = "DURATION",
      defaultValue = "5m",
      description = "uptime: how often a reading is expected (5m unless given)")
  private String every;

  @Option(
      names = "--radius",
      paramLabel = "METRES",
      defaultValue = "5000",
      description = "outliers: how far neighbours stand at most (5000 unless given)")
  private double radius;

  @Option(
      names = "--neighbours",
      paramLabel = "N",
      defaultValue = "4",
      description = "outliers: how many there must be at least (4 unless given)")
  private int neighbours;

  @Option(
      names = "--score",
      paramLabel = "Z",
      defaultValue = "3.5",
      description = "outliers: from which robust z-score on (3.5 unless given)")
  private double score;

  @Option(
      names = "--bin",
      paramLabel = "PERCENT",
      defaultValue = "10",
      description = "pm-humidity: the width of the bins (10 unless given)")
  private int bin;

  AnalyzeCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    Analysis analysis = analysis();
    Selection selection = selected.selection();
    Engine engine = asked.engine();
    Settings settings = shell.settings(spec);
    Logs.begin(settings);
    return LakeFlags.run(
        stopping ->
            engine.analyze(
                new AnalysisJob(
                    analysis,
                    selection,
                    asked.lake(settings),
                    out == null ? settings.analyses().toAbsolutePath().toString() : out,
                    asked.master(),
                    stopping)),
        this::print);
  }

  private void print(AnalysisReport report) {
    PrintWriter to = spec.commandLine().getOut();
    to.printf(
        Locale.ROOT, "%,d rows in %.1f s:%n", report.rows(), report.duration().toMillis() / 1e3);
    report.files().forEach(to::println);
    to.flush();
  }

  private Analysis analysis() {
    BELONGS_TO.forEach((flag, names) -> {
      if (spec.commandLine().getParseResult().hasMatchedOption(flag) && !names.contains(name)) {
        throw new ParameterException(
            spec.commandLine(), "%s does not go with %s".formatted(flag, name));
      }
    });
    return switch (name) {
      case Analysis.ExceedanceDays.NAME -> new Analysis.ExceedanceDays(zone());
      case Analysis.Profiles.NAME -> new Analysis.Profiles(zone());
      case Analysis.Uptime.NAME ->
          flags().read("--every", every, text -> new Analysis.Uptime(duration(text)), "");
      case Analysis.Outliers.NAME -> outliers();
      case Analysis.PmHumidity.NAME -> new Analysis.PmHumidity(between("--bin", bin, 1, 100));
      default ->
          throw new ParameterException(
              spec.commandLine(),
              "there is no analysis '%s'; there are %s, %s, %s, %s, %s"
                  .formatted(
                      name,
                      Analysis.ExceedanceDays.NAME,
                      Analysis.Profiles.NAME,
                      Analysis.Uptime.NAME,
                      Analysis.Outliers.NAME,
                      Analysis.PmHumidity.NAME));
    };
  }

  private Analysis outliers() {
    if (!(radius > 0 && radius <= Circle.MAX_RADIUS_METRES)) {
      throw flags().wrong("--radius", String.valueOf(radius), "is no distance on the earth");
    }
    if (!(score > 0)) {
      throw flags().wrong("--score", String.valueOf(score), "is not above zero");
    }
    return new Analysis.Outliers(radius, between("--neighbours", neighbours, 2, 1_000), score);
  }

  private int between(String flag, int value, int least, int most) {
    if (value < least || value > most) {
      throw flags()
          .wrong(flag, String.valueOf(value), "is not from %d to %d".formatted(least, most));
    }
    return value;
  }

  private static Duration duration(String text) {
    return Times.duration(text)
        .orElseThrow(() -> new IllegalArgumentException("is no duration; write 150s, 5m or 1h"));
  }

  private ZoneId zone() {
    try {
      return ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw flags().wrong("--zone", zone, "is no time zone; write Europe/London");
    }
  }

  private FlagValues flags() {
    return new FlagValues(spec);
  }
}
