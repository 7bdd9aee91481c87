package org.airlens.store.embedded;

import java.nio.file.Path;

/** The one failure that a person can end without knowing anything of files. */
final class DiskFull {

  private DiskFull() {}

  /** Whether a failure, as the operating system or QuestDB words it, is that the disk is full. */
  static boolean isWhat(String failure) {
    return failure.contains("No space left") || failure.contains("quota exceeded");
  }

  /** What to tell of it. */
  static String message(Path store, String failure) {
    return "the disk of the store in %s is full; free some space (%s)".formatted(store, failure);
  }
}
