package org.airlens.spark.archive;

import java.io.Serial;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.airlens.collect.archive.ArchiveFile;
import org.airlens.spark.parsed.FolderTable;
import org.airlens.spark.parsed.RowSink;
import org.jspecify.annotations.Nullable;

/**
 * Files that one task reads, one after the other.
 *
 * @param root the archive's folder
 * @param first the place of the first file among all, in the order of time
 * @param files the files
 */
record FilePart(String root, long first, List<Named> files) implements FolderTable.Part {

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

  static FilePart of(Path root, long first, Stream<ArchiveFile> files) {
    return new FilePart(root.toString(), first, files.map(Named::of).toList());
  }

  @Override
  public void readInto(RowSink sink) {
    new ArchivePart(this).readInto(sink);
  }
}
