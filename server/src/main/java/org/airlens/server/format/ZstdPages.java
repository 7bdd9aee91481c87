package org.airlens.server.format;

import io.airlift.compress.zstd.ZstdCompressor;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Compresses pages with Zstandard in plain Java; Parquet's own codecs are Hadoop's. Not
 * thread-safe: what comes out lasts until the next page.
 */
final class ZstdPages implements BytesInputCompressor {

  private final ZstdCompressor zstd = new ZstdCompressor();
  private byte[] compressed = new byte[1 << 14];

  @Override
  public BytesInput compress(BytesInput page) {
    ByteBuffer plain = page.toByteBuffer(HeapByteBufferAllocator.getInstance(), _ -> {});
    int longest = zstd.maxCompressedLength(plain.remaining());
    if (longest > compressed.length) {
      compressed = new byte[longest];
    }
    int length =
        zstd.compress(
            plain.array(),
            plain.arrayOffset() + plain.position(),
            plain.remaining(),
            compressed,
            0,
            compressed.length);
    return BytesInput.from(compressed, 0, length);
  }

  @Override
  public CompressionCodecName getCodecName() {
    return CompressionCodecName.ZSTD;
  }

  @Override
  public void release() {}
}
