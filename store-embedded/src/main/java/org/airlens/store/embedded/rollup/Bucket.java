package org.airlens.store.embedded.rollup;

import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.airlens.store.Quantile;

/**
 * The aggregate of a sensor's values in an hour, a day, or whatever part of them. Readers fill the
 * same one again and again. Times are in seconds since 1970, values in the measure's unit.
 */
public final class Bucket {

  /** How many bytes one takes in a file. */
  static final int BYTES = 3 * Integer.BYTES + 6 * Double.BYTES;

  private long count;
  private long firstSecond;
  private long lastSecond;
  private double sum;
  private double min;
  private double max;
  private double p95;
  private double first;
  private double last;
  private long location;

  /** Sets how many values there are, and when the first and the last was measured. */
  public void setTimes(long values, long begin, long end) {
    count = values;
    firstSecond = begin;
    lastSecond = end;
  }

  /** Sets all aggregates but the 95th percentile. */
  public void setValues(double total, double least, double most, double earliest, double latest) {
    sum = total;
    min = least;
    max = most;
    first = earliest;
    last = latest;
    p95 = Double.NaN;
  }

  /** Sets the place of the last value. */
  public void setLocation(long id) {
    location = id;
  }

  /** Sets the 95th percentile alone, of values of which nothing else is asked. */
  public void setP95(long second, double value) {
    setTimes(1, second, second);
    setValues(value, value, value, value, value);
    p95 = value;
  }

  /** Aggregates some of values that are in the order of time. */
  void of(long[] seconds, double[] values, int from, int to) {
    sum = 0;
    min = Double.POSITIVE_INFINITY;
    max = Double.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) {
      sum += values[i];
      min = Math.min(min, values[i]);
      max = Math.max(max, values[i]);
    }
    count = (long) to - from;
    firstSecond = seconds[from];
    lastSecond = seconds[to - 1];
    first = values[from];
    last = values[to - 1];
    double[] ascending = Arrays.copyOfRange(values, from, to);
    Arrays.sort(ascending);
    p95 = Quantile.of(ascending, ascending.length, Quantile.P95);
  }

  void put(DataOutput out, long day) throws IOException {
    out.writeInt((int) count);
    out.writeInt((int) (firstSecond - day));
    out.writeInt((int) (lastSecond - day));
    out.writeDouble(sum);
    out.writeDouble(min);
    out.writeDouble(max);
    out.writeDouble(p95);
    out.writeDouble(first);
    out.writeDouble(last);
  }

  void get(ByteBuffer in, int offset, long day) {
    count = in.getInt(offset);
    firstSecond = day + in.getInt(offset + 4);
    lastSecond = day + in.getInt(offset + 8);
    sum = in.getDouble(offset + 12);
    min = in.getDouble(offset + 20);
    max = in.getDouble(offset + 28);
    p95 = in.getDouble(offset + 36);
    first = in.getDouble(offset + 44);
    last = in.getDouble(offset + 52);
  }

  /** Takes what another one has. */
  void copy(Bucket other) {
    setTimes(other.count, other.firstSecond, other.lastSecond);
    setValues(other.sum, other.min, other.max, other.first, other.last);
    p95 = other.p95;
    location = other.location;
  }

  /** Adds the values of another one, whatever their times; the percentile is lost. */
  void merge(Bucket other) {
    if (other.firstSecond < firstSecond) {
      firstSecond = other.firstSecond;
      first = other.first;
    }
    if (other.lastSecond > lastSecond) {
      lastSecond = other.lastSecond;
      last = other.last;
      location = other.location;
    }
    count += other.count;
    sum += other.sum;
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
    p95 = Double.NaN;
  }

  /** How many values. */
  public long count() {
    return count;
  }

  /** When the first value was measured. */
  public long firstSecond() {
    return firstSecond;
  }

  /** Their sum. */
  public double sum() {
    return sum;
  }

  /** The smallest. */
  public double min() {
    return min;
  }

  /** The largest. */
  public double max() {
    return max;
  }

  /** The 95th percentile; NaN when this was put together of several. */
  public double p95() {
    return p95;
  }

  /** The earliest. */
  public double first() {
    return first;
  }

  /** The latest. */
  public double last() {
    return last;
  }

  /** The place of the latest. */
  public long location() {
    return location;
  }
}
