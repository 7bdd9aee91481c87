package org.airlens.collect;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The dead-letter file: every record that was not taken, one JSON object a line, with its document,
 * the reason, the offset in it and the record's text, shortened. Bounded: beyond a size the file is
 * put aside under a number and the oldest is dropped. Losing this file never stops the collecting:
 * when it can't be written, that is logged once, and what is lost is counted. Thread-safe.
 */
public final class DeadLetters implements AutoCloseable {

  /** The name of the newest file; older ones end in {@code .1}, {@code .2}, … */
  public static final String FILE = "rejected.jsonl";

  private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

  private final JsonFactory json = new JsonFactory();
  private final Path folder;
  private final long maxBytes;
  private final int keptFiles;
  private final InstantSource clock;
  private @Nullable OutputStream out;
  private long size;
  private long lost;
  private @Nullable String problem;

  /**
   * Dead letters in a folder, which is made with the first of them.
   *
   * @param maxBytes how large a file grows
   * @param keptFiles how many files stay beside the newest
   */
  public DeadLetters(Path folder, long maxBytes, int keptFiles, InstantSource clock) {
    this.folder = folder;
    this.maxBytes = maxBytes;
    this.keptFiles = keptFiles;
    this.clock = clock;
  }

  /** Dead letters of 10 MiB a file, six files in all. */
  public static DeadLetters in(Path folder, InstantSource clock) {
    return new DeadLetters(folder, 10 << 20, 5, clock);
  }

  /** Keeps one rejection. */
  public synchronized void keep(Rejection rejection) {
    try {
      byte[] line = line(rejection);
      if (out != null && size + line.length > maxBytes) {
        rotate();
      }
      OutputStream open = out == null ? open() : out;
      open.write(line);
      size += line.length;
      problem = null;
    } catch (IOException | UncheckedIOException e) {
      lost++;
      if (problem == null) {
        LOG.warn("dead letters can't be kept in {}: {}", folder, e.toString());
      }
      problem = e.toString();
      closeFile();
    }
  }

  /** How many rejections could not be kept. */
  public synchronized long lost() {
    return lost;
  }

  /** Why the last rejection could not be kept, empty when it could. */
  public synchronized Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  @Override
  public synchronized void close() {
    closeFile();
  }

  private OutputStream open() throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(FILE);
    OutputStream opened =
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    size = Files.size(file);
    out = opened;
    if (size >= maxBytes) {
      rotate();
      return open();
    }
    return opened;
  }

  private void rotate() throws IOException {
    closeFile();
    for (int number = keptFiles; number >= 1; number--) {
      Path from = folder.resolve(number == 1 ? FILE : FILE + "." + (number - 1));
      if (Files.exists(from)) {
        Files.move(from, folder.resolve(FILE + "." + number), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    if (keptFiles == 0) {
      Files.deleteIfExists(folder.resolve(FILE));
    }
  }

  private void closeFile() {
    OutputStream open = out;
    out = null;
    size = 0;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        LOG.debug("closing dead letters", e);
      }
    }
  }

  private byte[] line(Rejection rejection) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator line = json.createGenerator(ObjectWriteContext.empty(), bytes)) {
      line.writeStartObject();
      line.writeStringProperty("time", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
      line.writeStringProperty("source", rejection.source());
      line.writeStringProperty("reason", rejection.reason().label());
      line.writeNumberProperty("offset", rejection.offset());
      line.writeStringProperty("record", rejection.excerpt());
      line.writeEndObject();
    }
    bytes.write('\n');
    return bytes.toByteArray();
  }
}
