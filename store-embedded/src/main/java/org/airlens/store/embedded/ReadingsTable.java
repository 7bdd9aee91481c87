package org.airlens.store.embedded;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.airlens.store.StoreException;

/** The table's definition. */
final class ReadingsTable {

  /** The columns before the measures', in the order in which {@link RowReading} reads them. */
  static final List<String> FIXED =
      List.of(
          "ts",
          "sensor_id",
          "location_id",
          "latitude",
          "longitude",
          "altitude",
          "country",
          "exact_location",
          "indoor",
          "sensor_pin",
          "sensor_type_id",
          "sensor_type_name",
          "sensor_type_manufacturer",
          "aqi");

  /** Those of them whose texts are kept in a dictionary, in their order. */
  static final List<String> SYMBOLS =
      List.of("country", "indoor", "sensor_pin", "sensor_type_name", "sensor_type_manufacturer");

  private ReadingsTable() {}

  /** Makes the table with the columns of the measures known. */
  static void create(Database database, MeasureColumns columns) {
    database.execute(
        """
        CREATE TABLE readings (
          ts TIMESTAMP, sensor_id LONG, location_id LONG,
          latitude DOUBLE, longitude DOUBLE, altitude DOUBLE,
          country SYMBOL CAPACITY 512, exact_location BOOLEAN, indoor SYMBOL CAPACITY 8,
          sensor_pin SYMBOL CAPACITY 256, sensor_type_id INT,
          sensor_type_name SYMBOL CAPACITY 512, sensor_type_manufacturer SYMBOL CAPACITY 512,
          aqi INT, %s
        ) TIMESTAMP(ts) PARTITION BY DAY WAL DEDUP UPSERT KEYS(ts, sensor_id)
        """
            .formatted(
                columns.all().values().stream()
                    .map(column -> "\"" + column + "\" DOUBLE")
                    .collect(Collectors.joining(", "))));
    database.apply();
  }

  /**
   * Adds columns of which a former process had only noted that they should be.
   *
   * @throws StoreException when the table is not what the folder's other files say
   */
  static void complete(Database database, MeasureColumns columns) {
    if (!database.hasTable()) {
      throw new StoreException(
          "the store in %s has lost its table; %s".formatted(columns.root(), StoreFile.REMEDY));
    }
    addMissingColumns(database, columns);
    Set<String> unknown = new HashSet<>(database.columns());
    FIXED.forEach(unknown::remove);
    columns.all().values().forEach(unknown::remove);
    if (!unknown.isEmpty()) {
      throw new StoreException(
          "%s does not name the measures in %s; %s"
              .formatted(columns.file(), unknown, StoreFile.REMEDY));
    }
  }

  /** Adds the columns of measures that have none in the table. */
  static void addMissingColumns(Database database, MeasureColumns columns) {
    Set<String> present = database.columns();
    for (String column : columns.all().values()) {
      if (!present.contains(column)) {
        database.addColumn(column);
      }
    }
  }
}
