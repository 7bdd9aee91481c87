package org.airlens.store.embedded;

import io.questdb.cairo.wal.WalUtils;
import io.questdb.cairo.wal.seq.TableTransactionLogFile;
import io.questdb.cairo.wal.seq.TableTransactionLogV1;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.airlens.store.StoreException;

/**
 * What the write-ahead log's list of transactions says is committed.
 *
 * @param structure the version of the columns after the last transaction
 */
record LoggedState(int structure) {

  /**
   * Reads the list, which must reach at least as far as the table.
   *
   * @throws StoreException when it does not, or its numbers can't be
   */
  static LoggedState read(Path table, long applied) throws IOException {
    Path folder = table.resolve(WalUtils.SEQ_DIR);
    int structure = structure(folder.resolve(WalUtils.TXNLOG_FILE_NAME), applied);
    Path changes = folder.resolve(WalUtils.TXNLOG_FILE_NAME_META_VAR);
    Path places = folder.resolve(WalUtils.TXNLOG_FILE_NAME_META_INX);
    StoreFile.requireExisting(changes);
    long end =
        StoreFile.read(places, (structure + 1L) * Long.BYTES).getLong(structure * Long.BYTES);
    StoreFile.require(places, end >= 0 && end <= Files.size(changes));
    Path walIds = folder.resolve(WalUtils.WAL_INDEX_FILE_NAME);
    if (Files.exists(walIds) && Files.size(walIds) > 0) { // Empty for a moment in its making.
      long walId = StoreFile.read(walIds, Long.BYTES).getLong(0);
      StoreFile.require(walIds, walId >= 0 && walId < Integer.MAX_VALUE);
    }
    return new LoggedState(structure);
  }

  private static int structure(Path file, long applied) throws IOException {
    StoreFile.requireExisting(file);
    try (RandomAccessFile list = new RandomAccessFile(file.toFile(), "r")) {
      StoreFile.require(file, list.length() >= TableTransactionLogFile.HEADER_SIZE);
      int version = Integer.reverseBytes(list.readInt());
      long last = Long.reverseBytes(list.readLong());
      StoreFile.require(
          file,
          version == WalUtils.WAL_SEQUENCER_FORMAT_VERSION_V1
              && last >= applied
              && last
                  <= (list.length() - TableTransactionLogFile.HEADER_SIZE)
                      / TableTransactionLogV1.RECORD_SIZE);
      if (last == 0) {
        return 0;
      }
      list.seek(
          TableTransactionLogFile.HEADER_SIZE + (last - 1) * TableTransactionLogV1.RECORD_SIZE);
      long structure = Long.reverseBytes(list.readLong());
      StoreFile.require(file, structure >= 0 && structure <= Short.MAX_VALUE);
      return (int) structure;
    }
  }
}
