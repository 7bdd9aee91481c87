package org.airlens.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.airlens.aqi.AqiStandard;
import org.airlens.aqi.Assessment;
import org.airlens.aqi.Pollutant;
import org.airlens.server.format.CsvRows;

/**
 * Copies CSV row by row and adds each row's index, band and colour. The separator, comma or
 * semicolon, is the header's. A row that has not as many cells as the header gets no index: which
 * cell is whose is not known. Memory does not grow with the input. Used once, by one thread.
 */
final class CsvAnnotator {

  /** The input is no CSV that indices can be added to; the message says what would mend it. */
  static final class UnusableCsvException extends Exception {
    private static final long serialVersionUID = 1;

    UnusableCsvException(String message) {
      super(message);
    }
  }

  /** A column that holds the concentrations of a pollutant. */
  private record Column(int place, Pollutant pollutant) {}

  private static final int ROWS_BETWEEN_CHECKS = 1024;
  private static final String VALUE = "value";
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final AqiStandard standard;
  private final Optional<Pollutant> pollutant;
  private int width;
  private long rows;
  private long rowsWithoutIndex;
  private String firstWithout = "";

  /**
   * Makes an annotator.
   *
   * @param standard which index
   * @param pollutant only this one's column, or that of a column named {@code value}; empty for all
   */
  CsvAnnotator(AqiStandard standard, Optional<Pollutant> pollutant) {
    this.standard = standard;
    this.pollutant = pollutant;
  }

  /**
   * Copies and adds.
   *
   * @throws UnusableCsvException when the header is missing or names no pollutant
   * @throws CsvRows.EndlessRowException when a row is endless
   */
  void annotate(Reader in, PrintWriter out) throws IOException, UnusableCsvException {
    CsvRows input = new CsvRows(in);
    if (!input.next()) {
      throw new UnusableCsvException("the CSV is empty; its first row must name the columns");
    }
    char separator = input.text().indexOf(',') < 0 && input.text().indexOf(';') >= 0 ? ';' : ',';
    List<String> header = input.cells(separator);
    width = header.size();
    List<Column> columns = columns(header);
    out.print(input.text());
    add(out, separator, "index", "band", "colour");
    out.print(input.end());
    while (input.next() && !isBroken(out)) {
      if (input.text().isBlank()) {
        out.print(input.text() + input.end());
        continue;
      }
      rows++;
      List<String> cells = input.cells(separator);
      Optional<Assessment> worst = worst(columns, cells, input.line());
      out.print(input.text());
      // A row that is too short gets the missing cells, so that what is added finds its columns.
      out.print(Character.toString(separator).repeat(Math.max(0, width - cells.size())));
      add(
          out,
          separator,
          worst.map(found -> IndexText.index(found.index())).orElse(""),
          worst.map(found -> found.band().label()).orElse(""),
          worst.map(found -> found.band().colour()).orElse(""));
      out.print(input.end());
    }
  }

  /** How many rows have no index, with the first of them; empty when all have one. */
  Optional<String> warning() {
    return rowsWithoutIndex == 0
        ? Optional.empty()
        : Optional.of(
            "%d of %d rows have no index, first %s"
                .formatted(rowsWithoutIndex, rows, firstWithout));
  }

  /**
   * Whether nobody reads any more, as behind {@code | head}. Asking flushes, so it is asked seldom;
   * standard output keeps its error to itself, so it is asked too.
   */
  private boolean isBroken(PrintWriter out) {
    return rows % ROWS_BETWEEN_CHECKS == 0 && (out.checkError() || System.out.checkError());
  }

  private List<Column> columns(List<String> header) throws UnusableCsvException {
    List<Column> columns = new ArrayList<>();
    for (int place = 0; place < header.size(); place++) {
      String name = header.get(place).replace(BYTE_ORDER_MARK, "").strip();
      int at = place;
      Optional<Pollutant> named =
          name.equalsIgnoreCase(VALUE) ? pollutant : Pollutant.find(name).filter(this::isWanted);
      named.ifPresent(found -> columns.add(new Column(at, found)));
    }
    if (columns.isEmpty()) {
      throw new UnusableCsvException(
          "the CSV's first row names no column "
              + pollutant
                  .map(only -> only.id() + " or " + VALUE)
                  .orElseGet(() ->
                      standard.pollutants().stream()
                              .map(Pollutant::id)
                              .collect(Collectors.joining(", "))
                          + ", nor --pollutant what its column "
                          + VALUE
                          + " holds"));
    }
    return columns;
  }

  private boolean isWanted(Pollutant found) {
    return pollutant.map(found::equals).orElseGet(() -> standard.pollutants().contains(found));
  }

  private Optional<Assessment> worst(List<Column> columns, List<String> cells, long line) {
    Optional<Assessment> worst = Optional.empty();
    String reason = "it holds no concentration";
    if (cells.size() != width) {
      reason = "it has %d cells, the first row %d".formatted(cells.size(), width);
      columns = List.of();
    }
    for (Column column : columns) {
      String cell = cells.get(column.place());
      OptionalDouble value = Concentrations.parse(cell);
      if (value.isEmpty()) {
        reason = cell.isBlank() ? reason : "'" + abridged(cell) + "' is no number";
        continue;
      }
      Optional<Assessment> found = standard.assess(column.pollutant(), value.getAsDouble());
      if (found.isEmpty()) {
        reason = Concentrations.whyNoIndex(value.getAsDouble());
      } else if (worst.isEmpty() || found.get().index() > worst.get().index()) {
        worst = found;
      }
    }
    if (worst.isEmpty() && ++rowsWithoutIndex == 1) {
      firstWithout = "in line " + line + ": " + reason;
    }
    return worst;
  }

  private static String abridged(String cell) {
    return cell.length() <= 40 ? cell : cell.substring(0, 40) + "…";
  }

  private static void add(PrintWriter out, char separator, String... cells) {
    for (String cell : cells) {
      out.print(separator);
      out.print(cell);
    }
  }
}
