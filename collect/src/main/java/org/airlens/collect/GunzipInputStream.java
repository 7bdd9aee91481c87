package org.airlens.collect;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Reads gzip (RFC 1952), of one member or several; what follows the last one is left alone. The
 * JDK's own stream calls itself for each member that holds nothing, so that a few kilobytes of such
 * members overflow the stack; this one loops.
 */
public final class GunzipInputStream extends InputStream {

  private static final int BUFFER = 1 << 14;
  private static final int FIRST_MAGIC = 0x1F;
  private static final int SECOND_MAGIC = 0x8B;
  private static final int DEFLATE = 8;
  private static final int HAS_HEADER_CHECKSUM = 2;
  private static final int HAS_EXTRA = 4;
  private static final int HAS_NAME = 8;
  private static final int HAS_COMMENT = 16;
  private static final int TIME_AND_SYSTEM_BYTES = 6;

  private final InputStream in;
  private final byte[] compressed = new byte[BUFFER];
  private int at;
  private int end;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private boolean inMember;
  private boolean ended;

  /**
   * A stream of what another has compressed, which it closes.
   *
   * @throws IOException when it does not begin as gzip does
   */
  public GunzipInputStream(InputStream in) throws IOException {
    this.in = in;
    if (next() != FIRST_MAGIC || next() != SECOND_MAGIC) {
      throw new ZipException("it does not begin as gzip does");
    }
    beginMember();
  }

  /**
   * The text of a stream that is gzip or not, told apart by its first bytes.
   *
   * @param in is closed with the result
   */
  public static InputStream ifGzip(InputStream in) throws IOException {
    PushbackInputStream raw = new PushbackInputStream(in, 2);
    int first = raw.read();
    int second = first == FIRST_MAGIC ? raw.read() : -1;
    if (second >= 0) {
      raw.unread(second);
    }
    if (first >= 0) {
      raw.unread(first);
    }
    return second == SECOND_MAGIC ? new GunzipInputStream(raw) : raw;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!ended) {
      int count = inMember ? inflate(buffer, offset, length) : 0;
      if (count > 0) {
        return count;
      }
      if (!inMember) {
        ended = !findMember();
      }
    }
    return -1;
  }

  @Override
  public void close() throws IOException {
    ended = true;
    inflater.end();
    in.close();
  }

  private int inflate(byte[] buffer, int offset, int length) throws IOException {
    try {
      int count = inflater.inflate(buffer, offset, length);
      checksum.update(buffer, offset, count);
      if (inflater.finished()) {
        endMember();
      } else if (count == 0 && inflater.needsInput()) {
        fill();
        inflater.setInput(compressed, at, end - at);
        at = end;
      } else if (count == 0) {
        throw new ZipException("it needs a dictionary");
      }
      return count;
    } catch (DataFormatException e) {
      throw new ZipException(String.valueOf(e.getMessage()));
    }
  }

  private void endMember() throws IOException {
    at = end - inflater.getRemaining();
    long expected = littleEndian();
    long size = littleEndian();
    if (expected != checksum.getValue() || size != (inflater.getBytesWritten() & 0xFFFF_FFFFL)) {
      throw new ZipException("its checksum or size does not match");
    }
    inMember = false;
  }

  /** Stands in a further member when this is true. */
  private boolean findMember() throws IOException {
    if (at == end && !tryFill()) {
      return false;
    }
    if (next() != FIRST_MAGIC || (at == end && !tryFill()) || next() != SECOND_MAGIC) {
      return false;
    }
    beginMember();
    return true;
  }

  /** Reads the header after its two first bytes. */
  private void beginMember() throws IOException {
    if (next() != DEFLATE) {
      throw new ZipException("its compression is not known");
    }
    int flags = next();
    skip(TIME_AND_SYSTEM_BYTES);
    if ((flags & HAS_EXTRA) != 0) {
      skip(next() | next() << 8);
    }
    if ((flags & HAS_NAME) != 0) {
      skipText();
    }
    if ((flags & HAS_COMMENT) != 0) {
      skipText();
    }
    if ((flags & HAS_HEADER_CHECKSUM) != 0) {
      skip(2);
    }
    inflater.reset();
    inflater.setInput(compressed, at, end - at);
    at = end;
    checksum.reset();
    inMember = true;
  }

  private void skip(int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      next();
    }
  }

  private void skipText() throws IOException {
    int b = next();
    while (b != 0) {
      b = next();
    }
  }

  private long littleEndian() throws IOException {
    long value = 0;
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      value |= (long) next() << shift;
    }
    return value;
  }

  private int next() throws IOException {
    if (at == end) {
      fill();
    }
    return compressed[at++] & 0xFF;
  }

  private void fill() throws IOException {
    if (!tryFill()) {
      throw new EOFException("its gzip ends too early");
    }
  }

  private boolean tryFill() throws IOException {
    int count = in.read(compressed, 0, BUFFER);
    at = 0;
    end = Math.max(0, count);
    return count > 0;
  }
}
