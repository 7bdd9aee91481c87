package org.airlens.app;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.airlens.app.config.Setting;
import org.airlens.app.config.Settings;
import org.airlens.pipeline.engine.Engine;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The flags of commands that another engine can do. */
final class EngineFlags {

  /** The flag that makes a lake an Iceberg table, too. */
  static final String ICEBERG = "--iceberg";

  /** What it says of itself. */
  static final String ICEBERG_DESCRIPTION =
      "the lake is to be an Apache Iceberg table, too; once it is one it stays one";

  private static final String LOCAL = "local";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      defaultValue = LOCAL,
      description = {
        "local (unless given): in this process.",
        "spark: on Apache Spark; see docs/spark.md"
      })
  private String engine;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "spark: where it runs, as in local[*] (unless given), spark://HOST:7077")
  private @Nullable String master;

  @Option(
      names = "--lake",
      paramLabel = "DIR|URL",
      description = {
        "spark: where the lake is; 'lake' in --data-dir unless given.",
        "collect writes one only with this flag or --lake-only"
      })
  private @Nullable String lake;

  @Option(names = "--lake-only", description = "spark: into the lake, and not into the store")
  private boolean lakeOnly;

  @Option(names = ICEBERG, description = "spark: " + ICEBERG_DESCRIPTION)
  private boolean iceberg;

  /** The engine that is asked for; empty for this process itself. */
  Optional<Engine> engine() {
    if (!engine.equals(LOCAL)) {
      return Optional.of(installed());
    }
    if (master != null || lake != null || lakeOnly || iceberg) {
      throw new ParameterException(
          spec.commandLine(), "--master, --lake, --lake-only and --iceberg go with --engine spark");
    }
    return Optional.empty();
  }

  /** The cluster, as the engine names it. */
  Optional<String> master() {
    return Optional.ofNullable(master);
  }

  /** Whether the store is left alone. */
  boolean isLakeOnly() {
    return lakeOnly;
  }

  /** Whether the lake is written by a command that needs none. */
  boolean isLakeAsked() {
    return lakeOnly || lake != null;
  }

  /** Whether the lake is to be an Iceberg table, too. */
  boolean isIceberg() {
    return iceberg;
  }

  /** Where the lake is. */
  String lake(Settings settings) {
    return lake(lake, settings);
  }

  /** Where the lake is that a flag names, or none does. */
  static String lake(@Nullable String lake, Settings settings) {
    return lake == null
        ? settings.path(Setting.DATA_DIR).resolve("lake").toAbsolutePath().toString()
        : lake;
  }

  private Engine installed() {
    return installed(
        spec,
        engine,
        Stream.concat(Stream.of(LOCAL), Engine.installed().stream().map(Engine::name))
            .collect(Collectors.joining(", ", "there is ", "")));
  }

  /**
   * The engine of a name.
   *
   * @param others what is told when there is none of it
   */
  static Engine installed(CommandSpec spec, String engine, String others) {
    return Engine.find(engine)
        .orElseThrow(() ->
            new FlagValues(spec)
                .wrong("--engine", engine, "is no engine of this installation; " + others));
  }
}
