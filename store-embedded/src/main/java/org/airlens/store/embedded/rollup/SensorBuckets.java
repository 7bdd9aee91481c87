package org.airlens.store.embedded.rollup;

import java.util.ArrayList;
import java.util.List;

/** The buckets of a sensor in the order of time, put together of parts that come almost so. */
public final class SensorBuckets {

  private final List<Bucket> buckets = new ArrayList<>();
  private final List<Long> starts = new ArrayList<>();

  /** Adds values to the bucket that starts at a second. */
  public void add(long start, Bucket part) {
    int at = starts.size();
    while (at > 0 && starts.get(at - 1) > start) {
      at--; // Seldom far: another place of the same sensor on the same day.
    }
    if (at > 0 && starts.get(at - 1) == start) {
      buckets.get(at - 1).merge(part);
    } else {
      Bucket copy = new Bucket();
      copy.copy(part);
      buckets.add(at, copy);
      starts.add(at, start);
    }
  }

  /** How many there are. */
  public int size() {
    return starts.size();
  }

  /** When a bucket starts. */
  public long start(int bucket) {
    return starts.get(bucket);
  }

  /** What is in it. */
  public Bucket bucket(int bucket) {
    return buckets.get(bucket);
  }
}
