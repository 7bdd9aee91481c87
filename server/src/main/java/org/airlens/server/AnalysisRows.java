package org.airlens.server;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.airlens.server.format.CsvRows;
import org.airlens.server.format.ReadingFormat;

/**
 * Some of an analysis's rows, in one pass over its CSV. In memory is one row at a time, or as many
 * as {@code limit} says where the largest are asked for.
 *
 * @param wanted the columns' names, and what a row must have in each
 * @param top the column of numbers whose largest magnitudes come first
 * @param limit at most so many rows
 */
record AnalysisRows(Map<String, Set<String>> wanted, Optional<String> top, long limit) {

  static final int MOST_TOP = 1_000;

  private static final int DEFAULT_TOP = 100;
  private static final int ROWS_A_TURN = 1_000;
  private static final char SEPARATOR = ',';

  /** The rows that a query asks for, empty when it wants all of them. */
  static Optional<AnalysisRows> of(Query query, AnalysisTable table) {
    Map<String, Set<String>> wanted = new TreeMap<>();
    for (Parameter filter : table.filters()) {
      String name = filter.name();
      if (query.has(name)) {
        wanted.put(
            name,
            filter.equals(Parameter.MEASURE)
                ? Set.of(Filters.measure(query.text(name).orElseThrow()))
                : query.ids(name).stream().map(String::valueOf).collect(Collectors.toSet()));
      }
    }
    Optional<String> top = query.text("top");
    long most = top.isPresent() ? MOST_TOP : Long.MAX_VALUE;
    long limit = query.whole("limit", 1, most).orElse(top.isPresent() ? DEFAULT_TOP : most);
    return wanted.isEmpty() && top.isEmpty() && !query.has("limit")
        ? Optional.empty()
        : Optional.of(new AnalysisRows(wanted, top, limit));
  }

  /**
   * Sends them, below the header.
   *
   * @throws ProblemException when the file lacks a column
   */
  void send(Exchange exchange, InputStream csv) throws IOException {
    CsvRows rows = new CsvRows(new InputStreamReader(csv, StandardCharsets.UTF_8));
    List<String> columns = rows.next() ? rows.cells(SEPARATOR) : List.of();
    TreeMap<Integer, Set<String>> cells = new TreeMap<>();
    wanted.forEach((name, texts) -> cells.put(place(columns, name), texts));
    Optional<Integer> ranked = top.map(name -> ranked(columns, name));
    String header = rows.text() + rows.end();
    exchange.stream(
        ReadingFormat.CSV.contentType(),
        true,
        out -> {
          Writer lines = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
          lines.write(header);
          if (ranked.isPresent()) {
            for (Ranked row : largest(rows, cells, ranked.get())) {
              lines.write(row.text());
            }
          } else {
            for (long left = limit; left > 0 && next(rows, cells); left--) {
              lines.write(rows.text() + rows.end());
            }
          }
          lines.flush();
        });
  }

  private static int place(List<String> columns, String name) {
    int place = columns.indexOf(name);
    if (place < 0) {
      throw ProblemException.of(
          503, "the table in the served folder has no column %s; analyze anew".formatted(name));
    }
    return place;
  }

  private static int ranked(List<String> columns, String name) {
    int place = columns.indexOf(name);
    if (place < 0) {
      throw Query.wrong(
          "top", "'%s' is none of %s".formatted(Query.shown(name), String.join(", ", columns)));
    }
    return place;
  }

  /** Goes to the next row that is wanted. */
  private static boolean next(CsvRows rows, TreeMap<Integer, Set<String>> wanted)
      throws IOException {
    // Of most rows nothing is read behind the columns that tell that they are not wanted.
    int width = wanted.isEmpty() ? 1 : wanted.lastKey() + 1;
    for (long passed = 1; rows.next(); passed++) {
      if (passed % ROWS_A_TURN == 0) {
        StoreGate.stepAside();
      }
      if (!rows.isEmpty() && isWanted(rows.cells(SEPARATOR, width), wanted)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isWanted(List<String> cells, TreeMap<Integer, Set<String>> wanted) {
    return wanted.entrySet().stream()
        .allMatch(
            one -> one.getKey() < cells.size() && one.getValue().contains(cells.get(one.getKey())));
  }

  /** The rows with the largest magnitudes, those first; of equal ones the earlier. */
  private List<Ranked> largest(CsvRows rows, TreeMap<Integer, Set<String>> wanted, int place)
      throws IOException {
    PriorityQueue<Ranked> found = new PriorityQueue<>(Ranked.LARGEST_FIRST.reversed());
    while (next(rows, wanted)) {
      double magnitude = magnitude(rows.cells(SEPARATOR, place + 1), place);
      if (!Double.isNaN(magnitude)) {
        found.add(new Ranked(magnitude, rows.line(), rows.text() + rows.end()));
        if (found.size() > limit) {
          found.remove();
        }
      }
    }
    List<Ranked> sorted = new ArrayList<>(found);
    sorted.sort(Ranked.LARGEST_FIRST);
    return sorted;
  }

  private static double magnitude(List<String> cells, int place) {
    try {
      return place < cells.size() ? Math.abs(Double.parseDouble(cells.get(place))) : Double.NaN;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private record Ranked(double magnitude, long line, String text) {
    static final Comparator<Ranked> LARGEST_FIRST =
        Comparator.comparingDouble(Ranked::magnitude).reversed().thenComparingLong(Ranked::line);
  }
}
