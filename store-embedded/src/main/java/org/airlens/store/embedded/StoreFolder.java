package org.airlens.store.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.airlens.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * The folder of an embedded store: one process at a time, one disk format. It holds {@code format},
 * {@code lock}, {@code measures.tsv} and QuestDB's own {@code db}.
 */
final class StoreFolder implements AutoCloseable {

  /** Changes whenever an older AirLens could not read what a newer one writes, or the reverse. */
  static final String FORMAT = "airlens-embedded-1";

  private final Path root;
  private final FileChannel channel;
  private final FileLock lock;

  private StoreFolder(Path root, FileChannel channel, FileLock lock) {
    this.root = root;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Takes the folder, making it when it is not there.
   *
   * @throws StoreException when it can't be written, belongs to another process or has another
   *     format
   */
  static StoreFolder take(Path root) {
    try {
      Files.createDirectories(root);
      Path lockFile = root.resolve("lock");
      FileChannel channel =
          FileChannel.open(
              lockFile,
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw inUse(root, Files.readString(lockFile).strip());
      }
      channel.truncate(0);
      channel.write(StandardCharsets.UTF_8.encode(Long.toString(ProcessHandle.current().pid())));
      StoreFolder folder = new StoreFolder(root, channel, lock);
      folder.checkFormat();
      return folder;
    } catch (AccessDeniedException e) {
      throw new StoreException(
          "the store folder " + root + " can't be written; choose another with --data-dir", e);
    } catch (FileAlreadyExistsException e) {
      throw new StoreException(
          e.getFile() + " is a file, not a folder; choose another with --data-dir", e);
    } catch (IOException e) {
      throw new StoreException("the store folder " + root + " can't be used: " + e.getMessage(), e);
    }
  }

  /** Where QuestDB keeps its files. */
  Path database() {
    return root.resolve("db");
  }

  /** The folder itself. */
  Path root() {
    return root;
  }

  @Override
  public void close() {
    try {
      lock.release();
      channel.close();
    } catch (IOException e) {
      throw new StoreException("the store folder " + root + " can't be released", e);
    }
  }

  private void checkFormat() throws IOException {
    String format = "format";
    if (Files.exists(root.resolve(format))) {
      String found = Files.readString(root.resolve(format)).strip();
      if (!found.equals(FORMAT)) {
        close();
        throw new StoreException(
            "the store in %s has the format '%s', this AirLens reads '%s'; use the AirLens that wrote it, or another --data-dir"
                .formatted(root, shortened(found), FORMAT));
      }
      return;
    }
    if (Files.exists(database())) {
      close();
      throw new StoreException(
          "the store in %s lacks its file 'format'; restore the folder from a backup, or choose another --data-dir"
              .formatted(root));
    }
    replace(root, format, FORMAT + "\n");
  }

  /**
   * Replaces a small file of the store's root so that either the old or the new one is there
   * whatever happens.
   */
  static void replace(Path root, String name, String text) throws IOException {
    Path file = root.resolve(name);
    Path fresh = root.resolve(name + ".new");
    try (FileChannel out =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      out.write(StandardCharsets.UTF_8.encode(text));
      out.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    force(root);
  }

  /** Forces a folder's entries to the disk. */
  static void force(Path folder) throws IOException {
    try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
      entries.force(true);
    }
  }

  private static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // This very process has it.
    }
  }

  private static StoreException inUse(Path root, String pid) {
    return new StoreException(
        "the store in %s is in use by process %s; stop that one, choose another --data-dir, or use a shared store (postgresql:) for several nodes"
            .formatted(root, pid.isEmpty() ? "?" : pid));
  }
}
