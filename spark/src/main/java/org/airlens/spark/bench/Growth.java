package org.airlens.spark.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.FileUtil;

/**
 * How the time of {@code airlens backfill} grows with an archive's rows: the local engine into the
 * embedded store, and Spark on one and on two cores into a lake. Each run is a process of its own,
 * timed from its start to its end.
 */
final class Growth {

  private final Path launcher;
  private final Path work;
  private final PrintStream out;

  /** An engine and what asks for it. */
  private record Engine(String name, List<String> arguments) {
    static Engine spark(String master) {
      return new Engine(
          "Spark " + master, List.of("--engine", "spark", "--lake-only", "--master", master));
    }
  }

  private static final List<Engine> ENGINES =
      List.of(
          new Engine("in process", List.of()), Engine.spark("local[1]"), Engine.spark("local[2]"));

  Growth(Path launcher, Path work, PrintStream out) {
    this.launcher = launcher;
    this.work = work;
    this.out = out;
  }

  /** Prints a line of CSV for each number of rows, which must rise, and each engine. */
  void run(List<Long> sizes) throws IOException, InterruptedException {
    Path archive = Files.createDirectories(work.resolve("archive"));
    try {
      out.println("rows,engine,seconds,rows_per_second");
      int days = 0;
      for (long size : sizes) {
        boolean isFirst = days == 0;
        days = SyntheticArchive.extend(archive, days, size);
        long rows = (long) days * SyntheticArchive.ROWS;
        if (isFirst) {
          for (Engine engine : ENGINES) { // Not timed: the launcher may have to build it.
            run(engine, archive, rows);
          }
        }
        for (Engine engine : ENGINES) {
          double seconds = run(engine, archive, rows);
          out.printf(
              Locale.ROOT, "%d,%s,%.1f,%.0f%n", rows, engine.name(), seconds, rows / seconds);
        }
      }
    } finally {
      FileUtil.fullyDelete(archive.toFile());
    }
  }

  private double run(Engine engine, Path archive, long rows)
      throws IOException, InterruptedException {
    Path data = work.resolve("data");
    Path report = work.resolve("report.txt");
    List<String> command =
        new ArrayList<>(
            List.of(
                launcher.toString(), "backfill", "--archive", archive.toString(), "--data-dir"));
    command.add(data.toString());
    command.addAll(engine.arguments());
    try {
      long begin = System.nanoTime();
      int exit =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(report.toFile())
              .start()
              .waitFor();
      double seconds = (System.nanoTime() - begin) / 1e9;
      String said = Files.readString(report);
      if (exit != 0 || !said.contains(String.format(Locale.ROOT, " %,d stored", rows))) {
        throw new IOException("%s did not store %d rows: %s".formatted(engine.name(), rows, said));
      }
      return seconds;
    } finally {
      FileUtil.fullyDelete(data.toFile());
      Files.deleteIfExists(report);
    }
  }
}
