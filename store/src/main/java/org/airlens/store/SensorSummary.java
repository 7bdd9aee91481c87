package org.airlens.store;

import java.time.Instant;
import org.airlens.model.Reading;

/**
 * What is known of a sensor.
 *
 * @param newest its newest reading, with its make and its place
 * @param firstSeen the instant of its oldest reading in the store
 */
public record SensorSummary(Reading newest, Instant firstSeen) {

  /** The instant of its newest reading. */
  public Instant lastSeen() {
    return newest.timestamp();
  }
}
