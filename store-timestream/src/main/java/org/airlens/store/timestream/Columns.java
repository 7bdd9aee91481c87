package org.airlens.store.timestream;

import java.util.List;

/** The columns of the table that are not measures. */
final class Columns {

  /** The one name of all records: the value of {@code measure_name}. */
  static final String RECORD = "air_quality";

  static final String TIME = "time";

  static final String SENSOR_ID = "sensor_id";
  static final String SENSOR_PIN = "sensor_pin";
  static final String TYPE_ID = "sensor_type_id";
  static final String TYPE_NAME = "sensor_type_name";
  static final String MANUFACTURER = "sensor_type_manufacturer";
  static final String LOCATION_ID = "location_id";
  static final String COUNTRY = "country";
  static final String LATITUDE = "latitude";
  static final String LONGITUDE = "longitude";
  static final String ALTITUDE = "altitude";

  /** What makes a series: dimensions, always text to the service. */
  static final List<String> DIMENSIONS =
      List.of(
          COUNTRY,
          LATITUDE,
          LONGITUDE,
          ALTITUDE,
          LOCATION_ID,
          SENSOR_ID,
          SENSOR_PIN,
          TYPE_ID,
          TYPE_NAME,
          MANUFACTURER);

  static final String AQI = "aqi";
  static final String INDOOR = "indoor";
  static final String EXACT = "exact_location";

  /** The record's version once more, because queries don't see it. */
  static final String WRITTEN = "written";

  /**
   * Which values the record has, as {@code ,P1,P2,aqi,}: a record that is replaced may keep values
   * that the new one lacks.
   */
  static final String REPORTED = "reported";

  /** Values beside the measures. */
  static final List<String> ATTRIBUTES = List.of(AQI, INDOOR, EXACT, WRITTEN, REPORTED);

  private Columns() {}

  /** Whether the column is one of these. */
  static boolean isOurs(String column) {
    return DIMENSIONS.contains(column) || ATTRIBUTES.contains(column) || column.equals(TIME);
  }
}
