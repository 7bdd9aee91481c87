package org.airlens.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.airlens.collect.FeedContent;
import org.airlens.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of documents that sources delivered and that an engine works off. A document is one file
 * that never changes, durable and whole when its name appears; its number is higher than those of
 * all before it, also across restarts. What the engine has settled is removed; beyond a size,
 * sources are not asked until there is room again. One process at a time; thread-safe.
 */
public final class Landing implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Landing.class);

  private static final Pattern NAME = Pattern.compile("(\\d{12})\\.document");
  private static final String PART = ".part";
  private static final String LAST_SETTLED = "settled";
  private static final int LONGEST_NAME = 1_024;
  private static final int BUFFER = 1 << 16;

  private final Path folder;
  private final long maxBytes;
  private final FileChannel lock;
  private long newest;
  private long parts;
  private boolean wasFull;

  private Landing(Path folder, long maxBytes, FileChannel lock, long newest) {
    this.folder = folder;
    this.maxBytes = maxBytes;
    this.lock = lock;
    this.newest = newest;
  }

  /**
   * A document that landed.
   *
   * @param number its place in the order in which they landed
   * @param bytes the size of its file
   */
  public record Landed(long number, long bytes) {}

  /**
   * A document to read; the caller closes the body.
   *
   * @param name what people know it by
   * @param body what the source delivered, decompressed
   */
  public record Document(String name, InputStream body) {}

  /**
   * Opens the folder, making it when it is not there; the caller closes the landing.
   *
   * @param maxBytes from how many bytes on sources must wait
   * @throws StoreException when it can't be written, or another process uses it
   */
  public static Landing open(Path folder, long maxBytes) {
    try {
      Files.createDirectories(folder);
      FileChannel lock = FileChannel.open(folder.resolve("lock"), CREATE, WRITE);
      if (!isLocked(lock)) {
        lock.close();
        throw new StoreException(
            "another process collects into %s; stop that one, or take another --data-dir"
                .formatted(folder));
      }
      try (Stream<Path> left = Files.list(folder)) {
        for (Path part : left.filter(file -> file.toString().endsWith(PART)).toList()) {
          Files.delete(part);
        }
      }
      return new Landing(folder, maxBytes, lock, newest(folder));
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  /** Whether this process is the only one; the lock goes with the channel. */
  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock held = channel.tryLock();
      return held != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** The folder, as every machine sees it that reads from it. */
  public Path folder() {
    return folder;
  }

  /** The documents that are in a folder now, in their order. */
  public static List<Landed> landed(Path folder) throws IOException {
    List<Landed> landed = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (name.matches()) {
          landed.add(new Landed(Long.parseLong(name.group(1)), file.toFile().length()));
        }
      }
    }
    landed.sort(Comparator.comparingLong(Landed::number));
    return landed;
  }

  /** The number of the document that landed last, settled or not; 0 when none ever did. */
  public static long newest(Path folder) throws IOException {
    List<Landed> landed = landed(folder);
    return landed.isEmpty() ? settled(folder) : landed.getLast().number();
  }

  /** Opens a document. */
  public static Document read(Path folder, long number) throws IOException {
    InputStream file = new BufferedInputStream(Files.newInputStream(file(folder, number)), BUFFER);
    ByteArrayOutputStream name = new ByteArrayOutputStream();
    int b = file.read();
    while (b >= 0 && b != '\n' && name.size() < LONGEST_NAME) {
      name.write(b);
      b = file.read();
    }
    return new Document(name.toString(UTF_8), file);
  }

  /**
   * Removes the documents up to a number: all that they hold is durable elsewhere.
   *
   * @throws StoreException when that can't be noted
   */
  public synchronized void settled(long number) {
    try {
      List<Landed> settled =
          landed(folder).stream().filter(document -> document.number() <= number).toList();
      if (settled.isEmpty()) {
        return;
      }
      // Before they go: the next document must get a higher number even in an empty folder.
      Path draft = folder.resolve(LAST_SETTLED + PART);
      try (FileChannel channel = FileChannel.open(draft, CREATE, WRITE);
          OutputStream out = Channels.newOutputStream(channel)) {
        out.write(Long.toString(settled.getLast().number()).getBytes(UTF_8));
        channel.force(true);
      }
      Files.move(draft, folder.resolve(LAST_SETTLED), ATOMIC_MOVE);
      forceFolder();
      for (Landed document : settled) {
        Files.deleteIfExists(file(folder, document.number()));
      }
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  /** Whether all that landed is settled. */
  public boolean isEmpty() {
    try {
      return landed(folder).isEmpty();
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  /** Lets another process use the folder. */
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      LOG.debug("closing the landing zone", e);
    }
  }

  /** An intake for one source. */
  Intake intake() {
    return new LandingIntake();
  }

  private static long settled(Path folder) throws IOException {
    try {
      return Long.parseLong(Files.readString(folder.resolve(LAST_SETTLED)).strip());
    } catch (NoSuchFileException | NumberFormatException e) {
      return 0; // An engine that has seen higher numbers says so.
    }
  }

  private static Path file(Path folder, long number) {
    return folder.resolve("%012d.document".formatted(number));
  }

  private synchronized Path newPart() {
    parts++;
    return folder.resolve(parts + PART);
  }

  /** Gives parts their names, in their order. */
  private synchronized void land(List<Path> finished) throws IOException {
    for (Path part : finished) {
      Files.move(part, file(folder, newest + 1), ATOMIC_MOVE);
      newest++;
    }
    forceFolder();
  }

  private synchronized boolean isFull() {
    try {
      long bytes = landed(folder).stream().mapToLong(Landed::bytes).sum();
      boolean isFull = bytes >= maxBytes;
      if (isFull && !wasFull) {
        LOG.warn(
            "{} holds {} MB that are not settled: sources wait until there is room",
            folder,
            String.format(Locale.ROOT, "%,d", bytes / 1_000_000));
      }
      wasFull = isFull;
      return isFull;
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  private void forceFolder() {
    try (FileChannel channel = FileChannel.open(folder)) {
      channel.force(true);
    } catch (IOException e) {
      // Not every system can; then a name may be lost with the power, as if it had come later.
    }
  }

  private static StoreException failed(Path folder, IOException failure) {
    return new StoreException(
        "the landing zone %s can't be used: %s".formatted(folder, failure.getMessage()), failure);
  }

  /** Lands what one source delivers. */
  private final class LandingIntake implements Intake {

    private final List<Path> finished = new ArrayList<>();

    @Override
    public void begin(CycleCounts counts) {
      try {
        for (Path part : finished) {
          Files.deleteIfExists(part);
        }
      } catch (IOException e) {
        throw failed(folder, e);
      }
      finished.clear();
    }

    @Override
    public boolean hasRoom() {
      return !isFull();
    }

    @Override
    public Optional<String> take(String name, InputStream body) {
      Path part = newPart();
      finished.add(part);
      try (FileChannel channel = FileChannel.open(part, CREATE, WRITE);
          OutputStream out = Channels.newOutputStream(channel)) {
        String line = name.replaceAll("\\p{Cntrl}", " ");
        out.write(line.substring(0, Math.min(line.length(), LONGEST_NAME / 4)).getBytes(UTF_8));
        out.write('\n');
        Optional<String> breakOff = copy(name, body, out);
        channel.force(true);
        return breakOff;
      } catch (IOException e) {
        throw failed(folder, e);
      }
    }

    private Optional<String> copy(String name, InputStream body, OutputStream out)
        throws IOException {
      byte[] buffer = new byte[BUFFER];
      while (true) {
        int count;
        try {
          count = body.read(buffer, 0, buffer.length);
        } catch (IOException e) {
          return Optional.of(FeedContent.breaksOff(name, e));
        }
        if (count < 0) {
          return Optional.empty();
        }
        out.write(buffer, 0, count);
      }
    }

    @Override
    public void settle() {
      if (finished.isEmpty()) {
        return;
      }
      try {
        land(finished);
      } catch (IOException e) {
        throw failed(folder, e);
      }
      finished.clear();
    }
  }
}
