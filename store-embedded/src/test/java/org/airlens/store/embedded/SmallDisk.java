package org.airlens.store.embedded;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A disk of a few megabytes, in memory, where this process may mount one; else a test is skipped.
 */
final class SmallDisk implements AutoCloseable {

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /** Mounts a disk below a folder. */
  static SmallDisk mount(Path work, String size) throws IOException {
    Path folder = Files.createDirectory(work.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder.toString()),
        "this process may not mount a disk");
    return new SmallDisk(folder);
  }

  /** Where it is. */
  Path folder() {
    return folder;
  }

  /** Takes up its room but for so many bytes. */
  void fillBut(long bytes) throws IOException {
    long free = folder.toFile().getUsableSpace();
    Files.write(folder.resolve("ballast"), new byte[(int) Math.max(0, free - bytes)]);
  }

  /** Frees the room that was taken up. */
  void free() throws IOException {
    Files.delete(folder.resolve("ballast"));
  }

  /** Changes how it is mounted. */
  void remount(String option) {
    assumeTrue(run("mount", "-o", "remount," + option, folder.toString()), "can't be remounted");
  }

  @Override
  public void close() {
    run("umount", folder.toString());
  }

  private static boolean run(String... command) {
    try {
      return new ProcessBuilder(List.of(command)).start().onExit().join().exitValue() == 0;
    } catch (IOException e) {
      return false; // No such program here.
    }
  }
}
