package org.airlens.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for one benchmark's files, gone when closed and also when the run is broken off. */
final class WorkFolder implements AutoCloseable {

  private static final int TURNS = 20;

  private final Path path;
  private final Thread atExit = new Thread(this::deleteQuietly, "delete work folder");

  private WorkFolder(Path path) {
    this.path = path;
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** A new folder below another, which is made when it is not there. */
  static WorkFolder below(Path parent) throws IOException {
    Files.createDirectories(parent);
    return new WorkFolder(Files.createTempDirectory(parent, "airlens-bench-"));
  }

  /** Where it is. */
  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    Runtime.getRuntime().removeShutdownHook(atExit);
    delete();
  }

  private void deleteQuietly() {
    // At the process's end its threads still write: what they make meanwhile takes another turn.
    for (int turn = 0; turn < TURNS && Files.exists(path); turn++) {
      try {
        delete();
      } catch (IOException | UncheckedIOException e) {
        // The next turn, or the system, which clears its temporary files.
      }
    }
  }

  private void delete() throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> paths = Files.walk(path)) {
      deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : deepestFirst) {
      Files.delete(each);
    }
  }
}
