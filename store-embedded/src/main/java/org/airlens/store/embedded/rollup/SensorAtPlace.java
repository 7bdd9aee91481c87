package org.airlens.store.embedded.rollup;

import java.util.Comparator;

/**
 * A sensor at a place.
 *
 * @param sensorId the sensor
 * @param origin the number of where its readings come from
 */
record SensorAtPlace(long sensorId, int origin) {

  static final Comparator<SensorAtPlace> ORDER =
      Comparator.comparingLong(SensorAtPlace::sensorId).thenComparingInt(SensorAtPlace::origin);
}
