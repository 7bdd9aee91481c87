package org.airlens.spark.archive;

import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.airlens.collect.archive.ArchiveFile;
import org.apache.spark.sql.connector.read.InputPartition;
import org.jspecify.annotations.Nullable;

/**
 * Files that one task reads, one after the other.
 *
 * @param root the archive's folder
 * @param first the place of the first file among all, in the order of time
 * @param files the files
 */
record FilePart(String root, long first, List<Named> files) implements InputPartition {

  @Serial private static final long serialVersionUID = 1;

  /** A file's name and what it tells; Java can't serialize an {@link Optional}. */
  record Named(
      String path, String firstDay, String lastDay, String sensorType, @Nullable Boolean indoor)
      implements java.io.Serializable {

    @Serial private static final long serialVersionUID = 1;

    private static Named of(ArchiveFile file) {
      return new Named(
          file.path(),
          file.first().toString(),
          file.last().toString(),
          file.sensorType(),
          file.indoor().orElse(null));
    }

    ArchiveFile file() {
      return new ArchiveFile(
          path,
          java.time.LocalDate.parse(firstDay),
          java.time.LocalDate.parse(lastDay),
          sensorType,
          Optional.ofNullable(indoor));
    }
  }

  /** Cuts files into parts of about a size, in their order. */
  static FilePart[] divide(String root, List<ArchiveFile> files, long[] sizes, long partBytes) {
    List<FilePart> parts = new ArrayList<>();
    List<Named> part = new ArrayList<>();
    long bytes = 0;
    for (int i = 0; i < files.size(); i++) {
      part.add(Named.of(files.get(i)));
      bytes += sizes[i];
      if (bytes >= partBytes || i == files.size() - 1) {
        parts.add(new FilePart(root, i + 1L - part.size(), List.copyOf(part)));
        part = new ArrayList<>();
        bytes = 0;
      }
    }
    return parts.toArray(FilePart[]::new);
  }
}
