package org.airlens.pipeline;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * How a source does.
 *
 * @param name what people know it by
 * @param health in one word
 * @param lastSuccess when it last delivered something that was stored, or said that it has nothing
 *     new
 * @param problem what is wrong, or what it waits for
 */
public record SourceState(
    String name, Health health, Optional<Instant> lastSuccess, Optional<String> problem) {

  /** A source that was not asked yet. */
  static SourceState unasked(String name) {
    return new SourceState(name, Health.OK, Optional.empty(), Optional.empty());
  }

  /** A source's state in one word. */
  public enum Health {
    /** It delivers, or has nothing new: also while its last answer holds and nobody asks it. */
    OK,
    /** It refused and said for how long, or fails so often that it is left alone. */
    WAITING,
    /** The last attempt failed; the next cycle tries again. */
    FAILING,
    /** It has given all it has. */
    FINISHED;

    /** Whether nothing is amiss. */
    boolean isUp() {
      return this == OK || this == FINISHED;
    }

    /** The word in status. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
