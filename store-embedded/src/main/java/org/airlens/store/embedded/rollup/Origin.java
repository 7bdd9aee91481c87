package org.airlens.store.embedded.rollup;

import java.time.Instant;
import java.util.OptionalInt;
import org.airlens.model.Location;
import org.airlens.model.MeasureValues;
import org.airlens.model.Reading;
import org.airlens.model.Sensor;
import org.airlens.store.ReadingFilter;

/**
 * Where readings come from: a sensor as it was, at a place as it was.
 *
 * @param sensor the sensor
 * @param location its place
 */
public record Origin(Sensor sensor, Location location) {

  private static final MeasureValues NONE = MeasureValues.builder().build();

  /**
   * Whether its readings pass.
   *
   * @param timeless a filter of sensors alone
   */
  public boolean passes(ReadingFilter timeless) {
    return timeless.matches(
        new Reading(sensor, location, Instant.EPOCH, NONE, OptionalInt.empty()));
  }
}
