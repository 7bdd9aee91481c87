package org.airlens.collect.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * What compressed bytes unfold to, as long as that is in proportion: CSV of readings becomes five
 * to forty times smaller, a bomb a thousand times.
 */
final class UnfoldedInputStream extends FilterInputStream {

  private static final long MOST_TIMES = 200;
  private static final long ALWAYS = 4 << 20;

  private final MeasuredInputStream compressed;
  private long unfolded;

  /** The unfolding of a stream, of which it tells how much was read. */
  UnfoldedInputStream(InputStream unfolding, MeasuredInputStream compressed) {
    super(unfolding);
    this.compressed = compressed;
  }

  @Override
  public int read() throws IOException {
    int b = super.read();
    if (b >= 0) {
      count(1);
    }
    return b;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    count(Math.max(0, read));
    return read;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void count(int bytes) throws IOException {
    unfolded += bytes;
    if (unfolded > ALWAYS && unfolded > compressed.count() * MOST_TIMES) {
      throw new IOException(
          "it unfolds to more than %d times its size, as no archive file does"
              .formatted(MOST_TIMES));
    }
  }
}
