package org.airlens.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of an analysis as it was when it was looked at. What is opened later may be a newer one
 * under the same name, which then has the older one's tag: whoever keeps it asks once more than
 * needed.
 */
record AnalysisFile(Path path, Instant madeAt, long bytes, String etag) {

  private static final Logger LOG = LoggerFactory.getLogger(AnalysisFile.class);

  /** The file that stands there, if any. */
  static Optional<AnalysisFile> find(Path path) {
    try {
      BasicFileAttributes told = Files.readAttributes(path, BasicFileAttributes.class);
      if (!told.isRegularFile()) {
        return Optional.empty();
      }
      Instant madeAt = told.lastModifiedTime().toInstant();
      String etag =
          "W/\"%x-%x-%x\""
              .formatted(
                  madeAt.getEpochSecond() * 1_000_000_000 + madeAt.getNano(),
                  told.size(),
                  Objects.hashCode(told.fileKey()));
      return Optional.of(
          new AnalysisFile(path, madeAt.truncatedTo(ChronoUnit.SECONDS), told.size(), etag));
    } catch (IOException e) {
      return Optional.empty(); // Nothing that could be served.
    }
  }

  /** When it was made, as {@code Last-Modified} has it. */
  String lastModified() {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(madeAt.atOffset(ZoneOffset.UTC));
  }

  /**
   * Hands its contents to a reader. They stay the same until it is done, also when another file
   * takes this one's place meanwhile.
   *
   * @throws ProblemException when it is gone, or must not be read
   */
  void read(Reader reader) {
    try (InputStream in = open()) {
      reader.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads contents. */
  @FunctionalInterface
  interface Reader {
    /** Reads as much as it wants; the stream is closed by the caller. */
    void read(InputStream in) throws IOException;
  }

  private InputStream open() {
    try {
      return Files.newInputStream(path);
    } catch (NoSuchFileException e) {
      throw ProblemException.of(503, "it is being replaced; try again in a moment");
    } catch (IOException e) {
      LOG.warn("{}: {}", path, e.toString());
      throw ProblemException.of(503, "its file can't be read");
    }
  }
}
