package org.airlens.store;

import java.util.OptionalDouble;
import java.util.Set;
import org.airlens.model.Location;
import org.airlens.model.Position;
import org.airlens.model.Reading;

/**
 * An order of readings. A store may take values closer than 10⁻⁹ for the same.
 *
 * @param key {@link #TIMESTAMP}, one of {@link #FIELDS} or the name of a measure
 * @param descending whether the largest comes first
 */
public record ReadingSort(String key, boolean descending) {

  /** Sorts by time. */
  public static final String TIMESTAMP = "timestamp";

  /** Sorts by the sensor's id. */
  public static final String SENSOR_ID = "sensor_id";

  /** Sorts by the location's id. */
  public static final String LOCATION_ID = "location_id";

  /** Sorts by the number of the sensor's type. */
  public static final String SENSOR_TYPE_ID = "sensor_type_id";

  /** Sorts from south to north. */
  public static final String LATITUDE = "latitude";

  /** Sorts from west to east. */
  public static final String LONGITUDE = "longitude";

  /** Sorts by metres above sea level. */
  public static final String ALTITUDE = "altitude";

  /** What else a reading is sorted by, beside time and measures: numbers of its sensor or place. */
  public static final Set<String> FIELDS =
      Set.of(SENSOR_ID, LOCATION_ID, SENSOR_TYPE_ID, LATITUDE, LONGITUDE, ALTITUDE);

  /** Those of them that every reading has, all whole numbers. */
  public static final Set<String> IDS = Set.of(SENSOR_ID, LOCATION_ID, SENSOR_TYPE_ID);

  /** The newest first. */
  public static final ReadingSort NEWEST_FIRST = new ReadingSort(TIMESTAMP, true);

  /** The oldest first. */
  public static final ReadingSort OLDEST_FIRST = new ReadingSort(TIMESTAMP, false);

  /** What the order sorts by in a reading; empty when it has no such thing or by time. */
  OptionalDouble value(Reading reading) {
    Location place = reading.location();
    return switch (key) {
      case TIMESTAMP -> OptionalDouble.empty();
      case SENSOR_ID -> OptionalDouble.of((double) reading.sensor().id());
      case LOCATION_ID -> OptionalDouble.of((double) place.id());
      case SENSOR_TYPE_ID -> OptionalDouble.of(reading.sensor().type().id());
      case LATITUDE -> place.position().stream().mapToDouble(Position::latitude).findFirst();
      case LONGITUDE -> place.position().stream().mapToDouble(Position::longitude).findFirst();
      case ALTITUDE -> place.altitude();
      default -> reading.value(key);
    };
  }
}
