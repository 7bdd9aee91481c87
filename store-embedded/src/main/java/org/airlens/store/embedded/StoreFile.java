package org.airlens.store.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.airlens.store.StoreException;

/** A small file of the store, read and written as plain bytes. */
final class StoreFile {

  /** What a person can do about a damaged store. */
  static final String REMEDY =
      "restore the store folder from a backup, or move it away to begin anew";

  /** What is read of a file holds a few numbers a day; a hundred years of days stay far below. */
  private static final int MAX_BYTES = 64 << 20;

  private StoreFile() {}

  /**
   * A file's numbers, as QuestDB writes them.
   *
   * @throws StoreException when it is missing or has fewer bytes than it must have
   */
  static ByteBuffer read(Path file, long minBytes) throws IOException {
    requireExisting(file);
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES);
      require(file, bytes.length >= minBytes);
      return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  /** Says that the file is missing where it is. */
  static void requireExisting(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new StoreException("the store file " + file + " is missing; " + REMEDY);
    }
  }

  /** Says that the file is damaged where it is not whole. */
  static void require(Path file, boolean whole) {
    if (!whole) {
      throw new StoreException("the store file " + file + " is cut short or damaged; " + REMEDY);
    }
  }

  /**
   * Replaces a file so that either the old or the new one is there whatever happens.
   *
   * @param fresh a name beside it for the new one until it is whole
   */
  static void replace(Path file, Path fresh, ByteBuffer bytes) throws IOException {
    try (FileChannel out =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel entries =
        FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
      entries.force(true);
    }
  }

  /** Replaces a file by a copy of another. */
  static void replace(Path file, Path by) throws IOException {
    replace(file, file.resolveSibling(file.getFileName() + ".new"), read(by, 0));
  }

  /** A file of a store that could not be written. */
  static StoreException unwritable(Path store, Path file, IOException cause) {
    return new StoreException(
        DiskFull.isWhat(cause.toString())
            ? DiskFull.message(store, cause.toString())
            : "the store file %s can't be written (%s)".formatted(file, cause),
        cause);
  }
}
