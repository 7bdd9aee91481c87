package org.airlens.collect.feed;

import java.io.IOException;
import java.io.InputStream;

/** The rest of a broken array as an array of its own: a bracket, then what the tape has. */
final class ResumedArray extends InputStream {

  private final Tape tape;
  private boolean begun;

  ResumedArray(Tape tape) {
    this.tape = tape;
  }

  @Override
  public int read() throws IOException {
    if (!begun) {
      begun = true;
      return '[';
    }
    return tape.read();
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (!begun && length > 0) {
      begun = true;
      buffer[offset] = '[';
      return 1;
    }
    return tape.read(buffer, offset, length);
  }
}
