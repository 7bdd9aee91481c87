package org.airlens.collect.archive;

import java.io.InputStream;
import org.airlens.collect.http.Validators;

/** What a tree had when asked for a file. */
public sealed interface ArchiveContent {

  /** The version that is known is still the newest. */
  record Unchanged() implements ArchiveContent {}

  /**
   * The file's bytes as they are stored.
   *
   * @param bytes closed by the one who asked
   * @param size how many these are, −1 when that is not known
   * @param version what the server names this version by
   */
  record Bytes(InputStream bytes, long size, Validators version) implements ArchiveContent {}
}
