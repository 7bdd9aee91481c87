package org.airlens.store.embedded.rollup;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Texts in the files of roll-ups: the number of bytes, then these, in UTF-8. */
final class Texts {

  /** More than any text has. */
  static final int LONGEST = 1 << 20;

  private Texts() {}

  static void write(DataOutput out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /**
   * Reads a text.
   *
   * @throws EOFException when there is none
   */
  static String read(DataInput in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > LONGEST) {
      throw new EOFException("no text");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
