package org.airlens.store.embedded.rollup;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A measure of some sensors in a day's file.
 *
 * @param firstSensor the lowest id
 * @param lastSensor the highest
 * @param days an entry for each sensor and origin, in that order
 * @param hours the entries of each of these, in the order of time
 */
record Chunk(long firstSensor, long lastSensor, Section days, Section hours) {

  void write(DataOutput out) throws IOException {
    out.writeLong(firstSensor);
    out.writeLong(lastSensor);
    days.write(out);
    hours.write(out);
  }

  static Chunk read(DataInput in) throws IOException {
    return new Chunk(in.readLong(), in.readLong(), Section.read(in), Section.read(in));
  }
}
