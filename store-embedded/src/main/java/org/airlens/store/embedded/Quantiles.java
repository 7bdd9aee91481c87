package org.airlens.store.embedded;

import io.questdb.cairo.sql.Record;
import java.util.Arrays;
import java.util.List;
import org.airlens.store.Quantile;

/** Readings in the order of sensor and time become the 95th percentile of each bucket. */
final class Quantiles implements AutoCloseable {

  private final long width;
  private final PointSink sink;
  private double[] values = new double[64];
  private int size;
  private long sensor;
  private long location;
  private long bucket;
  private boolean wanted = true;

  /**
   * Begins.
   *
   * @param width of a bucket, in seconds
   * @param sink takes the points
   */
  Quantiles(long width, PointSink sink) {
    this.width = width;
    this.sink = sink;
  }

  /** The query of which the rows are taken. */
  static String sql(String value, List<String> conditions) {
    return """
    SELECT sensor_id, cast(ts AS LONG) / 1000000, cast(%s AS DOUBLE), location_id
    FROM readings%s ORDER BY sensor_id, ts
    """
        .formatted(value, Sql.where(conditions));
  }

  /** Takes a reading: sensor, second, value, location; false when no more are wanted. */
  boolean take(Record row) {
    long nextSensor = row.getLong(0);
    long nextBucket = Math.floorDiv(row.getLong(1), width);
    if (size > 0 && (nextSensor != sensor || nextBucket != bucket)) {
      close();
      if (!wanted) {
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
      wanted = sink.take(sensor, location, bucket * width, Quantile.of(values, size, Quantile.P95));
      size = 0;
    }
  }

  /** Takes points. */
  @FunctionalInterface
  interface PointSink {

    /** Takes a point; false when no more are wanted. */
    boolean take(long sensorId, long locationId, long epochSecond, double value);
  }
}
