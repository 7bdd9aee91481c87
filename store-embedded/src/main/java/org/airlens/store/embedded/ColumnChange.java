package org.airlens.store.embedded;

import io.questdb.cairo.ColumnVersionReader;
import io.questdb.cairo.TableUtils;
import io.questdb.cairo.wal.WalUtils;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes the adding of a column safe against {@code kill -9}. QuestDB changes a table's description
 * and that of its log before it commits the change; cut off between, it would take the column for
 * there and never add it, find no description at all, or wait forever for versions to agree.
 */
final class ColumnChange {

  private static final String BEFORE = "_meta.before";

  private ColumnChange() {}

  /** Keeps the log's description as it is before a change. */
  static void begin(Path table) throws IOException {
    Path folder = table.resolve(WalUtils.SEQ_DIR);
    StoreFile.replace(folder.resolve(BEFORE), folder.resolve(TableUtils.META_FILE_NAME));
  }

  /** Notes that the change is committed. */
  static void end(Path table) throws IOException {
    Files.deleteIfExists(table.resolve(WalUtils.SEQ_DIR).resolve(BEFORE));
  }

  /** Takes back what a process that was ended in the middle had changed without committing it. */
  static void recover(Path table, CommittedState committed, LoggedState logged) throws IOException {
    recoverDescription(table, committed.structure());
    recoverColumnVersions(table, committed.columnVersion());
    Path before = table.resolve(WalUtils.SEQ_DIR).resolve(BEFORE);
    Path description = table.resolve(WalUtils.SEQ_DIR).resolve(TableUtils.META_FILE_NAME);
    if (Files.exists(before)) {
      if (logVersion(description) != logged.structure()
          && logVersion(before) == logged.structure()) {
        StoreFile.replace(description, before);
      }
      Files.delete(before);
    }
    StoreFile.requireExisting(description);
    StoreFile.require(description, logVersion(description) == logged.structure());
  }

  private static void recoverDescription(Path table, int version) throws IOException {
    Path description = table.resolve(TableUtils.META_FILE_NAME);
    if (tableVersion(description) == version) {
      return;
    }
    try (DirectoryStream<Path> formers =
        Files.newDirectoryStream(table, TableUtils.META_PREV_FILE_NAME + "*")) {
      for (Path former : formers) {
        if (tableVersion(former) == version) {
          StoreFile.replace(description, former);
          return;
        }
      }
    }
    StoreFile.requireExisting(description);
    StoreFile.require(description, false);
  }

  private static void recoverColumnVersions(Path table, long version) throws IOException {
    Path file = table.resolve(TableUtils.COLUMN_VERSION_FILE_NAME);
    ByteBuffer bytes = StoreFile.read(file, ColumnVersionReader.HEADER_SIZE);
    long found = bytes.getLong(ColumnVersionReader.OFFSET_VERSION_64);
    if (found == version + 1) {
      // The file has room for two versions; the former one is still whole.
      StoreFile.replace(
          file,
          file.resolveSibling(file.getFileName() + ".new"),
          bytes.putLong(ColumnVersionReader.OFFSET_VERSION_64, version));
    } else {
      StoreFile.require(file, found == version);
    }
  }

  private static long tableVersion(Path description) throws IOException {
    return Files.exists(description)
            && Files.size(description) >= TableUtils.META_OFFSET_COLUMN_TYPES
        ? StoreFile.read(description, 0).getLong((int) TableUtils.META_OFFSET_METADATA_VERSION)
        : -1;
  }

  /** The version of a description of the log's; one that was cut off in its writing has none. */
  private static long logVersion(Path description) throws IOException {
    if (!Files.exists(description) || Files.size(description) < WalUtils.SEQ_META_OFFSET_COLUMNS) {
      return -1;
    }
    ByteBuffer bytes = StoreFile.read(description, 0);
    return bytes.getInt((int) WalUtils.SEQ_META_OFFSET_WAL_LENGTH) == 0
        ? -1
        : bytes.getLong((int) WalUtils.SEQ_META_OFFSET_STRUCTURE_VERSION);
  }
}
