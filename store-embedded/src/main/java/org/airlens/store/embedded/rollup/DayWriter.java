package org.airlens.store.embedded.rollup;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.airlens.store.Points;

/**
 * Writes a day's file: for each portion of sensors and each measure its days and its hours, then
 * the values of each measure, then where all that stands. {@link DayFile} reads it.
 */
final class DayWriter implements AutoCloseable {

  static final int SECONDS_OF_HOUR = 3_600;

  private final FileChannel channel;
  private final BufferedOutputStream out;
  private final long dayStart;
  private final Map<String, List<Chunk>> chunks = new TreeMap<>();
  private final Map<String, Section> counts = new TreeMap<>();
  private final Bucket bucket = new Bucket();
  private long position;

  /**
   * Begins a file.
   *
   * @param day the day, counted from 1970-01-01
   */
  DayWriter(Path file, long day) throws IOException {
    channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
    dayStart = day * Days.SECONDS;
  }

  /** Aggregates and writes sensors that come after those written before. */
  void write(DayPortion portion) throws IOException {
    for (Map.Entry<String, ? extends SortedMap<SensorAtPlace, Points>> measure :
        portion.measures().entrySet()) {
      ByteArrayOutputStream days = new ByteArrayOutputStream();
      ByteArrayOutputStream hours = new ByteArrayOutputStream();
      SortedMap<SensorAtPlace, Points> columns = measure.getValue();
      for (Map.Entry<SensorAtPlace, Points> entry : columns.entrySet()) {
        write(entry.getKey(), entry.getValue(), days, hours);
      }
      chunks
          .computeIfAbsent(measure.getKey(), _ -> new ArrayList<>())
          .add(
              new Chunk(
                  columns.firstKey().sensorId(),
                  columns.lastKey().sensorId(),
                  section(days),
                  section(hours)));
    }
  }

  private void write(
      SensorAtPlace key, Points points, ByteArrayOutputStream days, ByteArrayOutputStream hours)
      throws IOException {
    long[] seconds = points.numbers();
    double[] values = points.values();
    int firstHour = hours.size() / Bucket.BYTES;
    DataOutputStream hourly = new DataOutputStream(hours);
    int from = 0;
    while (from < values.length) {
      long hour = Math.floorDiv(seconds[from], SECONDS_OF_HOUR);
      int to = from + 1;
      while (to < values.length && Math.floorDiv(seconds[to], SECONDS_OF_HOUR) == hour) {
        to++;
      }
      bucket.of(seconds, values, from, to);
      bucket.put(hourly, dayStart);
      from = to;
    }
    DataOutputStream daily = new DataOutputStream(days);
    daily.writeLong(key.sensorId());
    daily.writeInt(key.origin());
    daily.writeInt(firstHour);
    daily.writeInt(hours.size() / Bucket.BYTES - firstHour);
    bucket.of(seconds, values, 0, values.length);
    bucket.put(daily, dayStart);
  }

  /** Writes how often each value of a measure occurs, of all and of each country and make. */
  void writeCounts(String measure, List<GroupCounts> groups) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(bytes);
    data.writeInt(groups.size());
    for (GroupCounts group : groups) {
      group.write(data);
    }
    counts.put(measure, section(bytes));
  }

  private Section section(ByteArrayOutputStream bytes) throws IOException {
    byte[] array = bytes.toByteArray();
    Section section = new Section(position, array.length, Section.checksum(ByteBuffer.wrap(array)));
    out.write(array);
    position += array.length;
    return section;
  }

  /**
   * Completes the file and makes it durable.
   *
   * @param rows how many readings the day has
   * @param origins which origins its numbers are about
   */
  void finish(long rows, Origins origins) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(bytes);
    data.writeLong(dayStart);
    data.writeLong(rows);
    data.writeLong(origins.id());
    data.writeInt(origins.size());
    data.writeInt(chunks.size());
    for (Map.Entry<String, List<Chunk>> measure : chunks.entrySet()) {
      Texts.write(data, measure.getKey());
      data.writeInt(measure.getValue().size());
      for (Chunk chunk : measure.getValue()) {
        chunk.write(data);
      }
    }
    data.writeInt(counts.size());
    for (Map.Entry<String, Section> measure : counts.entrySet()) {
      Texts.write(data, measure.getKey());
      measure.getValue().write(data);
    }
    Section directory = section(bytes);
    DataOutputStream footer = new DataOutputStream(out);
    directory.write(footer);
    footer.writeLong(DayFile.MAGIC);
    footer.flush();
    channel.force(true);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
