package org.airlens.store.embedded.rollup;

import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * How often each value of a measure occurs on a day.
 *
 * @param group of which country and make; empty for all together
 * @param values distinct values, ascending
 * @param counts how often each occurs
 */
@SuppressWarnings("ArrayRecordComponent") // Columns of primitives, read and not changed.
public record GroupCounts(Optional<Group> group, double[] values, long[] counts) {

  /**
   * What distributions are often narrowed to.
   *
   * @param country code of the country, empty when unknown
   * @param sensorType name of the make
   */
  public record Group(String country, String sensorType) {}

  void write(DataOutput out) throws IOException {
    out.writeBoolean(group.isPresent());
    if (group.isPresent()) {
      text(out, group.get().country());
      text(out, group.get().sensorType());
    }
    out.writeInt(values.length);
    for (double value : values) {
      out.writeDouble(value);
    }
    for (long count : counts) {
      out.writeInt((int) count);
    }
  }

  private static void text(DataOutput out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }
}
