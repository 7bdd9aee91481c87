package org.airlens.collect.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The lines of a document, each where it lies in a buffer. A line ends with a line feed, a carriage
 * return or both, however these are mixed. Not thread-safe.
 */
final class CsvLines {

  /** Honest lines are a hundred bytes long. */
  static final int LONGEST = 1 << 14;

  private static final int BUFFER = 1 << 16;
  private static final int EXCERPT = 1_024;

  /** What was found. */
  enum Found {
    /** A line that is not empty. */
    LINE,
    /** A line that is longer than any honest one; it was skipped to its end. */
    TOO_LONG,
    /** The end of the document. */
    END
  }

  private final byte[] bytes = new byte[BUFFER];
  private InputStream document = InputStream.nullInputStream();
  private int filled;
  private boolean drained;

  /** The offset in the document of the buffer's first byte. */
  private long base;

  private int next;
  private int start;
  private int end;
  private boolean terminated;
  private long lineOffset;
  private String excerpt = "";

  void begin(InputStream newDocument) {
    document = newDocument;
    filled = 0;
    drained = false;
    base = 0;
    next = 0;
  }

  /** Finds the next line, passing empty ones. */
  Found next() throws IOException {
    while (true) {
      int lineEnd = findEnd();
      if (lineEnd < 0) {
        return tooLong();
      }
      start = next;
      end = lineEnd;
      terminated = lineEnd < filled;
      lineOffset = base + start;
      next = Math.min(filled, lineEnd + 1);
      if (end > start) {
        return Found.LINE;
      }
      if (!terminated) {
        return Found.END;
      }
    }
  }

  /** The buffer that holds the line; good until the next one is asked for. */
  byte[] bytes() {
    return bytes;
  }

  /** The index of the line's first byte. */
  int start() {
    return start;
  }

  /** Moves the beginning of the line, over a byte order mark. */
  void skip(int count) {
    start += count;
  }

  /** The index after the line's last byte. */
  int end() {
    return end;
  }

  /** Whether the line has an end, and is not where the document breaks off. */
  boolean isTerminated() {
    return terminated;
  }

  /** Where the line begins in the document. */
  long offset() {
    return lineOffset;
  }

  /** The line's text, shortened. */
  String excerpt() {
    return excerpt.isEmpty() ? text(start, end) : excerpt;
  }

  /** How many bytes of the document have been passed. */
  long position() {
    return base + next;
  }

  /** The index of the line's end, or of where the document ends; −1 when that is too far. */
  private int findEnd() throws IOException {
    excerpt = "";
    int at = next;
    while (true) {
      for (; at < filled; at++) {
        byte b = bytes[at];
        if (b <= '\r' && (b == '\n' || b == '\r')) {
          return at - next > LONGEST ? -1 : at;
        }
      }
      if (drained) {
        return at - next > LONGEST ? -1 : at;
      }
      if (at - next > LONGEST) {
        return -1;
      }
      at -= fill();
    }
  }

  /** Reads on, moving the line to the buffer's beginning; by how much it was moved. */
  private int fill() throws IOException {
    int moved = 0;
    if (next > 0 && BUFFER - filled < BUFFER / 2) {
      moved = next;
      System.arraycopy(bytes, next, bytes, 0, filled - next);
      base += next;
      filled -= next;
      next = 0;
    }
    int count = document.read(bytes, filled, BUFFER - filled);
    if (count < 0) {
      drained = true;
    } else {
      filled += count;
    }
    return moved;
  }

  private Found tooLong() throws IOException {
    lineOffset = base + next;
    String beginning = text(next, Math.min(filled, next + EXCERPT));
    terminated = false;
    while (!terminated && !(drained && next == filled)) {
      for (; next < filled && !terminated; next++) {
        terminated = bytes[next] == '\n' || bytes[next] == '\r';
      }
      if (!terminated) {
        base += next;
        next = 0;
        filled = 0;
        fill();
      }
    }
    excerpt = beginning;
    return Found.TOO_LONG;
  }

  private String text(int from, int to) {
    return new String(bytes, from, Math.min(to - from, EXCERPT), StandardCharsets.UTF_8);
  }
}
