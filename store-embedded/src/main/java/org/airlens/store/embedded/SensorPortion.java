package org.airlens.store.embedded;

import java.util.ArrayList;
import java.util.List;

/**
 * Sensors that are worth a query of their own: what is made of all sensors at once would be in
 * memory at once.
 *
 * @param afterSensor the ids are above this one
 * @param lastSensor the highest id
 * @param rows how many rows they have
 */
record SensorPortion(long afterSensor, long lastSensor, long rows) {

  /**
   * Divides the sensors that have rows which fulfil conditions, in ascending order.
   *
   * @param size no further sensor joins a portion with so many rows
   * @param most so many of a sensor's rows count at most
   */
  static List<SensorPortion> of(Database database, List<String> conditions, long size, long most) {
    List<SensorPortion> portions = new ArrayList<>();
    SensorPortion[] open = {new SensorPortion(Long.MIN_VALUE, Long.MIN_VALUE, 0)};
    database.query(
        "SELECT sensor_id, count() FROM readings%s GROUP BY sensor_id ORDER BY sensor_id"
            .formatted(Sql.where(conditions)),
        row -> {
          open[0] = open[0].with(row.getLong(0), Math.min(row.getLong(1), most));
          if (open[0].rows >= size) {
            portions.add(open[0]);
            open[0] = new SensorPortion(open[0].lastSensor, open[0].lastSensor, 0);
          }
          return true;
        });
    if (open[0].rows > 0) {
      portions.add(open[0]);
    }
    return portions;
  }

  /** The conditions, and only these sensors. */
  List<String> of(List<String> conditions) {
    List<String> narrowed = new ArrayList<>(conditions);
    narrowed.add("sensor_id > " + afterSensor);
    narrowed.add("sensor_id <= " + lastSensor);
    return narrowed;
  }

  private SensorPortion with(long sensor, long itsRows) {
    return new SensorPortion(afterSensor, sensor, rows + itsRows);
  }
}
