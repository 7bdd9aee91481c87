package org.airlens.store.embedded;

import java.util.Set;

/** The table's definition. */
final class ReadingsTable {

  /** The columns before the measures', in the order in which {@link RowReading} reads them. */
  static final String FIXED =
      "ts, sensor_id, location_id, latitude, longitude, altitude, country, exact_location, indoor,"
          + " sensor_pin, sensor_type_id, sensor_type_name, sensor_type_manufacturer, aqi";

  private ReadingsTable() {}

  /** Makes the table, and the columns of the measures known, where they are missing. */
  static void prepare(Database database, MeasureColumns columns) {
    database.execute(
        """
        CREATE TABLE IF NOT EXISTS readings (
          ts TIMESTAMP, sensor_id LONG, location_id LONG,
          latitude DOUBLE, longitude DOUBLE, altitude DOUBLE,
          country SYMBOL CAPACITY 512, exact_location BOOLEAN, indoor SYMBOL CAPACITY 8,
          sensor_pin SYMBOL CAPACITY 256, sensor_type_id INT,
          sensor_type_name SYMBOL CAPACITY 512, sensor_type_manufacturer SYMBOL CAPACITY 512,
          aqi INT
        ) TIMESTAMP(ts) PARTITION BY DAY WAL DEDUP UPSERT KEYS(ts, sensor_id)
        """);
    database.apply();
    Set<String> present = database.columns();
    boolean missing = false;
    for (String column : columns.all().values()) {
      if (!present.contains(column)) {
        addColumn(database, column);
        missing = true;
      }
    }
    if (missing) {
      database.apply();
    }
  }

  /** Adds a measure's column; {@link Database#apply()} makes it usable. */
  static void addColumn(Database database, String column) {
    database.execute("ALTER TABLE readings ADD COLUMN IF NOT EXISTS \"" + column + "\" DOUBLE");
  }
}
