package org.airlens.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The rows of a CSV as they stand, line breaks inside quotes included (RFC 4180). */
final class CsvRows {

  /** A row longer than this comes from a quote that is never closed. */
  private static final int MAX_CHARS = 1 << 20;

  private static final char QUOTE = '"';

  private final BufferedReader in;
  private final StringBuilder text = new StringBuilder();
  private String end = "\n";
  private long line;
  private long nextLine = 1;

  CsvRows(BufferedReader in) {
    this.in = in;
  }

  /** Goes to the next row; false at the end. */
  boolean next() throws IOException, CsvAnnotator.UnusableCsvException {
    text.setLength(0);
    line = nextLine;
    boolean quoted = false;
    for (int read = in.read(); read >= 0; read = in.read()) {
      char c = (char) read;
      if (c == '\n') {
        nextLine++;
        if (!quoted) {
          takeLineEnd();
          return true;
        }
      }
      quoted ^= c == QUOTE;
      text.append(c);
      if (text.length() > MAX_CHARS) {
        throw new CsvAnnotator.UnusableCsvException(
            "the row from line " + line + " on is too long; is a quote not closed?");
      }
    }
    end = "\n";
    return !text.isEmpty();
  }

  /** The row as it stands, without its line end. */
  String text() {
    return text.toString();
  }

  /** The row's line end; the last row has one also where the input has none. */
  String end() {
    return end;
  }

  /** The number of the row's first line, from 1. */
  long line() {
    return line;
  }

  /** The row's cells, unquoted. */
  List<String> cells(char separator) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == QUOTE && quoted && i + 1 < text.length() && text.charAt(i + 1) == QUOTE) {
        cell.append(QUOTE);
        i++;
      } else if (c == QUOTE) {
        quoted = !quoted;
      } else if (c == separator && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }

  private void takeLineEnd() {
    int last = text.length() - 1;
    boolean carriageReturn = last >= 0 && text.charAt(last) == '\r';
    if (carriageReturn) {
      text.setLength(last);
    }
    end = carriageReturn ? "\r\n" : "\n";
  }
}
