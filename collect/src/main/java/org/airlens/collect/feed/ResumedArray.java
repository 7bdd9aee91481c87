package org.airlens.collect.feed;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;

/** The rest of an array as an array of its own: its beginning, then what the tape has. */
final class ResumedArray extends InputStream {

  /** The beginning of an array before its first entry. */
  static final String BEFORE_ENTRY = "[";

  /** The beginning of an array after an entry: a comma or the end of the array must follow. */
  static final String AFTER_ENTRY = "[\"\"";

  private final byte[] beginning;
  private final Tape tape;
  private int begun;

  ResumedArray(String beginning, Tape tape) {
    this.beginning = beginning.getBytes(US_ASCII);
    this.tape = tape;
  }

  @Override
  public int read() throws IOException {
    return begun < beginning.length ? beginning[begun++] : tape.read();
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = Math.min(length, beginning.length - begun);
    if (count == 0) {
      return tape.read(buffer, offset, length);
    }
    System.arraycopy(beginning, begun, buffer, offset, count);
    begun += count;
    return count;
  }
}
