package org.airlens.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the system tells of a process's memory. */
final class ResidentMemory {

  private ResidentMemory() {}

  /** The largest resident memory it has had, in bytes; 0 where the system does not tell. */
  static long peakBytes(long pid) {
    return bytes(pid, "VmHWM:");
  }

  /**
   * Its resident memory now but for pages of files, which the system takes back when it needs room;
   * in bytes; 0 where the system does not tell.
   */
  static long anonymousBytes(long pid) {
    return bytes(pid, "RssAnon:");
  }

  private static long bytes(long pid, String field) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
        if (line.startsWith(field)) {
          return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
        }
      }
    } catch (IOException e) {
      // The process has ended, or there is no such system.
    }
    return 0;
  }
}
