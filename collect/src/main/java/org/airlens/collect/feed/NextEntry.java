package org.airlens.collect.feed;

import java.io.IOException;

/** Finds where entries begin, byte by byte, where the JSON around them can't be trusted. */
final class NextEntry {

  /** An honest entry is shorter. */
  private static final int MAX_ENTRY_BYTES = 1 << 16;

  private static final int END = -1;

  private final Tape tape;
  private boolean skippedText;

  NextEntry(Tape tape) {
    this.tape = tape;
  }

  /** Stands at the document's opening bracket when this is true; it is no array otherwise. */
  boolean findArray() throws IOException {
    int b = tape.read();
    if (b == 0xEF && tape.read() == 0xBB && tape.read() == 0xBF) {
      b = tape.read(); // A byte order mark came first.
    }
    while (isSpace(b)) {
      b = tape.read();
    }
    if (b != '[') {
      tape.read(new byte[512], 0, 512); // So that the rejection shows what it is instead.
      return false;
    }
    tape.goTo(tape.position() - 1);
    return true;
  }

  /** Stands at an object that follows the end of the array when this is true. */
  boolean findAfterArray() throws IOException {
    skippedText = false;
    while (true) {
      int b = tape.read();
      if (b == END) {
        return false;
      }
      if (b == '{') {
        tape.goTo(tape.position() - 1);
        return true;
      }
      skippedText |= !isSpace(b);
    }
  }

  /** Whether {@link #findAfterArray} passed over anything but space. */
  boolean skippedText() {
    return skippedText;
  }

  /**
   * Stands at the first entry that can be found after a broken one when this is true.
   *
   * @param broken the offset of the broken entry, or of the text between entries that is no JSON
   */
  boolean findAfterBroken(long broken) throws IOException {
    tape.goTo(broken);
    if (tape.read() == '{' && skipBalanced()) {
      return findAfterArray();
    }
    // Its brackets don't match: whatever looks like the seam between two entries must do.
    tape.goTo(broken + 1);
    return toSeam();
  }

  /** The offset of the first byte at or after an offset that is no space and no comma. */
  long skipSeparators(long offset) throws IOException {
    tape.goTo(offset);
    int b = tape.read();
    while (isSpace(b) || b == ',') {
      b = tape.read();
    }
    return b == END ? tape.position() : tape.position() - 1;
  }

  /** Passes the rest of an object whose brace was read; false when its brackets don't match. */
  private boolean skipBalanced() throws IOException {
    long limit = tape.position() + MAX_ENTRY_BYTES;
    int depth = 1;
    boolean inString = false;
    while (tape.position() < limit) {
      int b = tape.read();
      if (b == END) {
        return false;
      }
      if (inString) {
        if (b == '\\') {
          tape.read();
        } else if (b == '"') {
          inString = false;
        }
      } else if (b == '"') {
        inString = true;
      } else if (b == '{' || b == '[') {
        depth++;
      } else if (b == '}' || b == ']') {
        depth--;
        if (depth == 0) {
          return b == '}';
        }
      }
    }
    return false;
  }

  /** Goes to the brace of the next {@code },{}. */
  private boolean toSeam() throws IOException {
    int matched = 0;
    while (true) {
      int b = tape.read();
      if (b == END) {
        return false;
      }
      if (b == '}') {
        matched = 1;
      } else if (b == ',' && matched == 1) {
        matched = 2;
      } else if (b == '{' && matched == 2) {
        tape.goTo(tape.position() - 1);
        return true;
      } else if (!isSpace(b)) {
        matched = 0;
      }
    }
  }

  private static boolean isSpace(int b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
