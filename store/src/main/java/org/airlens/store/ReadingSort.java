package org.airlens.store;

/**
 * An order of readings. A store may take values closer than 10⁻⁹ for the same.
 *
 * @param key {@link #TIMESTAMP}, {@link #SENSOR_ID}, {@link #LOCATION_ID} or the name of a measure
 * @param descending whether the largest comes first
 */
public record ReadingSort(String key, boolean descending) {

  /** Sorts by time. */
  public static final String TIMESTAMP = "timestamp";

  /** Sorts by the sensor's id. */
  public static final String SENSOR_ID = "sensor_id";

  /** Sorts by the location's id. */
  public static final String LOCATION_ID = "location_id";

  /** The newest first. */
  public static final ReadingSort NEWEST_FIRST = new ReadingSort(TIMESTAMP, true);

  /** The oldest first. */
  public static final ReadingSort OLDEST_FIRST = new ReadingSort(TIMESTAMP, false);
}
