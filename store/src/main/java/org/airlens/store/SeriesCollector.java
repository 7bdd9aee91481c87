package org.airlens.store;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Makes a page of series of points that come in the order of sensor and time. */
public final class SeriesCollector {

  private final int maxPoints;
  private final List<SensorSeries> series = new ArrayList<>();
  private final Points points = new Points();
  private long sensor;
  private long location;
  private long collected;
  private boolean cut;

  /**
   * Begins a page.
   *
   * @param maxPoints no further series is begun once so many points were taken
   */
  public SeriesCollector(int maxPoints) {
    this.maxPoints = maxPoints;
  }

  /**
   * Takes a point, unless its value is not finite: a sum may leave what a double can hold.
   *
   * @return whether more are wanted; false when the page is full and this point of the next sensor
   *     was not taken
   */
  public boolean take(long sensorId, long locationId, long epochSecond, double value) {
    if (points.size() > 0 && sensorId != sensor) {
      finish();
    }
    if (collected >= maxPoints) {
      cut = true;
      return false;
    }
    if (Double.isFinite(value)) {
      sensor = sensorId;
      location = locationId;
      points.add(epochSecond, value);
    }
    return true;
  }

  /** Whether a point was not taken. */
  public boolean isCut() {
    return cut;
  }

  /** What was taken. */
  public SeriesPage page() {
    if (points.size() > 0) {
      finish();
    }
    return new SeriesPage(
        List.copyOf(series), cut ? OptionalLong.of(sensor) : OptionalLong.empty());
  }

  private void finish() {
    series.add(new SensorSeries(sensor, location, points.numbers(), points.values()));
    collected += points.size();
    points.clear();
  }
}
