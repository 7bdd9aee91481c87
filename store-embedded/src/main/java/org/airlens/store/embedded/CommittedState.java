package org.airlens.store.embedded;

import static io.questdb.cairo.TableUtils.TX_BASE_HEADER_SIZE;
import static io.questdb.cairo.TableUtils.TX_BASE_OFFSET_A_32;
import static io.questdb.cairo.TableUtils.TX_BASE_OFFSET_B_32;
import static io.questdb.cairo.TableUtils.TX_BASE_OFFSET_PARTITIONS_SIZE_A_32;
import static io.questdb.cairo.TableUtils.TX_BASE_OFFSET_PARTITIONS_SIZE_B_32;
import static io.questdb.cairo.TableUtils.TX_BASE_OFFSET_SYMBOLS_SIZE_A_32;
import static io.questdb.cairo.TableUtils.TX_BASE_OFFSET_SYMBOLS_SIZE_B_32;
import static io.questdb.cairo.TableUtils.TX_BASE_OFFSET_VERSION_64;

import io.questdb.cairo.TableUtils;
import io.questdb.cairo.TxReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.airlens.store.StoreException;

/**
 * What a table's {@code _txn} says is committed.
 *
 * @param applied the last transaction of the write-ahead log that is in the table
 * @param structure the version of the table's columns
 * @param columnVersion the version of {@code _cv}
 * @param symbolCounts how many texts each dictionary has
 */
record CommittedState(long applied, int structure, long columnVersion, List<Integer> symbolCounts) {

  private static final int ENTRY_BYTES = TableUtils.LONGS_PER_TX_ATTACHED_PARTITION * Long.BYTES;

  /**
   * Reads the file, whose numbers must agree with each other.
   *
   * @throws StoreException when they do not
   */
  static CommittedState read(Path table) throws IOException {
    Path file = table.resolve(TableUtils.TXN_FILE_NAME);
    ByteBuffer bytes = StoreFile.read(file, TX_BASE_HEADER_SIZE);
    long version = bytes.getLong((int) TX_BASE_OFFSET_VERSION_64);
    // The file holds two records and says by its version's last bit which one counts.
    boolean first = (version & 1) == 0;
    int base = bytes.getInt((int) (first ? TX_BASE_OFFSET_A_32 : TX_BASE_OFFSET_B_32));
    int symbols =
        bytes.getInt(
            (int) (first ? TX_BASE_OFFSET_SYMBOLS_SIZE_A_32 : TX_BASE_OFFSET_SYMBOLS_SIZE_B_32));
    int partitions =
        bytes.getInt(
            (int)
                (first
                    ? TX_BASE_OFFSET_PARTITIONS_SIZE_A_32
                    : TX_BASE_OFFSET_PARTITIONS_SIZE_B_32));
    StoreFile.require(
        file,
        base >= TX_BASE_HEADER_SIZE
            && symbols == ReadingsTable.SYMBOLS.size() * Long.BYTES
            && partitions >= 0
            && partitions % ENTRY_BYTES == 0
            && (long) base + TableUtils.calculateTxRecordSize(symbols, 0) + partitions
                <= bytes.limit());
    long applied = bytes.getLong(base + (int) TableUtils.TX_OFFSET_SEQ_TXN_64);
    StoreFile.require(
        file,
        bytes.getLong(base + (int) TableUtils.TX_OFFSET_TXN_64) == version
            && bytes.getInt(base + (int) TableUtils.TX_OFFSET_MAP_WRITER_COUNT_32)
                == symbols / Long.BYTES
            && bytes.getLong(base + (int) TableUtils.TX_OFFSET_TRANSIENT_ROW_COUNT_64) >= 0
            && applied >= 0
            && partitionsAgree(
                bytes, base, base + TableUtils.calculateTxRecordSize(symbols, 0), partitions));
    List<Integer> symbolCounts = new ArrayList<>();
    for (int symbol = 0; symbol < symbols / Long.BYTES; symbol++) {
      int count = bytes.getInt(base + (int) TableUtils.getSymbolWriterIndexOffset(symbol));
      StoreFile.require(file, count >= 0);
      symbolCounts.add(count);
    }
    return new CommittedState(
        applied,
        bytes.getInt(base + (int) TableUtils.TX_OFFSET_STRUCT_VERSION_64),
        bytes.getLong(base + (int) TableUtils.TX_OFFSET_COLUMN_VERSION_64),
        symbolCounts);
  }

  /** Whether the days ascend and their rows, but for the last day's, add up to the total. */
  private static boolean partitionsAgree(ByteBuffer bytes, int base, int list, int length) {
    long rows = bytes.getLong(base + (int) TableUtils.TX_OFFSET_FIXED_ROW_COUNT_64);
    long before = Long.MIN_VALUE;
    for (int entry = list; entry < list + length - ENTRY_BYTES; entry += ENTRY_BYTES) {
      long day = bytes.getLong(entry);
      if (day <= before) {
        return false;
      }
      rows -= bytes.getLong(entry + Long.BYTES) & TxReader.PARTITION_SIZE_MASK;
      before = day;
    }
    return rows == 0;
  }
}
