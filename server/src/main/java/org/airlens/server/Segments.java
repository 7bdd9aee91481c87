package org.airlens.server;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Bytes in pieces, for answers that are large and kept. One array for each would be copied while it
 * grows, and so large that the garbage collector must find it a place of its own.
 */
final class Segments extends OutputStream {

  private static final int FIRST = 1 << 12;
  private static final int NEXT = 1 << 16;

  private final List<byte[]> full = new ArrayList<>();
  private byte[] last = new byte[FIRST];
  private int used;
  private int size;

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    int from = offset;
    int left = length;
    while (left > 0) {
      if (used == last.length) {
        full.add(last);
        last = new byte[NEXT];
        used = 0;
      }
      int some = Math.min(left, last.length - used);
      System.arraycopy(bytes, from, last, used, some);
      used += some;
      from += some;
      left -= some;
    }
    size += length;
  }

  /** Gives back the room that nothing was written into; nothing more is written. */
  @Override
  public void close() {
    last = Arrays.copyOf(last, used);
  }

  /** How many bytes there are. */
  int size() {
    return size;
  }

  /** Writes them all, piece by piece. */
  void writeTo(OutputStream out) throws IOException {
    for (byte[] segment : full) {
      out.write(segment);
    }
    out.write(last, 0, used);
  }
}
