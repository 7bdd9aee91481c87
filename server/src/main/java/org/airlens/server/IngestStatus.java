package org.airlens.server;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How collecting goes, for {@code /api/v1/status} and {@code /readyz}.
 *
 * @param sources each source and its state
 * @param lastCycle the last finished cycle, empty before the first
 * @param cycles how many cycles have finished
 */
public record IngestStatus(
    List<SourceStatus> sources, Optional<CycleStatus> lastCycle, long cycles) {

  /**
   * One source.
   *
   * @param name what people know it by
   * @param state {@code ok}, {@code waiting}, {@code failing} or {@code finished}
   * @param lastSuccess when it last delivered
   * @param problem what is wrong now
   */
  public record SourceStatus(
      String name, String state, Optional<Instant> lastSuccess, Optional<String> problem) {}

  /**
   * One cycle over all sources.
   *
   * @param startedAt when it began
   * @param duration how long it took
   * @param bytes decompressed bytes read
   * @param seen valid readings seen
   * @param stored readings new to the store
   * @param duplicate readings the store had already
   * @param rejected records and values not taken, by reason
   * @param problem why the cycle failed, empty when it did not
   */
  public record CycleStatus(
      Instant startedAt,
      Duration duration,
      long bytes,
      long seen,
      long stored,
      long duplicate,
      Map<String, Long> rejected,
      Optional<String> problem) {}
}
