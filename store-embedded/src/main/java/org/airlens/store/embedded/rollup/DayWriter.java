package org.airlens.store.embedded.rollup;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;

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
  private double[] scratch = new double[64];
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
    dayStart = day * DayFile.SECONDS;
  }

  /** Aggregates and writes sensors that come after those written before. */
  void write(DayPortion portion) throws IOException {
    for (Map.Entry<String, ? extends SortedMap<SensorAtPlace, TimedValues>> measure :
        portion.measures().entrySet()) {
      ByteArrayOutputStream days = new ByteArrayOutputStream();
      ByteArrayOutputStream hours = new ByteArrayOutputStream();
      SortedMap<SensorAtPlace, TimedValues> columns = measure.getValue();
      for (Map.Entry<SensorAtPlace, TimedValues> entry : columns.entrySet()) {
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
      SensorAtPlace key,
      TimedValues values,
      ByteArrayOutputStream days,
      ByteArrayOutputStream hours)
      throws IOException {
    if (scratch.length < values.size()) {
      scratch = new double[values.size() * 2];
    }
    int firstHour = hours.size() / Bucket.BYTES;
    DataOutputStream hourly = new DataOutputStream(hours);
    int from = 0;
    while (from < values.size()) {
      long hour = Math.floorDiv(values.second(from), SECONDS_OF_HOUR);
      int to = from + 1;
      while (to < values.size() && Math.floorDiv(values.second(to), SECONDS_OF_HOUR) == hour) {
        to++;
      }
      values.aggregate(bucket, from, to, scratch);
      bucket.put(hourly, dayStart);
      from = to;
    }
    DataOutputStream daily = new DataOutputStream(days);
    daily.writeLong(key.sensorId());
    daily.writeInt(key.origin());
    daily.writeInt(firstHour);
    daily.writeInt(hours.size() / Bucket.BYTES - firstHour);
    values.aggregate(bucket, 0, values.size(), scratch);
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
    CRC32C checksum = new CRC32C();
    checksum.update(array);
    Section section = new Section(position, array.length, (int) checksum.getValue());
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
      name(data, measure.getKey());
      data.writeInt(measure.getValue().size());
      for (Chunk chunk : measure.getValue()) {
        chunk.write(data);
      }
    }
    data.writeInt(counts.size());
    for (Map.Entry<String, Section> measure : counts.entrySet()) {
      name(data, measure.getKey());
      measure.getValue().write(data);
    }
    Section directory = section(bytes);
    DataOutputStream footer = new DataOutputStream(out);
    directory.write(footer);
    footer.writeLong(DayFile.MAGIC);
    footer.flush();
    channel.force(true);
  }

  private static void name(DataOutputStream data, String name) throws IOException {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    data.writeInt(bytes.length);
    data.write(bytes);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
