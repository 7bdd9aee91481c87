package org.airlens.store.embedded.rollup;

import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

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

  /**
   * Adds up lists of groups.
   *
   * @param countries of these countries alone; of all when empty
   * @param sensorTypes of these makes alone; of all when empty
   */
  static void read(
      ByteBuffer in, Set<String> countries, Set<String> sensorTypes, ValueCounts into) {
    boolean all = countries.isEmpty() && sensorTypes.isEmpty();
    for (int left = in.getInt(); left > 0; left--) {
      boolean isTotal = in.get() == 0;
      boolean wanted = isTotal == all;
      if (!isTotal) {
        String country = text(in);
        String sensorType = text(in);
        wanted &= countries.isEmpty() || countries.contains(country);
        wanted &= sensorTypes.isEmpty() || sensorTypes.contains(sensorType);
      }
      int size = in.getInt();
      if (wanted) {
        add(in, size, into);
      }
      in.position(in.position() + size * (Double.BYTES + Integer.BYTES));
    }
  }

  private static void add(ByteBuffer in, int size, ValueCounts into) {
    double[] values = new double[size];
    long[] counts = new long[size];
    int countsAt = in.position() + size * Double.BYTES;
    for (int i = 0; i < size; i++) {
      values[i] = in.getDouble(in.position() + i * Double.BYTES);
      counts[i] = in.getInt(countsAt + i * Integer.BYTES);
    }
    into.add(values, counts);
  }

  private static String text(ByteBuffer in) {
    byte[] text = new byte[in.getInt()];
    in.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  private static void text(DataOutput out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }
}
