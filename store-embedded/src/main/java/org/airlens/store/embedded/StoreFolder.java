package org.airlens.store.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.airlens.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * The folder of an embedded store: one process at a time, one disk format. It holds {@code format},
 * {@code lock}, {@code measures.tsv}, QuestDB's own {@code db} and {@code rollups}; {@code
 * creating} stands there while these are made for the first time, and {@code format} is the last of
 * them.
 */
final class StoreFolder implements AutoCloseable {

  /** Changes whenever an older AirLens could not read what a newer one writes, or the reverse. */
  static final String FORMAT = "airlens-embedded-1";

  private static final String FORMAT_FILE = "format";
  private static final String CREATING_FILE = "creating";

  private final Path root;
  private final FileChannel channel;
  private long bytes;
  private long lookedAt;
  private long lookTook;

  private StoreFolder(Path root, FileChannel channel) {
    this.root = root;
    this.channel = channel;
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
      FileChannel channel =
          FileChannel.open(
              root.resolve("lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      try {
        lock(root, channel);
        StoreFolder folder = new StoreFolder(root, channel);
        folder.checkFormat();
        return folder;
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (AccessDeniedException e) {
      throw new StoreException(
          "the store folder " + root + " can't be written; choose another with --data-dir", e);
    } catch (FileAlreadyExistsException e) {
      throw new StoreException(
          e.getFile() + " is a file, not a folder; choose another with --data-dir", e);
    } catch (IOException e) {
      throw new StoreException(
          "the store folder %s can't be used (%s); choose another with --data-dir"
              .formatted(root, e),
          e);
    }
  }

  /** Whether the store has to be made: nothing has ever been kept here. */
  boolean isNew() {
    return !Files.exists(root.resolve(FORMAT_FILE));
  }

  /** Notes that the store has been made. */
  void complete() {
    try {
      replace(root, FORMAT_FILE, FORMAT + "\n");
      Files.deleteIfExists(root.resolve(CREATING_FILE));
    } catch (IOException e) {
      throw StoreFile.unwritable(root, root.resolve(FORMAT_FILE), e);
    }
  }

  /** Where QuestDB keeps its files. */
  Path database() {
    return root.resolve("db");
  }

  /** Where roll-ups are kept, which follow from the readings. */
  Path rollUps() {
    return root.resolve("rollups");
  }

  /** The folder itself. */
  Path root() {
    return root;
  }

  /**
   * How many bytes the files have. Looked up again only after a hundred times as long as that took,
   * because there are forty files for each day.
   */
  synchronized long bytes() {
    long now = System.nanoTime();
    if (lookTook == 0 || now - lookedAt > lookTook * 100) {
      bytes = lookUpBytes();
      lookedAt = System.nanoTime();
      lookTook = lookedAt - now;
    }
    return bytes;
  }

  private long lookUpBytes() {
    AtomicLong found = new AtomicLong();
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              found.addAndGet(attributes.size());
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              return FileVisitResult.CONTINUE; // Removed while we look.
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new StoreException("the store folder %s can't be read (%s)".formatted(root, e), e);
    }
    return found.get();
  }

  @Override
  public void close() {
    try {
      channel.close(); // Which releases the lock.
    } catch (IOException e) {
      throw new StoreException("the store folder " + root + " can't be released", e);
    }
  }

  private static void lock(Path root, FileChannel channel) throws IOException {
    boolean ours;
    try {
      ours = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      ours = false; // This very process has it.
    }
    if (!ours) {
      String owner = Files.readString(root.resolve("lock"), StandardCharsets.ISO_8859_1).strip();
      throw new StoreException(
          "the store in %s is in use by process %s; stop that one, choose another --data-dir, or use a shared store (postgresql:) for several nodes"
              .formatted(root, owner.isEmpty() ? "?" : shortened(owner)));
    }
    channel.truncate(0);
    channel.write(StandardCharsets.UTF_8.encode(Long.toString(ProcessHandle.current().pid())), 0);
  }

  private void checkFormat() throws IOException {
    if (!isNew()) {
      // Any bytes are text in this charset, so that a garbled file is shown and not an exception.
      String found =
          Files.readString(root.resolve(FORMAT_FILE), StandardCharsets.ISO_8859_1).strip();
      if (!found.equals(FORMAT)) {
        throw new StoreException(
            "the store in %s has the format '%s', this AirLens reads '%s'; use the AirLens that wrote it, or another --data-dir"
                .formatted(root, shortened(found), FORMAT));
      }
      Files.deleteIfExists(root.resolve(CREATING_FILE));
    } else if (Files.exists(root.resolve(CREATING_FILE))) {
      clear(database()); // The first start was cut off before anything could be kept.
    } else if (Files.exists(database())) {
      throw new StoreException(
          "the store in %s lacks its file 'format'; restore the folder from a backup, or choose another --data-dir"
              .formatted(root));
    } else {
      replace(root, CREATING_FILE, FORMAT + "\n");
    }
  }

  private static void clear(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    }
  }

  /** Replaces a file of the store's root so that the old or the new one is there in any case. */
  static void replace(Path root, String name, String text) throws IOException {
    StoreFile.replace(
        root.resolve(name), root.resolve(name + ".new"), StandardCharsets.UTF_8.encode(text));
  }

  private static String shortened(String text) {
    String printable = text.replaceAll("[^\\x20-\\x7e]", "?");
    return printable.length() <= 40 ? printable : printable.substring(0, 40) + "…";
  }
}
