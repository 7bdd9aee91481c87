package org.airlens.store;

import java.time.Instant;
import java.util.OptionalDouble;
import org.airlens.model.Reading;

/**
 * A reading's place in an order, from which a listing goes on.
 *
 * @param value what the order sorts by, where that is a measure or an id; empty when the reading
 *     does not have the measure, and when the order is by time
 * @param timestamp the reading's instant
 * @param sensorId the reading's sensor
 */
public record PageKey(OptionalDouble value, Instant timestamp, long sensorId) {

  /** The place of a reading in an order. */
  public static PageKey of(Reading reading, ReadingSort sort) {
    OptionalDouble value =
        switch (sort.key()) {
          case ReadingSort.TIMESTAMP -> OptionalDouble.empty();
          case ReadingSort.SENSOR_ID -> OptionalDouble.of((double) reading.sensor().id());
          case ReadingSort.LOCATION_ID -> OptionalDouble.of((double) reading.location().id());
          default -> reading.value(sort.key());
        };
    return new PageKey(value, reading.timestamp(), reading.sensor().id());
  }
}
