package org.airlens.store;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is known of sensors. All methods throw {@link StoreException} when the store can't answer.
 */
public interface SensorDirectory {

  /**
   * Sensors in ascending order of id.
   *
   * @param filter which, by the newest reading of each; its measure and times are not conditions
   * @param after only larger ids
   * @param limit at most so many
   */
  List<SensorSummary> sensors(ReadingFilter filter, OptionalLong after, int limit);

  /** One sensor, empty when it never reported. */
  Optional<SensorSummary> sensor(long id);

  /** The sensors whose newest reading is from this location, in ascending order of id. */
  List<SensorSummary> atLocation(long locationId);
}
