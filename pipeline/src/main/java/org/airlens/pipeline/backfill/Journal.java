package org.airlens.pipeline.backfill;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.airlens.collect.archive.ArchiveFile;

/**
 * Which files of an archive are in a store: a file of lines for each month, only ever appended to,
 * each line with its checksum, so that one torn by a crash is seen and its file read again. Holds
 * the few months in memory that were asked for last. Thread-safe.
 */
public final class Journal {

  private static final int MONTHS_HELD = 3;

  private final Path folder;
  private final Map<YearMonth, Map<String, JournalEntry>> months =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(
            Map.Entry<YearMonth, Map<String, JournalEntry>> eldest) {
          return size() > MONTHS_HELD;
        }
      };

  private Journal(Path folder) {
    this.folder = folder;
  }

  /**
   * The journal of an archive and a store.
   *
   * @param dataDir the data directory, below which it lies
   * @param archive the archive's name
   * @param store the store's URI
   * @throws IOException when the folder can't be made
   */
  public static Journal open(Path dataDir, String archive, String store) throws IOException {
    Path folder = dataDir.resolve("backfill").resolve(key(archive + "\n" + store));
    Files.createDirectories(folder);
    Path about = folder.resolve("about.txt");
    if (!Files.exists(about)) {
      Files.writeString(
          about, "Files of the archive %s that are in the store.%n".formatted(archive), UTF_8);
    }
    return new Journal(folder);
  }

  /** What is known of a file. */
  synchronized Optional<JournalEntry> find(ArchiveFile file) throws IOException {
    return Optional.ofNullable(month(file.month()).get(file.path()));
  }

  /**
   * Notes files, durably.
   *
   * @param entries by file
   */
  synchronized void append(Map<ArchiveFile, JournalEntry> entries) throws IOException {
    Map<YearMonth, List<JournalEntry>> byMonth = new TreeMap<>();
    entries.forEach(
        (file, entry) -> byMonth.computeIfAbsent(file.month(), _ -> new ArrayList<>()).add(entry));
    for (Map.Entry<YearMonth, List<JournalEntry>> month : byMonth.entrySet()) {
      append(month.getKey(), month.getValue());
    }
  }

  /** Forgets everything: the store has lost what this says it has. */
  synchronized void clear() throws IOException {
    months.clear();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.journal")) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }

  /** Whether any file was noted. */
  synchronized boolean isEmpty() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.journal")) {
      return !files.iterator().hasNext();
    }
  }

  private void append(YearMonth month, List<JournalEntry> entries) throws IOException {
    Map<String, JournalEntry> known = month(month);
    StringBuilder lines = new StringBuilder();
    for (JournalEntry entry : entries) {
      lines.append(entry.line()).append('\n');
    }
    Path file = file(month);
    boolean isNew = !Files.exists(file);
    try (FileChannel channel = FileChannel.open(file, CREATE, APPEND)) {
      // After a torn line its rest must not become the beginning of this one.
      String begin = isNew || endsWithLineFeed(file) ? "" : "\n";
      ByteBuffer bytes = ByteBuffer.wrap((begin + lines).getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    if (isNew) {
      forceFolder();
    }
    entries.forEach(entry -> known.put(entry.path(), entry));
  }

  private Map<String, JournalEntry> month(YearMonth month) throws IOException {
    Map<String, JournalEntry> known = months.get(month);
    if (known == null) {
      known = read(file(month));
      months.put(month, known);
    }
    return known;
  }

  private static Map<String, JournalEntry> read(Path file) throws IOException {
    Map<String, JournalEntry> entries = new HashMap<>();
    if (Files.exists(file)) {
      // Latin-1 has a character for each byte, also for those that a crash has left.
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(Files.newInputStream(file), StandardCharsets.ISO_8859_1))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          JournalEntry.of(line).ifPresent(entry -> entries.put(entry.path(), entry));
        }
      }
    }
    return entries;
  }

  private static boolean endsWithLineFeed(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      return channel.size() == 0
          || (channel.read(last, channel.size() - 1) == 1 && last.get(0) == '\n');
    }
  }

  private void forceFolder() {
    try (FileChannel channel = FileChannel.open(folder)) {
      channel.force(true);
    } catch (IOException e) {
      // Not every system can; then the file's name may be lost with the power, and it is read
      // again.
    }
  }

  private Path file(YearMonth month) {
    return folder.resolve(month + ".journal");
  }

  private static String key(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
