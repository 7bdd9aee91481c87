package org.airlens.pipeline.backfill;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.airlens.model.RejectionReason;

/**
 * What a backfill did. Every valid reading of the files is stored, duplicate, outside the
 * selection, or, when the run was stopped, left for the next one.
 *
 * @param folders how many folders the archive has of the days wanted
 * @param filesRead files that were read to their end
 * @param filesUnchanged files that were in the store already, as they are
 * @param filesFailed files that could not be read, or not to their end, and folders likewise
 * @param problems what was wrong with the first of these
 * @param bytes read, as they are stored
 * @param rows rows read
 * @param stored readings new to the store
 * @param duplicate readings the store had already
 * @param outside readings outside the selection
 * @param rejected records and values not taken, by reason
 * @param duration how long it took
 * @param broken why it ended before the archive's end, if it did
 */
public record BackfillReport(
    long folders,
    long filesRead,
    long filesUnchanged,
    long filesFailed,
    List<String> problems,
    long bytes,
    long rows,
    long stored,
    long duplicate,
    long outside,
    Map<RejectionReason, Long> rejected,
    Duration duration,
    Optional<String> broken) {

  /** What {@link #broken} says when the run was told to stop. */
  public static final String STOPPED = "stopped";

  /** Whether the whole selection is in the store. */
  public boolean isComplete() {
    return filesFailed == 0 && broken.isEmpty();
  }

  /** How many rows were not taken; others were taken without one of their values. */
  public long rowsRejected() {
    return rejected.entrySet().stream()
        .filter(entry -> entry.getKey().costsTheReading())
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
