package org.airlens.store.embedded.rollup;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.airlens.model.MeasureValues;
import org.airlens.model.Measures;
import org.airlens.model.Reading;
import org.airlens.store.Points;

/** All readings of some sensors on a day, which come in the order of time. */
final class DayPortion {

  private final Map<String, TreeMap<SensorAtPlace, Points>> measures = new HashMap<>();

  /** Adds a reading of an origin. */
  void add(Reading reading, int origin) {
    SensorAtPlace key = new SensorAtPlace(reading.sensor().id(), origin);
    long second = reading.timestamp().getEpochSecond();
    MeasureValues values = reading.values();
    for (int i = 0; i < values.size(); i++) {
      add(values.name(i), key, second, values.value(i));
    }
    if (reading.aqi().isPresent()) {
      add(Measures.AQI, key, second, reading.aqi().getAsInt());
    }
  }

  private void add(String measure, SensorAtPlace key, long second, double value) {
    measures
        .computeIfAbsent(measure, _ -> new TreeMap<>(SensorAtPlace.ORDER))
        .computeIfAbsent(key, _ -> new Points())
        .add(second, value);
  }

  /** The values by measure, sensor and origin. */
  Map<String, ? extends SortedMap<SensorAtPlace, Points>> measures() {
    return measures;
  }
}
