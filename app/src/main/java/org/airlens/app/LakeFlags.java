package org.airlens.app;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.airlens.app.config.Settings;
import org.airlens.app.node.NodeException;
import org.airlens.app.node.Stopping;
import org.airlens.pipeline.engine.Engine;
import org.airlens.pipeline.engine.EngineException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The flags of commands about a lake, which an engine does. */
final class LakeFlags {

  private static final String ENGINE = "spark";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      defaultValue = ENGINE,
      description = "spark (unless given)")
  private String engine;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "Where it runs, as in local[*] (unless given), spark://HOST:7077")
  private @Nullable String master;

  @Option(
      names = "--lake",
      paramLabel = "DIR|URL",
      description = "Where the lake is; 'lake' in --data-dir unless given")
  private @Nullable String lake;

  /** What an engine does until it is done, or the process is to end. */
  interface Work<T> {
    T run(BooleanSupplier stopping) throws EngineException;
  }

  Engine engine() {
    return EngineFlags.installed(spec, engine, "./airlens brings spark");
  }

  /** The cluster, as the engine names it. */
  Optional<String> master() {
    return Optional.ofNullable(master);
  }

  /** Where the lake is. */
  String lake(Settings settings) {
    return EngineFlags.lake(lake, settings);
  }

  /**
   * Does work, and tells what came of it; a process that ends before exits with 1.
   *
   * @return the exit code
   */
  static <T> int run(Work<T> work, Consumer<T> teller) {
    try (Stopping stopping = Stopping.listen()) {
      stopping.endWith(1);
      T report = work.run(stopping::isAsked);
      stopping.endWith(0);
      teller.accept(report);
      return 0;
    } catch (EngineException e) {
      throw new NodeException(String.valueOf(e.getMessage()));
    }
  }
}
