package org.airlens.collect.capture;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Fails beyond a size, so that a small file can't unfold into an endless document. */
final class BoundedInputStream extends FilterInputStream {

  private final long maxBytes;
  private final String name;
  private long read;

  BoundedInputStream(InputStream in, long maxBytes, String name) {
    super(in);
    this.maxBytes = maxBytes;
    this.name = name;
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
    int count = super.read(buffer, offset, length);
    if (count > 0) {
      count(count);
    }
    return count;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void count(int bytes) throws IOException {
    read += bytes;
    if (read > maxBytes) {
      throw new IOException(
          "%s is larger than the limit of %d MiB".formatted(name, maxBytes >> 20));
    }
  }
}
