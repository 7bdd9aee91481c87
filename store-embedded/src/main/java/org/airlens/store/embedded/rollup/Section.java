package org.airlens.store.embedded.rollup;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A part of a day's file.
 *
 * @param offset where it begins
 * @param length how many bytes it has
 * @param checksum their CRC-32C
 */
record Section(long offset, long length, int checksum) {

  /** The checksum of bytes, which stay to be read. */
  static int checksum(ByteBuffer bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes.duplicate());
    return (int) checksum.getValue();
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(offset);
    out.writeLong(length);
    out.writeInt(checksum);
  }

  static Section read(DataInput in) throws IOException {
    return new Section(in.readLong(), in.readLong(), in.readInt());
  }

  /** Whether it lies before an offset of its file. */
  boolean endsBefore(long end) {
    return offset >= 0 && length >= 0 && offset <= end && length <= end - offset;
  }
}
