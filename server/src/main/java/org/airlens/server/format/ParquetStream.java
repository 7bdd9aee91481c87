package org.airlens.server.format;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/**
 * A stream that a Parquet file is written to, from the first byte to the last. It gets no large
 * pieces: how fast a client takes an answer is told from one piece to the next.
 */
final class ParquetStream implements OutputFile {

  private static final int PIECE = 1 << 16;

  private final OutputStream out;

  ParquetStream(OutputStream out) {
    this.out = out;
  }

  @Override
  public PositionOutputStream create(long blockSize) {
    return new Counted();
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSize) {
    return create(blockSize);
  }

  @Override
  public boolean supportsBlockSize() {
    return false;
  }

  @Override
  public long defaultBlockSize() {
    return 0;
  }

  /** Gathers small pieces, divides large ones, and leaves the stream open. */
  private final class Counted extends PositionOutputStream {

    private final byte[] gathered = new byte[PIECE];
    private int length;
    private long position;

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public void write(int b) throws IOException {
      if (length == PIECE) {
        pass();
      }
      gathered[length++] = (byte) b;
      position++;
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      int from = offset;
      int end = offset + count;
      while (from < end) {
        if (length == PIECE) {
          pass();
        }
        int some = Math.min(PIECE - length, end - from);
        System.arraycopy(bytes, from, gathered, length, some);
        length += some;
        from += some;
      }
      position += count;
    }

    @Override
    public void flush() throws IOException {
      pass();
      out.flush();
    }

    @Override
    public void close() throws IOException {
      flush();
    }

    private void pass() throws IOException {
      out.write(gathered, 0, length);
      length = 0;
    }
  }
}
