package org.airlens.collect.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.airlens.collect.Fetch;

/** When the server may be asked next, and why not sooner. One thread at a time. */
final class NextRequest {

  private Instant decided = Instant.MIN;
  private Instant notBefore = Instant.MIN;
  private String reason = "";

  /** Leaves the server alone from an instant on. */
  void leaveAlone(Instant from, Duration pause, String why) {
    decided = from;
    notBefore = from.plus(pause);
    reason = why;
  }

  /** The wait that is left, empty when the server may be asked. */
  Optional<Fetch.Wait> left(Instant now) {
    boolean clockWasSetBack = now.isBefore(decided);
    if (clockWasSetBack || !now.isBefore(notBefore)) {
      return Optional.empty();
    }
    return Optional.of(new Fetch.Wait(Duration.between(now, notBefore), reason));
  }
}
