package org.airlens.spark.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.airlens.collect.archive.ArchiveFile;
import org.airlens.collect.archive.ArchiveReader;
import org.airlens.collect.archive.MeasuredInputStream;
import org.airlens.collect.archive.ParsedCsv;
import org.airlens.spark.parsed.RowSink;

/** Reads the archive's files of one task. */
record ArchivePart(FilePart part) {

  void readInto(RowSink sink) {
    ArchiveReader reader = new ArchiveReader(InstantSource.system(), _ -> "");
    for (int i = 0; i < part.files().size(); i++) {
      sink.begin(part.first() + i);
      read(reader, part.files().get(i).file(), sink);
    }
  }

  private void read(ArchiveReader reader, ArchiveFile file, RowSink sink) {
    long bytes = 0;
    try (InputStream stored = Files.newInputStream(Path.of(part.root(), file.path()));
        MeasuredInputStream measured = new MeasuredInputStream(stored)) {
      Optional<String> failure = Optional.empty();
      long read = 0;
      try {
        ParsedCsv parsed = reader.read(file, measured, sink);
        read = parsed.rows();
        measured.checksum(); // To the end, as the file is counted.
      } catch (IOException e) {
        failure = Optional.of("%s can't be read: %s".formatted(file.path(), e.getMessage()));
      }
      bytes = measured.count();
      sink.end(file.path(), read, bytes, failure);
    } catch (IOException e) {
      sink.end(
          file.path(), 0, bytes, Optional.of("%s can't be read: %s".formatted(file.path(), e)));
    }
  }
}
