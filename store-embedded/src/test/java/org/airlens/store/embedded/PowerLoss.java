package org.airlens.store.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Files of which only what was forced to the disk would survive the loss of power. It copies each
 * range when QuestDB forces it, so that the worst case can be laid out afterwards: bytes that were
 * not forced are gone, while everything that was removed or renamed is.
 */
final class PowerLoss extends WholeFiles {

  private final Path forced;
  private final TreeMap<Long, Mapping> mappings = new TreeMap<>();
  private final Map<String, Path> survivors = new HashMap<>();
  private long bytesForced;

  /** Keeps what was forced in a folder. */
  PowerLoss(Path forced) {
    this.forced = forced;
  }

  /** How many bytes have been forced to the disk. */
  synchronized long bytesForced() {
    return bytesForced;
  }

  /** Makes a folder as it would be after the loss of power. */
  synchronized void layOut(Path database, Path target) throws IOException {
    try (Stream<Path> files = Files.walk(database)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path copy = target.resolve(database.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else if (file.getFileName().toString().equals("_meta.before")) {
          Files.copy(file, copy); // The store forces this one itself.
        } else {
          Path survivor = survivors.get(identity(file));
          if (survivor != null) {
            Files.copy(survivor, copy);
          }
        }
      }
    }
  }

  @Override
  public synchronized long mmap(long fd, long len, long offset, int flags, int memoryTag) {
    long address = super.mmap(fd, len, offset, flags, memoryTag);
    note(address, fd, offset, len);
    return address;
  }

  @Override
  public synchronized long mremap(
      long fd, long addr, long previousSize, long newSize, long offset, int mode, int memoryTag) {
    long address = super.mremap(fd, addr, previousSize, newSize, offset, mode, memoryTag);
    note(address, fd, offset, newSize);
    return address;
  }

  @Override
  public synchronized void msync(long addr, long len, boolean async) {
    super.msync(addr, len, async);
    Map.Entry<Long, Mapping> entry = mappings.floorEntry(addr);
    if (entry == null) {
      throw new IllegalStateException("forces memory that is no file");
    }
    Mapping mapping = entry.getValue();
    long offset = mapping.offset + (addr - entry.getKey());
    force(mapping.file, offset, Math.min(len, mapping.offset + mapping.length - offset));
  }

  @Override
  public synchronized void fsync(long fd) {
    super.fsync(fd);
    force(file(fd), 0, Long.MAX_VALUE);
  }

  @Override
  public synchronized void fsyncAndClose(long fd) {
    force(file(fd), 0, Long.MAX_VALUE);
    super.fsyncAndClose(fd);
  }

  private void note(long address, long fd, long offset, long length) {
    if (address > 0) {
      mappings.put(address, new Mapping(file(fd), offset, length));
    }
  }

  private static Path file(long fd) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/fd/" + io.questdb.std.Files.toOsFd(fd)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void force(Path file, long offset, long length) {
    if (Files.isDirectory(file) || !Files.exists(file)) {
      return; // Entries of folders are taken for durable; a removed file has nothing to lose.
    }
    try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ)) {
      Path survivor =
          survivors.computeIfAbsent(
              identity(file), _ -> forced.resolve(Integer.toString(survivors.size())));
      try (FileChannel to =
          FileChannel.open(survivor, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        long end = offset + Math.min(length, from.size() - offset);
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        for (long at = offset; at < end; ) {
          buffer.clear().limit((int) Math.min(buffer.capacity(), end - at));
          at += from.read(buffer, at);
          to.write(buffer.flip(), at - buffer.limit());
        }
        bytesForced += Math.max(0, end - offset);
        if (to.size() < from.size()) {
          to.write(ByteBuffer.allocate(1), from.size() - 1); // The length is forced with it.
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file, whatever it is called: numbers are used again, so its making belongs to it. */
  private static String identity(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.fileKey() + " made " + attributes.creationTime();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Mapping(Path file, long offset, long length) {}
}
