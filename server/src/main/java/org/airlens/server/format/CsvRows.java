package org.airlens.server.format;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of a CSV as they stand, line breaks inside quotes included (RFC 4180). One row is in
 * memory at a time. Used by one thread.
 */
public final class CsvRows {

  /** A row has no end; the message says which. */
  public static final class EndlessRowException extends IOException {
    private static final long serialVersionUID = 1;

    EndlessRowException(String message) {
      super(message);
    }
  }

  /** A row longer than this comes from a quote that is never closed. */
  private static final int MAX_CHARS = 1 << 20;

  private static final char QUOTE = '"';

  private final Reader in;
  private final char[] buffer = new char[1 << 14];
  private int filled;
  private int at;
  private final StringBuilder text = new StringBuilder();
  private String end = "\n";
  private long line;
  private long nextLine = 1;

  /** Rows of a text, which the caller closes. */
  public CsvRows(Reader in) {
    this.in = in;
  }

  /**
   * Goes to the next row; false at the end.
   *
   * @throws EndlessRowException when a row has more than a million characters
   */
  public boolean next() throws IOException {
    text.setLength(0);
    line = nextLine;
    boolean quoted = false;
    for (int read = read(); read >= 0; read = read()) {
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
        throw new EndlessRowException(
            "the row from line " + line + " on is too long; is a quote not closed?");
      }
    }
    end = "\n";
    return !text.isEmpty();
  }

  /** Whether there is nothing in the row. */
  public boolean isEmpty() {
    return text.isEmpty();
  }

  /** The row as it stands, without its line end. */
  public String text() {
    return text.toString();
  }

  /** The row's line end; the last row has one also where the input has none. */
  public String end() {
    return end;
  }

  /** The number of the row's first line, from 1. */
  public long line() {
    return line;
  }

  /** The row's cells, unquoted. */
  public List<String> cells(char separator) {
    return cells(separator, Integer.MAX_VALUE);
  }

  /** The row's first cells, unquoted, at most so many. */
  public List<String> cells(char separator, int most) {
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
        if (cells.size() == most) {
          return cells;
        }
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }

  private int read() throws IOException {
    if (at == filled) {
      filled = in.read(buffer);
      at = 0;
      if (filled <= 0) {
        filled = 0;
        return -1;
      }
    }
    return buffer[at++];
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
