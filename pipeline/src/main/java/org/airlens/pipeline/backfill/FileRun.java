package org.airlens.pipeline.backfill;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.airlens.collect.archive.ArchiveFile;
import org.airlens.collect.http.ServerUnavailableException;
import org.airlens.model.Reading;

/**
 * One file on its way from the thread that reads it to the one that gathers: a few pieces wait, so
 * that files are read ahead and memory stays bounded.
 *
 * @param file which
 * @param progress how much of the archive is done with it, in thousandths of a folder
 */
record FileRun(ArchiveFile file, long progress, BlockingQueue<Step> steps) implements Event {

  /** So many readings make a piece; more than an honest file of a day has. */
  static final int PIECE = 2_000;

  private static final int WAITING = 3;

  static FileRun of(ArchiveFile file, long progress) {
    return new FileRun(file, progress, new ArrayBlockingQueue<>(WAITING));
  }

  /** What comes of a file: pieces, then one of the others. */
  sealed interface Step {

    /** Readings that are wanted, indexed. */
    record Piece(List<Reading> readings) implements Step {}

    /** It was read to its end, and all that came before makes it complete. */
    record Read(JournalEntry entry, FileCounts counts) implements Step {}

    /** The journal knows it as it is. */
    record Unchanged() implements Step {}

    /** It can't be read, or not further. */
    record Failed(
        String problem, FileCounts counts, Optional<ServerUnavailableException> unavailable)
        implements Step {}
  }
}
