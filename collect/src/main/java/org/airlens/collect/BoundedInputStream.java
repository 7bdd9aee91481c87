package org.airlens.collect;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Fails beyond a size, so that a small file can't unfold into an endless document. Everything up to
 * the limit is delivered first.
 */
public final class BoundedInputStream extends FilterInputStream {

  private static final long MEBIBYTE = 1 << 20;

  private final long maxBytes;
  private long left;

  /** A stream that delivers at most so many bytes of another, which it closes. */
  public BoundedInputStream(InputStream in, long maxBytes) {
    super(in);
    this.maxBytes = maxBytes;
    left = maxBytes;
  }

  @Override
  public int read() throws IOException {
    int b = super.read();
    if (b >= 0 && left-- <= 0) {
      throw tooLarge();
    }
    return b;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (left <= 0) {
      return length == 0 ? 0 : read();
    }
    int count = super.read(buffer, offset, (int) Math.min(length, left));
    left -= Math.max(0, count);
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = super.skip(Math.min(count, Math.max(0, left)));
    left -= skipped;
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private IOException tooLarge() {
    String limit =
        maxBytes >= MEBIBYTE ? "%d MiB".formatted(maxBytes / MEBIBYTE) : maxBytes + " bytes";
    return new IOException(
        "it is larger than the limit of %s; raise the limit if it should be".formatted(limit));
  }
}
