package org.airlens.benchmarks;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Results by operation and candidate, printed as Markdown, each with its ratio to the first. */
final class ResultTable {

  private final Set<String> candidates = new LinkedHashSet<>();
  private final Map<String, Map<String, Cell>> rows = new LinkedHashMap<>();

  /** Notes a number. */
  void put(String candidate, String operation, double value, String format) {
    put(candidate, operation, new Cell(value, format.formatted(value)));
  }

  /** Notes the median of durations, with the 95th percentile. */
  void put(String candidate, String operation, Timings timings) {
    put(candidate, operation, timings, 0.95);
  }

  /** Notes the median of durations, with a quantile of their tail. */
  void put(String candidate, String operation, Timings timings, double tail) {
    double median = timings.medianMillis();
    put(
        candidate,
        operation + ", ms",
        new Cell(
            median,
            "%.2f (p%.0f %.2f)".formatted(median, tail * 100, timings.quantileMillis(tail))));
  }

  /** Prints the table. */
  void print(PrintStream out) {
    StringJoiner head = new StringJoiner(" | ", "| ", " |");
    StringJoiner line = new StringJoiner("|", "|", "|");
    head.add("median");
    line.add("---");
    for (String candidate : candidates) {
      head.add(candidate);
      line.add("---");
    }
    out.println(head);
    out.println(line);
    rows.forEach((operation, cells) -> out.println(row(operation, cells)));
  }

  private String row(String operation, Map<String, Cell> cells) {
    StringJoiner row = new StringJoiner(" | ", "| ", " |");
    row.add(operation);
    Cell first = null;
    for (String candidate : candidates) {
      Cell cell = cells.get(candidate);
      row.add(cell == null ? "" : cell.text() + ratio(cell, first));
      first = first == null ? cell : first;
    }
    return row.toString();
  }

  private static String ratio(Cell cell, @Nullable Cell first) {
    return first == null ? "" : ", × %.2g".formatted(cell.value() / first.value());
  }

  private void put(String candidate, String operation, Cell cell) {
    candidates.add(candidate);
    rows.computeIfAbsent(operation, ignored -> new LinkedHashMap<>()).put(candidate, cell);
  }

  private record Cell(double value, String text) {}
}
