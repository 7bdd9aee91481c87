package org.airlens.benchmarks;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.RunnerException;
import org.slf4j.LoggerFactory;
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
public final class Main implements Callable<Integer> {

  private static final List<String> ALL =
      List.of("aqi", "ingest", "store", "history", "latest", "memory", "export", "backfill");

  private static final int BACKFILLS = 3;
  private static final int ASKED = 250;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Spec private CommandLine.Model.CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "NAME",
      description = {
        "Which, in this order; all unless named:",
        "aqi: index look-ups of each standard;",
        "ingest: a snapshot's bytes to queryable rows, and the parser;",
        "store: the embedded store beside DuckDB;",
        "history: a month in each store beside plain PostgreSQL, with eight readers;",
        "latest: GET /api/v1/latest under load while cycles go on;",
        "memory: 'up' in a small heap;",
        "export: the history as CSV and as Parquet;",
        "backfill: an archive's files beside DuckDB's CSV reader; only with --archive."
      })
  private List<String> names = List.of();

  @Option(names = "--sensors", defaultValue = "25000", description = "Sensors: ${DEFAULT-VALUE}.")
  private int sensors;

  @Option(
      names = "--days",
      defaultValue = "7",
      description = "Days of history for store, latest, memory and export: ${DEFAULT-VALUE}.")
  private int days;

  @Option(
      names = "--step-minutes",
      defaultValue = "60",
      description = "Minutes between a sensor's readings in the history: ${DEFAULT-VALUE}.")
  private int stepMinutes;

  @Option(
      names = "--rows",
      defaultValue = "5000000",
      description = {
        "Readings of history: ${DEFAULT-VALUE}. 100000000 are a month of the whole network,",
        "take up to 25 GB of disk and more than an hour."
      })
  private long rows;

  @Option(
      names = "--postgres",
      paramLabel = "URI",
      description = {
        "The server for history: postgresql://USER:PASSWORD@HOST/DATABASE; makes two schemas",
        "there and drops them. Without it, starts one of its own in the system's temporary folder."
      })
  private Optional<String> postgres = Optional.empty();

  @Option(
      names = "--rounds",
      defaultValue = "60",
      description = "Measured rounds of ingest, after half as many: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--repeats",
      defaultValue = "30",
      description = "How often store times each operation: ${DEFAULT-VALUE}.")
  private int repeats;

  @Option(
      names = "--cycles",
      defaultValue = "60",
      description = "Cycles of memory: ${DEFAULT-VALUE}.")
  private int cycles;

  @Option(
      names = "--heap",
      defaultValue = "512m",
      description = "Heap of the AirLens in latest, memory and export: ${DEFAULT-VALUE}.")
  private String heap;

  @Option(
      names = "--feed",
      paramLabel = "FILE",
      description = "A captured feed snapshot for ingest (JSON, or gzip of it); synthetic if none.")
  private Optional<Path> feed = Optional.empty();

  @Option(
      names = "--archive",
      paramLabel = "DIR",
      description = "A folder of the daily archive for backfill; without it, backfill is left out.")
  private Optional<Path> archive = Optional.empty();

  @Option(
      names = "--work-dir",
      paramLabel = "DIR",
      defaultValue = "${sys:java.io.tmpdir}",
      description = "Where the stores go, on the disk to be measured: ${DEFAULT-VALUE}.")
  private Path workDir;

  @Option(names = "--debug", description = "Show what the libraries log, and where a failure was.")
  private boolean debug;

  private Main() {}

  /** Runs the benchmarks named, or all. */
  public static void main(String[] arguments) {
    Main main = new Main();
    System.exit(
        new CommandLine(main)
            .setUsageHelpAutoWidth(true)
            .setParameterExceptionHandler((e, typed) -> wrongUsage(e))
            .setExecutionExceptionHandler((e, command, parsed) -> main.failed(e, command))
            .execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    check();
    if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof Logger root && !debug) {
      root.setLevel(Level.WARN);
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    for (String name : ALL) {
      boolean possible = !name.equals("backfill") || archive.isPresent();
      if (names.isEmpty() ? possible : names.contains(name)) {
        machine(out);
        run(name, out);
        out.println();
      }
    }
    machine(out);
    return 0;
  }

  /** Others' work on the machine shows in every number. */
  private static void machine(PrintStream out) {
    out.printf(
        "[%s, Java %s, %d processors, load average %.1f]%n",
        Instant.now().truncatedTo(ChronoUnit.SECONDS),
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private void run(String name, PrintStream out) throws Exception {
    Workload workload =
        new Workload(sensors, Duration.ofDays(days), Duration.ofMinutes(stepMinutes));
    switch (name) {
      case "aqi" -> new JmhRuns(out).indices();
      case "ingest" -> ingest(out);
      case "store" -> new StoreComparison(workload, repeats, workDir, out).run();
      case "history" -> new HistoryComparison(rows, ASKED, PATIENCE, postgres, workDir, out).run();
      case "latest" -> new LatestLoad(workload, heap, workDir, out).run();
      case "export" -> new ExportRun(workload, heap, workDir, out).run();
      case "memory" -> new MemoryRun(workload, cycles, heap, workDir, out).run();
      case "backfill" ->
          new BackfillComparison(
                  archive.orElseThrow().toAbsolutePath(), BACKFILLS, heap, workDir, out)
              .run();
      default -> throw new IllegalStateException(name);
    }
  }

  private void ingest(PrintStream out) throws Exception {
    Snapshot snapshot =
        feed.isPresent()
            ? Snapshot.read(feed.get())
            : Snapshot.synthetic(sensors, Instant.now().minus(Duration.ofDays(30)));
    new IngestRounds(snapshot, Math.ceilDiv(rounds, 2), rounds, workDir, out).run();
    parse(snapshot, out);
  }

  private void parse(Snapshot snapshot, PrintStream out) throws IOException, RunnerException {
    try (WorkFolder folder = WorkFolder.below(workDir)) {
      byte[] json = snapshot.json();
      Path document = Files.write(folder.path().resolve("snapshot.json"), json);
      new JmhRuns(out).parser(document, json.length);
    }
  }

  private void check() {
    Set<String> unknown = new LinkedHashSet<>(names);
    ALL.forEach(unknown::remove);
    if (!unknown.isEmpty()) {
      throw wrong("no benchmark " + String.join(", ", unknown) + "; there are " + ALL);
    }
    if (postgres.isPresent() && !postgres.get().startsWith("postgresql://")) {
      throw wrong("--postgres takes postgresql://USER:PASSWORD@HOST:PORT/DATABASE");
    }
    if (rows < 1
        || sensors < 2
        || days < 1
        || stepMinutes < 1
        || rounds < 1
        || repeats < 1
        || cycles < 1) {
      throw wrong("numbers begin at 1, --sensors at 2");
    }
    if (names.contains("backfill") && archive.isEmpty()) {
      throw wrong("backfill needs --archive DIR, a folder of the daily archive");
    }
    if (feed.isPresent() && !Files.isReadable(feed.get())) {
      throw wrong("can't read " + feed.get() + "; name a feed snapshot with --feed");
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private static int wrongUsage(ParameterException e) {
    e.getCommandLine()
        .getErr()
        .println("airlens bench: " + e.getMessage() + " (see airlens bench --help)");
    return CommandLine.ExitCode.USAGE;
  }

  private int failed(Exception e, CommandLine command) {
    command.getErr().println("airlens bench: " + e);
    if (debug) {
      e.printStackTrace(command.getErr());
    }
    return 1;
  }
}
