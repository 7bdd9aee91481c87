package org.airlens.app;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.airlens.app.config.Settings;
import org.airlens.app.node.Collecting;
import org.airlens.app.node.Logs;
import org.airlens.app.node.NodeException;
import org.airlens.app.node.Stopping;
import org.airlens.app.node.StoreOpening;
import org.airlens.pipeline.CycleLoop;
import org.airlens.pipeline.CycleReport;
import org.airlens.pipeline.Ingest;
import org.airlens.pipeline.RollUps;
import org.airlens.store.Store;
import org.airlens.store.live.LatestView;
import org.airlens.store.live.LiveReadings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

  private final Shell shell;

  @Spec private CommandSpec spec;

  @Option(names = "--once", description = "Run a single cycle; exit 1 when it had a problem")
  private boolean once;

  CollectCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = shell.settings(spec);
    Logs.begin(settings);
    SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    try (Stopping stopping = Stopping.listen();
        Store store = StoreOpening.open(settings, OptionalInt.empty());
        Collecting collecting =
            new Collecting(
                settings,
                new Ingest(store, new LatestView(), new LiveReadings(), metrics),
                metrics,
                InstantSource.system())) {
      if (once) {
        return report(collecting.once());
      }
      try (RollUps _ = RollUps.start(store, metrics);
          CycleLoop loop = collecting.loop()) {
        while (!stopping.await(LOOK_AROUND)) {
          if (loop.cycles() > 0 && collecting.isFinished()) {
            return 0;
          }
        }
      }
    }
    return 0;
  }

  private int report(CycleReport cycle) {
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
    return 0;
  }
}
