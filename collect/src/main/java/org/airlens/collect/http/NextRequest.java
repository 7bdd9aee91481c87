package org.airlens.collect.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.airlens.collect.Fetch;

/** When the server may be asked next, and why not sooner. One thread at a time. */
final class NextRequest {

  private Instant decided = Instant.MIN;
  private Instant notBefore = Instant.MIN;
  private Optional<String> reason = Optional.empty();

  /** Leaves the server alone from an instant on, for a reason that people should know. */
  void leaveAlone(Instant from, Duration pause, String why) {
    pause(from, pause, Optional.of(why));
  }

  /** Leaves the server alone from an instant on, because its last answer holds so long. */
  void isFresh(Instant from, Duration pause) {
    pause(from, pause, Optional.empty());
  }

  /** What there is instead of a request, empty when the server may be asked. */
  Optional<Fetch> instead(Instant now) {
    return left(now)
        .map(left ->
            reason.isPresent() ? new Fetch.Wait(left, reason.get()) : new Fetch.Fresh(left));
  }

  /** The pause that is left, empty when the server may be asked. */
  Optional<Duration> left(Instant now) {
    boolean clockWasSetBack = now.isBefore(decided);
    return clockWasSetBack || !now.isBefore(notBefore)
        ? Optional.empty()
        : Optional.of(Duration.between(now, notBefore));
  }

  private void pause(Instant from, Duration pause, Optional<String> why) {
    decided = from;
    notBefore = from.plus(pause);
    reason = why;
  }
}
