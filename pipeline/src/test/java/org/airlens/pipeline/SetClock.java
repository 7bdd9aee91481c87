package org.airlens.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that tells the time it was set to. */
final class SetClock implements InstantSource {

  private volatile Instant now;

  SetClock(Instant now) {
    this.now = now;
  }

  @Override
  public Instant instant() {
    return now;
  }

  void advance(Duration by) {
    now = now.plus(by);
  }
}
