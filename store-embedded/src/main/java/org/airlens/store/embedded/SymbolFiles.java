package org.airlens.store.embedded;

import io.questdb.cairo.BitmapIndexUtils;
import io.questdb.cairo.SymbolMapWriter;
import io.questdb.std.Hash;
import io.questdb.std.Numbers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.airlens.store.StoreException;

/**
 * The dictionary of a text column: {@code .c} has the texts, {@code .o} where each begins, {@code
 * .k} and {@code .v} which are under a hash. A wrong place in them would end the process; a text
 * that is not found under its hash would get a second key, and queries would miss its rows.
 */
final class SymbolFiles {

  private static final int TEXT_LENGTH_BYTES = Integer.BYTES;

  private final Path texts;
  private final Path offsets;
  private final Path keys;
  private final Path values;

  /**
   * Names the files.
   *
   * @param version what the names end with, after the dot; negative for nothing
   */
  SymbolFiles(Path table, String column, long version) {
    String suffix = version < 0 ? "" : "." + version;
    texts = table.resolve(column + ".c" + suffix);
    offsets = table.resolve(column + ".o" + suffix);
    keys = table.resolve(column + ".k" + suffix);
    values = table.resolve(column + ".v" + suffix);
  }

  /**
   * Checks that each text can be read and is found.
   *
   * @param count how many texts there are
   * @throws StoreException when a file is missing, cut short or damaged
   */
  void check(int count) throws IOException {
    ByteBuffer places = StoreFile.read(offsets, SymbolMapWriter.keyToOffset(count) + Long.BYTES);
    int capacity = places.getInt(SymbolMapWriter.HEADER_CAPACITY);
    StoreFile.require(offsets, capacity > 0 && capacity <= 1 << 30);
    Index index = new Index(Math.max(Numbers.ceilPow2(capacity / 2) - 1, 1));
    ByteBuffer characters = StoreFile.read(texts, 0);
    long begin = 0;
    for (int key = 0; key < count; key++) {
      int place = (int) SymbolMapWriter.keyToOffset(key);
      StoreFile.require(offsets, places.getLong(place) == begin);
      StoreFile.require(texts, begin + TEXT_LENGTH_BYTES <= characters.limit());
      int length = characters.getInt((int) begin);
      long end = begin + TEXT_LENGTH_BYTES + (long) length * Character.BYTES;
      StoreFile.require(texts, length >= 0 && end <= characters.limit());
      StoreFile.require(values, index.has(text(characters, (int) begin, length), place));
      begin = end;
    }
    StoreFile.require(offsets, places.getLong((int) SymbolMapWriter.keyToOffset(count)) == begin);
  }

  private static String text(ByteBuffer characters, int begin, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(characters.getChar(begin + TEXT_LENGTH_BYTES + i * Character.BYTES));
    }
    return text.toString();
  }

  /** Which places are under a hash: a list of blocks of values for each. */
  private final class Index {

    private final int maxHash;
    private final ByteBuffer heads;
    private final ByteBuffer blocks;
    private final int hashes;
    private final int blockValues;
    private final long blockBytes;

    Index(int maxHash) throws IOException {
      this.maxHash = maxHash;
      heads = StoreFile.read(keys, BitmapIndexUtils.KEY_FILE_RESERVED);
      blocks = StoreFile.read(values, 0);
      hashes = heads.getInt(BitmapIndexUtils.KEY_RESERVED_OFFSET_KEY_COUNT);
      blockValues = heads.getInt(BitmapIndexUtils.KEY_RESERVED_OFFSET_BLOCK_VALUE_COUNT);
      blockBytes = (long) blockValues * Long.BYTES + BitmapIndexUtils.VALUE_BLOCK_FILE_RESERVED;
      long used = heads.getLong(BitmapIndexUtils.KEY_RESERVED_OFFSET_VALUE_MEM_SIZE);
      StoreFile.require(
          keys,
          heads.get(BitmapIndexUtils.KEY_RESERVED_OFFSET_SIGNATURE) == BitmapIndexUtils.SIGNATURE
              && heads.getLong(BitmapIndexUtils.KEY_RESERVED_OFFSET_SEQUENCE)
                  == heads.getLong(BitmapIndexUtils.KEY_RESERVED_OFFSET_SEQUENCE_CHECK)
              && hashes >= 0
              && BitmapIndexUtils.getKeyEntryOffset(hashes) <= heads.limit()
              && blockValues > 1
              && Integer.bitCount(blockValues) == 1
              && used >= 0
              && used <= blocks.limit());
      for (int hash = 0; hash < hashes; hash++) {
        has(hash, -1); // Walks the whole list.
      }
    }

    boolean has(String text, long place) {
      int hash = Hash.boundedHash(text, maxHash);
      return hash < hashes && has(hash, place);
    }

    private boolean has(int hash, long place) {
      int head = (int) BitmapIndexUtils.getKeyEntryOffset(hash);
      long count = heads.getLong(head + BitmapIndexUtils.KEY_ENTRY_OFFSET_VALUE_COUNT);
      StoreFile.require(keys, count >= 0 && count <= blocks.limit() / Long.BYTES);
      long block = heads.getLong(head + BitmapIndexUtils.KEY_ENTRY_OFFSET_FIRST_VALUE_BLOCK_OFFSET);
      for (long i = 0; i < count; i++) {
        int cell = (int) (i % blockValues);
        if (cell == 0) {
          // Behind a block's values stand the places of the block before and of the next one.
          block = i == 0 ? block : blocks.getLong((int) (block + blockBytes) - Long.BYTES);
          StoreFile.require(values, block >= 0 && block + blockBytes <= blocks.limit());
        }
        if (blocks.getLong((int) block + cell * Long.BYTES) == place) {
          return true;
        }
      }
      StoreFile.require(
          keys,
          count == 0
              || block
                  == heads.getLong(
                      head + BitmapIndexUtils.KEY_ENTRY_OFFSET_LAST_VALUE_BLOCK_OFFSET));
      return false;
    }
  }
}
