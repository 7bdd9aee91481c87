package org.airlens.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one cycle over all sources did. Every reading seen is stored, duplicate or unsaved.
 *
 * @param startedAt when it began
 * @param duration how long it took
 * @param bytes decompressed bytes read
 * @param seen valid readings seen
 * @param stored readings new to the store
 * @param duplicate readings the store had already
 * @param rejected records and values not taken, by the label of the reason
 * @param sources each source and its state after the cycle
 * @param problem what went wrong first, empty when nothing did
 */
public record CycleReport(
    Instant startedAt,
    Duration duration,
    long bytes,
    long seen,
    long stored,
    long duplicate,
    Map<String, Long> rejected,
    List<SourceState> sources,
    Optional<String> problem) {

  /** This report with another problem. */
  public CycleReport withProblem(Optional<String> other) {
    return new CycleReport(
        startedAt, duration, bytes, seen, stored, duplicate, rejected, sources, other);
  }

  /** Valid readings that the store could not keep: their source delivers them again. */
  public long unsaved() {
    return seen - stored - duplicate;
  }
}
