package org.airlens.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.airlens.app.config.Setting;
import org.airlens.app.config.Settings;
import org.airlens.app.node.Archives;
import org.airlens.app.node.Logs;
import org.airlens.app.node.NodeException;
import org.airlens.app.node.Stopping;
import org.airlens.app.node.StoreOpening;
import org.airlens.collect.DeadLetters;
import org.airlens.collect.SourceException;
import org.airlens.collect.archive.ArchiveTree;
import org.airlens.collect.archive.FolderTree;
import org.airlens.pipeline.backfill.Backfill;
import org.airlens.pipeline.backfill.BackfillReport;
import org.airlens.pipeline.backfill.Journal;
import org.airlens.pipeline.backfill.Selection;
import org.airlens.pipeline.engine.BackfillJob;
import org.airlens.pipeline.engine.Engine;
import org.airlens.pipeline.engine.EngineException;
import org.airlens.store.Store;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code airlens backfill}. */
@Command(
    name = "backfill",
    description = {
      "Loads history from Sensor.Community's daily CSV archive, or from a folder laid out like it.",
      "It can be broken off at any moment and goes on where it was; what is in the store already is"
          + " not written again. Exit code 1 when a file could not be read, or when it was stopped:"
          + " the same command does what is left."
    })
final class BackfillCommand implements Callable<Integer> {

  private final Shell shell;

  @Spec private CommandSpec spec;

  @Mixin private final SelectionFlags selected = new SelectionFlags();

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Write so many readings together (as many as fit the heap unless given)")
  private @Nullable Integer batch;

  @Mixin private final EngineFlags engine = new EngineFlags();

  BackfillCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws InterruptedException {
    Optional<Engine> other = engine.engine();
    if (batch != null && batch < 1) {
      throw flags()
          .wrong("--batch", String.valueOf(batch), "is no number of readings; write 1 or more");
    }
    Selection selection = selected.selection();
    Settings settings = shell.settings(spec);
    Logs.begin(settings);
    InstantSource clock = InstantSource.system();
    try (Stopping stopping = Stopping.listen()) {
      stopping.endWith(1); // Until all is done.
      BackfillReport report =
          other.isPresent()
              ? run(other.get(), selection, settings, clock, stopping::isAsked)
              : run(selection, settings, clock, stopping::isAsked);
      print(report);
      complain(report);
      int code = report.isComplete() ? 0 : 1;
      stopping.endWith(code);
      return code;
    }
  }

  private BackfillReport run(
      Selection selection, Settings settings, InstantSource clock, BooleanSupplier stopping)
      throws InterruptedException {
    try (ArchiveTree tree = Archives.open(settings, clock);
        Store store = StoreOpening.open(settings, OptionalInt.empty());
        DeadLetters letters =
            DeadLetters.in(settings.path(Setting.DATA_DIR).resolve("dead-letters"), clock)) {
      int readers =
          tree instanceof FolderTree
              ? Math.max(2, Runtime.getRuntime().availableProcessors())
              : settings.count(Setting.CONNECTIONS);
      Journal journal =
          Journal.open(settings.path(Setting.DATA_DIR), tree.name(), settings.text(Setting.STORE));
      Backfill backfill =
          new Backfill(tree, selection, store, journal, letters, pace(readers), clock);
      try (var _ = ProgressDisplay.of(backfill.progress(), spec.commandLine().getErr())) {
        return backfill.run(stopping);
      }
    } catch (SourceException e) {
      throw new NodeException(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new NodeException(
          "can't keep the journal in %s: %s"
              .formatted(settings.path(Setting.DATA_DIR).resolve("backfill"), e.getMessage()));
    }
  }

  private BackfillReport run(
      Engine other,
      Selection selection,
      Settings settings,
      InstantSource clock,
      BooleanSupplier stopping) {
    Path dataDir = settings.path(Setting.DATA_DIR);
    Path archive = Archives.folder(settings);
    try (DeadLetters letters = DeadLetters.in(dataDir.resolve("dead-letters"), clock);
        @Nullable Store store =
            engine.isLakeOnly() ? null : StoreOpening.open(settings, OptionalInt.empty())) {
      return other.backfill(
          new BackfillJob(
              archive,
              selection,
              engine.lake(settings),
              engine.isIceberg(),
              Optional.ofNullable(store),
              letters,
              engine.master(),
              stopping));
    } catch (EngineException e) {
      throw new NodeException(String.valueOf(e.getMessage()));
    }
  }

  private Backfill.Pace pace(int readers) {
    return batch == null ? Backfill.Pace.of(readers) : new Backfill.Pace(readers, batch);
  }

  private void print(BackfillReport report) {
    PrintWriter out = spec.commandLine().getOut();
    double seconds = Math.max(0.001, report.duration().toMillis() / 1e3);
    out.printf(
        Locale.ROOT,
        "files: %,d read, %,d unchanged, %,d failed%n",
        report.filesRead(),
        report.filesUnchanged(),
        report.filesFailed());
    out.printf(
        Locale.ROOT,
        "rows:  %,d stored, %,d duplicate, %,d rejected%s%n",
        report.stored(),
        report.duplicate(),
        report.rowsRejected(),
        report.outside() == 0 ? "" : ", %,d outside the selection".formatted(report.outside()));
    if (!report.rejected().isEmpty()) {
      out.printf(
          "not taken: %s; see dead-letters/%s%n",
          report.rejected().entrySet().stream()
              .map(reason -> "%s %,d".formatted(reason.getKey().label(), reason.getValue()))
              .collect(Collectors.joining(", ")),
          DeadLetters.FILE);
    }
    out.printf(
        Locale.ROOT,
        "%,.1f MB in %s, %,.0f rows/s%n",
        report.bytes() / 1e6,
        time(report.duration()),
        report.rows() / seconds);
    if (report.filesRead() + report.filesUnchanged() + report.filesFailed() == 0
        && report.broken().isEmpty()) {
      out.println(
          "There is no file of this selection; look at --from, --to, --sensor-type and whether"
              + " --archive is laid out as YYYY-MM-DD/YYYY-MM-DD_TYPE_sensor_ID.csv");
    } else if (report.stored() == 0 && report.isComplete()) {
      out.println("Nothing new: the store has all of it.");
    }
    out.flush();
  }

  private void complain(BackfillReport report) {
    PrintWriter err = spec.commandLine().getErr();
    if (report.broken().isPresent()) {
      err.printf(
          "airlens: %s; what is done is kept, the same command does the rest%n",
          report.broken().get());
    } else if (report.filesFailed() > 0) {
      err.printf(
          Locale.ROOT,
          "airlens: %,d of %,d files failed, first: %s; the same command tries them again%n",
          report.filesFailed(),
          report.filesRead() + report.filesUnchanged() + report.filesFailed(),
          report.problems().getFirst());
    }
    err.flush();
  }

  private FlagValues flags() {
    return new FlagValues(spec);
  }

  private static String time(Duration duration) {
    return duration.toMinutes() == 0
        ? "%.1f s".formatted(duration.toMillis() / 1e3)
        : "%d:%02d min".formatted(duration.toMinutes(), duration.toSecondsPart());
  }
}
