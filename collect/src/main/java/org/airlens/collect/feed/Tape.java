package org.airlens.collect.feed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * A document as it is read, of which the last stretch can be read again: to show a record that was
 * not taken, and to find the next one after a broken one. Closes nothing.
 */
final class Tape extends InputStream {

  /** How many bytes can be read again. */
  static final int LENGTH = 1 << 18;

  private static final int CHUNK = 1 << 14;

  private final InputStream source;
  private final byte[] ring = new byte[LENGTH];
  private long position;
  private long end;

  Tape(InputStream source) {
    this.source = source;
  }

  /** The offset of the next byte. */
  long position() {
    return position;
  }

  /** How many bytes have come from the source. */
  long bytesRead() {
    return end;
  }

  /** Whether there is nothing more to read. */
  boolean atEnd() throws IOException {
    return position == end && !fill(CHUNK);
  }

  /** Goes to an offset that was read, or to the oldest byte still there if it is gone. */
  void goTo(long offset) {
    position = Math.min(end, Math.max(offset, oldest()));
  }

  /** What {@link #index} of an offset points into. */
  byte[] bytes() {
    return ring;
  }

  /**
   * How many bytes from an offset on lie side by side in {@link #bytes}, as far as they were read.
   */
  int sideBySide(long offset) {
    return (int) Math.min(end - offset, LENGTH - index(offset));
  }

  /** Whether more bytes can come to lie beside those that do, after an offset. */
  boolean readBeside(long offset) throws IOException {
    return offset + sideBySide(offset) == end && index(end) != 0 && fill(CHUNK);
  }

  /** The text between two offsets, as far as it is still there, shortened. */
  String excerpt(long from, long to, int maxBytes) {
    long first = Math.max(from, oldest());
    int length = (int) Math.max(0, Math.min(Math.min(to, end) - first, maxBytes));
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = ring[index(first + i)];
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public int read() throws IOException {
    if (position == end && !fill(CHUNK)) {
      return -1;
    }
    return ring[index(position++)] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (position == end && !fill(Math.max(length, CHUNK))) {
      return -1;
    }
    int available = (int) Math.min(end - position, length);
    int untilWrap = LENGTH - index(position);
    int count = Math.min(available, untilWrap);
    System.arraycopy(ring, index(position), buffer, offset, count);
    position += count;
    return count;
  }

  private boolean fill(int wanted) throws IOException {
    int room = Math.min(Math.min(wanted, CHUNK), LENGTH - index(end));
    int count = source.read(ring, index(end), room);
    end += Math.max(0, count);
    return count > 0;
  }

  private long oldest() {
    return Math.max(0, end - LENGTH);
  }

  /** Where the byte of an offset lies. */
  static int index(long offset) {
    return (int) (offset & LENGTH - 1);
  }
}
