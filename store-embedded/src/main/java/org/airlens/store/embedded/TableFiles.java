package org.airlens.store.embedded;

import io.questdb.cairo.ColumnVersionReader;
import io.questdb.cairo.TableUtils;
import java.io.IOException;
import java.nio.ByteBuffer;
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

  private static final long NO_VERSION = -1;

  private TableFiles() {}

  /**
   * Checks the tables in QuestDB's folder, and takes back what a process that was ended in the
   * middle of a change left there.
   *
   * @throws StoreException when a file is missing, cut short or holds what can't be
   */
  static void prepare(Path database) throws IOException {
    try (DirectoryStream<Path> tables =
        Files.newDirectoryStream(
            database, Database.TABLE + TableUtils.SYSTEM_TABLE_NAME_SUFFIX + "*")) {
      for (Path table : tables) {
        if (Files.isDirectory(table)) {
          CommittedState committed = CommittedState.read(table);
          LoggedState logged = LoggedState.read(table, committed.applied());
          ColumnChange.recover(table, committed, logged);
          check(table, committed);
        }
      }
    }
  }

  private static void check(Path table, CommittedState committed) throws IOException {
    StoreFile.read(table.resolve(TableUtils.META_FILE_NAME), TableUtils.META_OFFSET_COLUMN_TYPES);
    Map<String, Long> versions = symbolVersions(table);
    for (int symbol = 0; symbol < ReadingsTable.SYMBOLS.size(); symbol++) {
      String column = ReadingsTable.SYMBOLS.get(symbol);
      new SymbolFiles(table, column, versions.getOrDefault(column, NO_VERSION))
          .check(committed.symbolCounts().get(symbol));
    }
  }

  /** The versions of the dictionaries that are not the first of their column. */
  private static Map<String, Long> symbolVersions(Path table) throws IOException {
    Path file = table.resolve(TableUtils.COLUMN_VERSION_FILE_NAME);
    ByteBuffer bytes = StoreFile.read(file, ColumnVersionReader.HEADER_SIZE);
    boolean first = (bytes.getLong(ColumnVersionReader.OFFSET_VERSION_64) & 1) == 0;
    long offset =
        bytes.getLong(
            first
                ? ColumnVersionReader.OFFSET_OFFSET_A_64
                : ColumnVersionReader.OFFSET_OFFSET_B_64);
    long size =
        bytes.getLong(
            first ? ColumnVersionReader.OFFSET_SIZE_A_64 : ColumnVersionReader.OFFSET_SIZE_B_64);
    StoreFile.require(
        file,
        size >= 0
            && size % ColumnVersionReader.BLOCK_SIZE_BYTES == 0
            && (size == 0 || offset >= ColumnVersionReader.HEADER_SIZE)
            && offset <= bytes.limit()
            && size <= bytes.limit() - offset);
    Map<String, Long> versions = new HashMap<>();
    for (int at = (int) offset; at < offset + size; at += ColumnVersionReader.BLOCK_SIZE_BYTES) {
      long partition = bytes.getLong(at);
      long column = bytes.getLong(at + ColumnVersionReader.COLUMN_INDEX_OFFSET * Long.BYTES);
      boolean symbols = partition == ColumnVersionReader.SYMBOL_TABLE_VERSION_PARTITION;
      StoreFile.require(
          file, column >= 0 && column < (symbols ? ReadingsTable.FIXED.size() : Short.MAX_VALUE));
      if (symbols) {
        versions.put(
            ReadingsTable.FIXED.get((int) column),
            bytes.getLong(at + ColumnVersionReader.COLUMN_NAME_TXN_OFFSET * Long.BYTES));
      }
    }
    return versions;
  }
}
