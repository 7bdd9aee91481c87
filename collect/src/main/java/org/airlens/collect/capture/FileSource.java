package org.airlens.collect.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.airlens.collect.Fetch;
import org.airlens.collect.Source;
import org.airlens.collect.SourceException;

/** One capture in a file, delivered once, and again whenever the file has changed. */
public final class FileSource implements Source {

  private final Path file;
  private final long maxBytes;
  private Optional<Version> acknowledged = Optional.empty();

  /**
   * A source that reads a file.
   *
   * @param file JSON, or gzip of it
   * @param maxBytes the largest document that is read, in bytes of JSON
   */
  public FileSource(Path file, long maxBytes) {
    this.file = file;
    this.maxBytes = maxBytes;
  }

  @Override
  public String name() {
    return file.toString();
  }

  @Override
  public Fetch fetch() throws SourceException {
    Version version = version();
    if (acknowledged.filter(version::equals).isPresent()) {
      return new Fetch.Unchanged();
    }
    return new Fetch.Content(
        new CaptureContent(
            name(), CaptureFile.open(file, maxBytes), () -> acknowledged = Optional.of(version)));
  }

  @Override
  public void close() {
    // Nothing is held between two fetches.
  }

  private Version version() throws SourceException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new Version(attributes.lastModifiedTime().toMillis(), attributes.size());
    } catch (IOException e) {
      throw CaptureFile.unreadable(file, e);
    }
  }

  private record Version(long modifiedMillis, long size) {}
}
