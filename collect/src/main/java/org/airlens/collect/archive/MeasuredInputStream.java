package org.airlens.collect.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts what is read and computes its checksum. Not thread-safe. */
public final class MeasuredInputStream extends FilterInputStream {

  private static final int DRAIN = 1 << 14;
  private static final int KEPT_BYTES = 16;

  private final MessageDigest digest;
  private long count;

  /** A stream of another's bytes, which it closes. */
  public MeasuredInputStream(InputStream in) {
    super(in);
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** How many bytes were read. */
  public long count() {
    return count;
  }

  /** Reads to the end; the first half of the SHA-256 of all that was read, in hexadecimal. */
  public String checksum() throws IOException {
    byte[] rest = new byte[DRAIN];
    while (read(rest, 0, DRAIN) >= 0) {
      // Counted and digested.
    }
    return HexFormat.of().formatHex(digest.digest(), 0, KEPT_BYTES);
  }

  @Override
  public int read() throws IOException {
    int b = super.read();
    if (b >= 0) {
      count++;
      digest.update((byte) b);
    }
    return b;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    if (read > 0) {
      count += read;
      digest.update(buffer, offset, read);
    }
    return read;
  }

  @Override
  public long skip(long most) throws IOException {
    long skipped = 0;
    while (skipped < most && read() >= 0) {
      skipped++;
    }
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
