package org.airlens.store;

import java.time.Instant;
import java.util.OptionalDouble;
import org.airlens.model.Reading;

/**
 * A reading's place in an order, from which a listing goes on.
 *
 * @param value what the order sorts by, empty when the reading does not have it, and when the order
 *     is by time
 * @param timestamp the reading's instant
 * @param sensorId the reading's sensor
 */
public record PageKey(OptionalDouble value, Instant timestamp, long sensorId) {

  /** The place of a reading in an order. */
  public static PageKey of(Reading reading, ReadingSort sort) {
    return new PageKey(sort.value(reading), reading.timestamp(), reading.sensor().id());
  }
}
