package org.airlens.store.embedded;

import static io.questdb.cairo.TableUtils.TX_BASE_HEADER_SIZE;
import static io.questdb.cairo.TableUtils.TX_BASE_OFFSET_A_32;
import static io.questdb.cairo.TableUtils.TX_BASE_OFFSET_B_32;
import static io.questdb.cairo.TableUtils.TX_BASE_OFFSET_PARTITIONS_SIZE_A_32;
import static io.questdb.cairo.TableUtils.TX_BASE_OFFSET_PARTITIONS_SIZE_B_32;
import static io.questdb.cairo.TableUtils.TX_BASE_OFFSET_SYMBOLS_SIZE_A_32;
import static io.questdb.cairo.TableUtils.TX_BASE_OFFSET_SYMBOLS_SIZE_B_32;
import static io.questdb.cairo.TableUtils.TX_BASE_OFFSET_VERSION_64;

import io.questdb.cairo.ColumnVersionReader;
import io.questdb.cairo.TableUtils;
import io.questdb.cairo.TxReader;
import io.questdb.cairo.wal.WalUtils;
import io.questdb.cairo.wal.seq.TableTransactionLogFile;
import io.questdb.cairo.wal.seq.TableTransactionLogV1;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.airlens.store.StoreException;

/**
 * The small files of a table whose numbers QuestDB takes for places in memory without a doubt: a
 * wrong one would end the process. They are read here first, as plain files, and must agree.
 */
final class TableFiles {

  /** What is read of a file holds a few numbers a day; a hundred years of days stay far below. */
  private static final int MAX_BYTES = 64 << 20;

  /** What a person can do about a damaged store. */
  static final String REMEDY =
      "restore the store folder from a backup, or move it away to begin anew";

  private static final long NO_VERSION = -1;

  private final Path table;
  private final int[] symbolCounts = new int[ReadingsTable.SYMBOLS.size()];
  private final Map<String, Long> symbolVersions = new HashMap<>();
  private long applied;

  private TableFiles(Path table) {
    this.table = table;
  }

  /**
   * Checks the tables in QuestDB's folder.
   *
   * @throws StoreException when a file is missing, cut short or holds what can't be
   */
  static void check(Path database) throws IOException {
    try (DirectoryStream<Path> tables =
        Files.newDirectoryStream(
            database, Database.TABLE + TableUtils.SYSTEM_TABLE_NAME_SUFFIX + "*")) {
      for (Path table : tables) {
        if (Files.isDirectory(table)) {
          new TableFiles(table).check();
        }
      }
    }
  }

  private void check() throws IOException {
    read(table.resolve(TableUtils.META_FILE_NAME), TableUtils.META_OFFSET_COLUMN_TYPES);
    checkColumnVersions();
    checkTransaction();
    checkLog();
    for (int symbol = 0; symbol < ReadingsTable.SYMBOLS.size(); symbol++) {
      String column = ReadingsTable.SYMBOLS.get(symbol);
      new SymbolFiles(table, column, symbolVersions.getOrDefault(column, NO_VERSION))
          .check(symbolCounts[symbol]);
    }
  }

  /** Checks what is committed, and notes it. */
  private void checkTransaction() {
    Path file = table.resolve(TableUtils.TXN_FILE_NAME);
    ByteBuffer bytes = read(file, TX_BASE_HEADER_SIZE);
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
    int entryBytes = TableUtils.LONGS_PER_TX_ATTACHED_PARTITION * Long.BYTES;
    require(
        file,
        base >= TX_BASE_HEADER_SIZE
            && symbols >= 0
            && symbols % Long.BYTES == 0
            && partitions >= 0
            && partitions % entryBytes == 0
            && (long) base + TableUtils.calculateTxRecordSize(0, 0) + symbols + partitions
                <= bytes.limit());
    long rows = bytes.getLong(base + (int) TableUtils.TX_OFFSET_FIXED_ROW_COUNT_64);
    long lastRows = bytes.getLong(base + (int) TableUtils.TX_OFFSET_TRANSIENT_ROW_COUNT_64);
    applied = bytes.getLong(base + (int) TableUtils.TX_OFFSET_SEQ_TXN_64);
    require(
        file,
        bytes.getLong(base + (int) TableUtils.TX_OFFSET_TXN_64) == version
            && bytes.getInt(base + (int) TableUtils.TX_OFFSET_MAP_WRITER_COUNT_32)
                == symbols / Long.BYTES
            && symbols / Long.BYTES == ReadingsTable.SYMBOLS.size()
            && rows >= 0
            && lastRows >= 0
            && applied >= 0);
    for (int symbol = 0; symbol < symbolCounts.length; symbol++) {
      symbolCounts[symbol] =
          bytes.getInt(base + (int) TableUtils.getSymbolWriterIndexOffset(symbol));
      require(file, symbolCounts[symbol] >= 0);
    }
    int list = base + TableUtils.calculateTxRecordSize(symbols, 0);
    long before = Long.MIN_VALUE;
    for (int entry = list; entry < list + partitions - entryBytes; entry += entryBytes) {
      long day = bytes.getLong(entry);
      rows -= bytes.getLong(entry + Long.BYTES) & TxReader.PARTITION_SIZE_MASK;
      require(file, day > before);
      before = day;
    }
    require(file, rows == 0);
  }

  /** Checks where each column's files begin to have rows, and notes the versions of texts. */
  private void checkColumnVersions() {
    Path file = table.resolve(TableUtils.COLUMN_VERSION_FILE_NAME);
    ByteBuffer bytes = read(file, ColumnVersionReader.HEADER_SIZE);
    boolean first = (bytes.getLong(ColumnVersionReader.OFFSET_VERSION_64) & 1) == 0;
    long offset =
        bytes.getLong(
            first
                ? ColumnVersionReader.OFFSET_OFFSET_A_64
                : ColumnVersionReader.OFFSET_OFFSET_B_64);
    long size =
        bytes.getLong(
            first ? ColumnVersionReader.OFFSET_SIZE_A_64 : ColumnVersionReader.OFFSET_SIZE_B_64);
    require(
        file,
        size >= 0
            && size % ColumnVersionReader.BLOCK_SIZE_BYTES == 0
            && (size == 0 || offset >= ColumnVersionReader.HEADER_SIZE)
            && offset <= bytes.limit()
            && size <= bytes.limit() - offset);
    for (long at = offset; at < offset + size; at += ColumnVersionReader.BLOCK_SIZE_BYTES) {
      long column = bytes.getLong((int) at + ColumnVersionReader.COLUMN_INDEX_OFFSET * Long.BYTES);
      require(file, column >= 0 && column <= Short.MAX_VALUE);
      if (bytes.getLong((int) at) == ColumnVersionReader.SYMBOL_TABLE_VERSION_PARTITION) {
        require(file, column < ReadingsTable.FIXED.size());
        symbolVersions.put(
            ReadingsTable.FIXED.get((int) column),
            bytes.getLong((int) at + ColumnVersionReader.COLUMN_NAME_TXN_OFFSET * Long.BYTES));
      }
    }
  }

  /** Checks the log's list of transactions, which must reach at least as far as the table. */
  private void checkLog() throws IOException {
    Path file = table.resolve(WalUtils.SEQ_DIR).resolve(WalUtils.TXNLOG_FILE_NAME);
    ByteBuffer bytes = read(file, TableTransactionLogFile.HEADER_SIZE);
    long last = bytes.getLong((int) TableTransactionLogFile.MAX_TXN_OFFSET_64);
    require(
        file,
        bytes.getInt(0) == WalUtils.WAL_SEQUENCER_FORMAT_VERSION_V1
            && last >= applied
            && last
                <= (Files.size(file) - TableTransactionLogFile.HEADER_SIZE)
                    / TableTransactionLogV1.RECORD_SIZE);
  }

  /** A small file's numbers, at least so many bytes of them. */
  static ByteBuffer read(Path file, long minBytes) {
    if (!Files.isRegularFile(file)) {
      throw new StoreException("the store file " + file + " is missing; " + REMEDY);
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES);
      require(file, bytes.length >= minBytes);
      return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw new StoreException(
          "the store file %s can't be read (%s); %s".formatted(file, e, REMEDY), e);
    }
  }

  /** Says that the file is damaged where it is not whole. */
  static void require(Path file, boolean whole) {
    if (!whole) {
      throw new StoreException("the store file " + file + " is cut short or damaged; " + REMEDY);
    }
  }
}
