package org.airlens.store.embedded;

import io.questdb.cairo.sql.Record;
import java.util.Arrays;
import org.airlens.store.Quantile;
import org.airlens.store.SeriesCollector;

/** Readings in the order of sensor and time become the 95th percentile of each bucket. */
final class Quantiles implements AutoCloseable {

  private final long width;
  private final SeriesCollector collector;
  private double[] values = new double[64];
  private int size;
  private long sensor;
  private long location;
  private long bucket;

  /**
   * Begins.
   *
   * @param width of a bucket, in seconds
   * @param collector takes the points
   */
  Quantiles(long width, SeriesCollector collector) {
    this.width = width;
    this.collector = collector;
  }

  /** Takes a reading: sensor, second, value, location; false when no more are wanted. */
  boolean take(Record row) {
    long nextSensor = row.getLong(0);
    long nextBucket = Math.floorDiv(row.getLong(1), width);
    if (size > 0 && (nextSensor != sensor || nextBucket != bucket)) {
      close();
      if (collector.isCut()) {
        return false;
      }
    }
    sensor = nextSensor;
    bucket = nextBucket;
    location = row.getLong(3);
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = row.getDouble(2);
    return true;
  }

  /** Hands on the last bucket. */
  @Override
  public void close() {
    if (size > 0) {
      Arrays.sort(values, 0, size);
      collector.take(sensor, location, bucket * width, Quantile.of(values, size, Quantile.P95));
      size = 0;
    }
  }
}
