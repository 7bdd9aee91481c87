package org.airlens.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a JVM wrote with {@code -Xlog:gc}.
 *
 * @param pauses the pauses, in their order
 */
record GcLog(List<Pause> pauses) {

  private static final Pattern PAUSE =
      Pattern.compile("Pause ([A-Z].*?) (\\d+)M->(\\d+)M\\(\\d+M\\) ([0-9.]+)ms");

  /**
   * One pause.
   *
   * @param full whether it collected the whole heap
   * @param heapAfterMiB the heap in use after it
   * @param millis how long it was
   */
  record Pause(boolean full, long heapAfterMiB, double millis) {}

  /** Reads a log as far as it is written. */
  static GcLog read(Path file) throws IOException {
    return of(Files.readAllLines(file));
  }

  /** Reads the lines of a log. */
  static GcLog of(List<String> lines) {
    List<Pause> pauses = new ArrayList<>();
    for (String line : lines) {
      Matcher pause = PAUSE.matcher(line);
      if (pause.find()) {
        pauses.add(
            new Pause(
                pause.group(1).startsWith("Full"),
                Long.parseLong(pause.group(3)),
                Double.parseDouble(pause.group(4))));
      }
    }
    return new GcLog(List.copyOf(pauses));
  }

  /** The heap in use after the last full collection, in MiB; 0 when there was none. */
  long liveMiB() {
    return pauses.stream()
        .filter(Pause::full)
        .reduce((a, b) -> b)
        .map(Pause::heapAfterMiB)
        .orElse(0L);
  }

  /** The largest heap that a collection left, in MiB. */
  long largestAfterMiB() {
    return pauses.stream().mapToLong(Pause::heapAfterMiB).max().orElse(0);
  }

  /** The longest pause that was not a full collection, in milliseconds. */
  double longestMillis() {
    return pauses.stream()
        .filter(pause -> !pause.full())
        .mapToDouble(Pause::millis)
        .max()
        .orElse(0);
  }
}
