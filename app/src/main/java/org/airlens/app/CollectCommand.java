package org.airlens.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.airlens.app.config.Setting;
import org.airlens.app.config.Settings;
import org.airlens.app.node.Collecting;
import org.airlens.app.node.Logs;
import org.airlens.app.node.NodeException;
import org.airlens.app.node.Stopping;
import org.airlens.app.node.StoreOpening;
import org.airlens.pipeline.CycleLoop;
import org.airlens.pipeline.CycleReport;
import org.airlens.pipeline.Ingest;
import org.airlens.pipeline.Landing;
import org.airlens.pipeline.RollUps;
import org.airlens.pipeline.engine.CollectJob;
import org.airlens.pipeline.engine.Engine;
import org.airlens.pipeline.engine.EngineException;
import org.airlens.store.Store;
import org.airlens.store.live.LatestView;
import org.airlens.store.live.LiveReadings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code airlens collect}. */
@Command(
    name = "collect",
    description = {
      "Collects into a store, without serving.",
      "It ends by itself when every source has given all it has, as sample and folders of captures"
          + " do; a live feed goes on until Ctrl-C."
    })
final class CollectCommand implements Callable<Integer> {

  private static final Duration LOOK_AROUND = Duration.ofMillis(200);

  /** What an engine has not worked off, in bytes; then sources wait. */
  private static final long LANDING_BYTES = 1L << 30;

  private final Shell shell;
  private final InstantSource clock = InstantSource.system();

  @Spec private CommandSpec spec;

  @Option(names = "--once", description = "Run a single cycle; exit 1 when it had a problem")
  private boolean once;

  @Mixin private final EngineFlags engine = new EngineFlags();

  CollectCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (engine.isIceberg() && !engine.isLakeAsked()) {
      throw new ParameterException(
          spec.commandLine(), "--iceberg is about the lake: it goes with --lake or --lake-only");
    }
    Optional<Engine> other = engine.engine();
    Settings settings = shell.settings(spec);
    Logs.begin(settings);
    MeterRegistry metrics = new SimpleMeterRegistry();
    try (Stopping stopping = Stopping.listen();
        @Nullable Store store =
            engine.isLakeOnly() ? null : StoreOpening.open(settings, OptionalInt.empty());
        @Nullable RollUps _ = once || store == null ? null : RollUps.start(store, metrics)) {
      Optional<Ingest> ingest =
          Optional.ofNullable(store)
              .map(open -> new Ingest(open, new LatestView(), new LiveReadings(), metrics));
      if (other.isPresent()) {
        stream(other.get(), ingest, settings, metrics, stopping::isAsked);
      } else {
        cycle(ingest.orElseThrow(), settings, metrics, stopping);
      }
    } catch (EngineException e) {
      throw new NodeException(String.valueOf(e.getMessage()));
    }
    return 0;
  }

  /** Does all of it in this process. */
  private void cycle(Ingest ingest, Settings settings, MeterRegistry metrics, Stopping stopping)
      throws InterruptedException {
    try (Collecting collecting = Collecting.into(ingest, settings, metrics, clock)) {
      if (once) {
        report(collecting.once());
        return;
      }
      try (CycleLoop loop = collecting.loop()) {
        while (!stopping.await(LOOK_AROUND) && !(loop.cycles() > 0 && collecting.isFinished())) {
          // The loop collects.
        }
      }
    }
  }

  /** Lands what the sources deliver, for an engine that does the rest. */
  private void stream(
      Engine other,
      Optional<Ingest> ingest,
      Settings settings,
      MeterRegistry metrics,
      BooleanSupplier stopping)
      throws EngineException {
    Path folder = settings.path(Setting.DATA_DIR).resolve("stream").toAbsolutePath();
    try (Landing landing = Landing.open(folder, once ? Long.MAX_VALUE : LANDING_BYTES);
        Collecting collecting = Collecting.into(landing, ingest, settings, metrics, clock)) {
      CollectJob job =
          new CollectJob(
              landing,
              folder.resolve("checkpoint"),
              settings.duration(Setting.INTERVAL).orElseThrow(),
              once,
              ingest,
              engine.isLakeAsked() ? Optional.of(engine.lake(settings)) : Optional.empty(),
              engine.isIceberg(),
              collecting.letters(),
              engine.master(),
              clock,
              stopping,
              () -> false);
      if (once) {
        CycleReport landed = collecting.once();
        CycleReport done = other.collect(job);
        report(done.withProblem(landed.problem().or(done::problem)));
        return;
      }
      try (CycleLoop loop = collecting.loop()) {
        other.collect(job.until(() -> loop.cycles() > 0 && collecting.isFinished()));
      }
    }
  }

  private void report(CycleReport cycle) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%d new, %d known, %d rejected%n",
        cycle.stored(),
        cycle.duplicate(),
        cycle.rejected().values().stream().mapToLong(Long::longValue).sum());
    out.flush();
    if (cycle.problem().isPresent()) {
      throw new NodeException(cycle.problem().get());
    }
  }
}
