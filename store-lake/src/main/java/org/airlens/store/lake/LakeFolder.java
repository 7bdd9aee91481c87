package org.airlens.store.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.airlens.store.StoreException;

/** The lake's folder: which versions there are, and which files make one. */
final class LakeFolder {

  /** Ten years of forty makes are a tenth of that. */
  private static final int MOST_PARTITIONS = 1_500_000;

  private static final int LONGEST_TOLD = 80;

  private final LakeAddress address;
  private final Path data;
  private final Path versions;

  /** A partition with its files, of which there is one at least. */
  record Part(LakePartition partition, LocalDate day, List<Path> files, long bytes) {}

  LakeFolder(LakeAddress address) {
    this.address = address;
    Path folder = address.folder().toAbsolutePath().normalize();
    data = folder.resolve(LakeLayout.DATA);
    versions = folder.resolve(LakeLayout.VERSIONS);
  }

  /** Where all files lie. */
  Path data() {
    return data;
  }

  /**
   * The number of the version that counts.
   *
   * @throws StoreException when there is none
   */
  int newest() {
    if (!Files.isDirectory(address.folder())) {
      throw new StoreException("there is no folder " + address.folder() + "; check --store");
    }
    try (Stream<Path> lists = Files.list(versions)) {
      OptionalInt newest =
          lists
              .map(list -> LakeLayout.version(list.getFileName().toString()))
              .flatMapToInt(OptionalInt::stream)
              .max();
      if (newest.isPresent()) {
        return newest.getAsInt();
      }
    } catch (NoSuchFileException e) {
      // Told below.
    } catch (IOException | UncheckedIOException e) {
      throw new StoreException("can't read the folder " + versions + ": " + e.getMessage(), e);
    }
    throw new StoreException(
        "%s holds no lake, for it has no %s/%s; airlens backfill --engine spark makes one"
            .formatted(address.folder(), LakeLayout.VERSIONS, LakeLayout.list(1)));
  }

  /**
   * What a version consists of.
   *
   * @throws StoreException when its list or a folder it names is missing or is none
   */
  List<Part> parts(int version) {
    Path list = versions.resolve(LakeLayout.list(version));
    List<Part> parts = new ArrayList<>();
    try (Stream<String> lines = Files.lines(list)) {
      for (String line : (Iterable<String>) lines.limit(MOST_PARTITIONS + 1L)::iterator) {
        if (parts.size() == MOST_PARTITIONS) {
          throw new StoreException(list + " has more lines than a lake's list can have");
        }
        if (!line.isEmpty() && !line.startsWith(LakeLayout.REMARK)) {
          parts.add(part(list, line));
        }
      }
    } catch (IOException | UncheckedIOException e) {
      throw new StoreException("can't read %s: %s".formatted(list, e.getMessage()), e);
    }
    return parts;
  }

  private Part part(Path list, String line) {
    LakePartition partition = LakePartition.of(line).orElseThrow(() -> noPartition(list, line));
    try {
      LocalDate day = LocalDate.parse(partition.day());
      return part(list, partition, day, data.resolve(partition.path()));
    } catch (DateTimeException | InvalidPathException e) {
      throw noPartition(list, line);
    }
  }

  private static Part part(Path list, LakePartition partition, LocalDate day, Path folder) {
    List<Path> files = new ArrayList<>();
    long bytes = 0;
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : (Iterable<Path>) entries.sorted()::iterator) {
        String name = entry.getFileName().toString();
        if (name.endsWith(".parquet") && !name.startsWith(".") && !name.startsWith("_")) {
          files.add(entry);
          bytes += Files.size(entry);
        }
      }
    } catch (NoSuchFileException e) {
      throw new StoreException(
          "%s names the folder %s, which is missing; the backfill of its day brings it back"
              .formatted(list, folder),
          e);
    } catch (IOException | UncheckedIOException e) {
      throw new StoreException("can't read the folder %s: %s".formatted(folder, e.getMessage()), e);
    }
    if (files.isEmpty()) {
      throw new StoreException(
          "the folder %s, which %s names, holds no Parquet file".formatted(folder, list));
    }
    return new Part(partition, day, files, bytes);
  }

  private static StoreException noPartition(Path list, String line) {
    String told = line.length() <= LONGEST_TOLD ? line : line.substring(0, LONGEST_TOLD) + "…";
    return new StoreException(
        "%s is no list of a lake: '%s' is not commit=…/day=YYYY-MM-DD/sensor_type=…"
            .formatted(list, told));
  }
}
