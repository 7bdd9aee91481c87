package org.airlens.collect.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.airlens.collect.Fetch;
import org.airlens.collect.Source;
import org.airlens.collect.SourceException;

/**
 * A folder of captures, replayed in the order of their names: files that end in {@code .json} or
 * {@code .json.gz}, others are left alone. A capture that can't be opened is reported once and
 * passed.
 */
public final class CaptureFolder implements Source {

  private final Path folder;
  private final long maxBytes;
  private final int perCycle;
  private final Set<String> unreadable = new HashSet<>();
  private final Deque<Path> listed = new ArrayDeque<>();
  private String delivered = "";
  private String settled = "";
  private boolean anySeen;

  /**
   * A source that replays a folder.
   *
   * @param maxBytes the largest capture that is read, in bytes of JSON
   * @param perCycle how many captures a cycle takes
   */
  public CaptureFolder(Path folder, long maxBytes, int perCycle) {
    this.folder = folder;
    this.maxBytes = maxBytes;
    this.perCycle = perCycle;
  }

  @Override
  public String name() {
    return folder.toString();
  }

  @Override
  public int contentsPerCycle() {
    return perCycle;
  }

  @Override
  public Fetch fetch() throws SourceException {
    if (listed.isEmpty()) { // Also captures that came since the last look.
      listed.addAll(capturesAfter(delivered));
    }
    if (listed.isEmpty()) {
      if (!anySeen) {
        throw new SourceException(
            "no captures in " + folder + ": it holds no *.json and no *.json.gz");
      }
      return new Fetch.Finished();
    }
    anySeen = true;
    Path capture = listed.removeFirst();
    String fileName = capture.getFileName().toString();
    delivered = fileName;
    try {
      return new Fetch.Content(
          new CaptureContent(
              capture.toString(), CaptureFile.open(capture, maxBytes), () -> settled = fileName));
    } catch (SourceException e) {
      unreadable.add(fileName);
      throw e;
    }
  }

  @Override
  public void rewind() {
    if (!delivered.equals(settled)) {
      delivered = settled;
      listed.clear();
    }
  }

  @Override
  public void close() {
    // Nothing is held between two fetches.
  }

  /**
   * The captures that a folder holds, in the order of their names.
   *
   * @throws SourceException when the folder can't be read
   */
  public static List<Path> captures(Path folder) throws SourceException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(CaptureFolder::isCapture).sorted().toList();
    } catch (IOException e) {
      throw CaptureFile.unreadable(folder, e);
    }
  }

  private List<Path> capturesAfter(String name) throws SourceException {
    return captures(folder).stream()
        .filter(file -> file.getFileName().toString().compareTo(name) > 0)
        .filter(file -> !unreadable.contains(file.getFileName().toString()))
        .toList();
  }

  private static boolean isCapture(Path file) {
    String name = file.getFileName().toString();
    return (name.endsWith(".json") || name.endsWith(".json.gz")) && Files.isRegularFile(file);
  }
}
