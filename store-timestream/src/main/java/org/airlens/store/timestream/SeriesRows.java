package org.airlens.store.timestream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.airlens.store.SensorSeries;
import org.airlens.store.SeriesPage;
import software.amazon.awssdk.services.timestreamquery.model.Datum;

/** Rows of sensor, bucket, value and location, in order of sensor and time, become series. */
final class SeriesRows {

  private final int maxPoints;
  private final List<SensorSeries> series = new ArrayList<>();
  private long[] seconds = new long[64];
  private double[] values = new double[64];
  private int size;
  private long sensor;
  private long location;
  private long collected;
  private boolean isCut;

  SeriesRows(int maxPoints) {
    this.maxPoints = maxPoints;
  }

  /** Takes a row; false when the page is full and the row belongs to the next one. */
  boolean take(List<Datum> row) {
    long next = Long.parseLong(row.get(0).scalarValue());
    if (size > 0 && next != sensor) {
      finish();
      if (collected >= maxPoints) {
        isCut = true;
        return false;
      }
    }
    sensor = next;
    location = Long.parseLong(row.get(3).scalarValue());
    double value = Double.parseDouble(row.get(2).scalarValue());
    if (Double.isFinite(value)) { // A sum may leave what a double can hold.
      add(Long.parseLong(row.get(1).scalarValue()) / 1_000, value);
    }
    return true;
  }

  /** What was taken. */
  SeriesPage page() {
    if (!isCut && size > 0) {
      finish();
    }
    return new SeriesPage(
        List.copyOf(series), isCut ? OptionalLong.of(sensor) : OptionalLong.empty());
  }

  private void add(long second, double value) {
    if (size == seconds.length) {
      seconds = Arrays.copyOf(seconds, size * 2);
      values = Arrays.copyOf(values, size * 2);
    }
    seconds[size] = second;
    values[size++] = value;
  }

  private void finish() {
    series.add(
        new SensorSeries(
            sensor, location, Arrays.copyOf(seconds, size), Arrays.copyOf(values, size)));
    collected += size;
    size = 0;
  }
}
