package org.airlens.store.embedded.rollup;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;
import java.util.zip.CRC32C;
import org.airlens.store.embedded.rollup.GroupCounts.Group;

/**
 * The roll-up of a day, as {@link DayWriter} wrote it; read where it lies. What a question needs of
 * it is checked when it is first needed. Thread-safe.
 */
public final class DayFile {

  static final long MAGIC = 0x41_4C_52_4F_4C_4C_30_31L; // "ALROLL01"
  static final long SECONDS = 86_400;

  private static final int FOOTER = 2 * Long.BYTES + Integer.BYTES + Long.BYTES;
  private static final int DAY_BYTES = Long.BYTES + 3 * Integer.BYTES + Bucket.BYTES;
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private final long day;
  private final MemorySegment bytes;
  private final long rows;
  private final long originsId;
  private final int originsNeeded;
  private final Map<String, List<Chunk>> chunks = new HashMap<>();
  private final Map<String, Section> counts = new HashMap<>();
  private final Set<Section> checked = ConcurrentHashMap.newKeySet();

  private DayFile(long day, MemorySegment bytes) throws IOException {
    this.day = day;
    this.bytes = bytes;
    long footer = bytes.byteSize() - FOOTER;
    require(footer >= 0 && bytes.get(LONG, bytes.byteSize() - Long.BYTES) == MAGIC, "no end");
    Section directory =
        new Section(
            bytes.get(LONG, footer),
            bytes.get(LONG, footer + Long.BYTES),
            bytes.get(INT, footer + 2 * Long.BYTES));
    require(directory.endsBefore(footer), "no directory");
    byte[] listed = part(directory).toArray(ValueLayout.JAVA_BYTE);
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(listed));
    require(in.readLong() == start(), "another day's");
    rows = in.readLong();
    originsId = in.readLong();
    originsNeeded = in.readInt();
    for (int measures = in.readInt(); measures > 0; measures--) {
      String name = name(in);
      List<Chunk> ofMeasure = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        Chunk chunk = Chunk.read(in);
        require(chunk.days().endsBefore(footer) && chunk.hours().endsBefore(footer), "no chunk");
        ofMeasure.add(chunk);
      }
      chunks.put(name, ofMeasure);
    }
    for (int measures = in.readInt(); measures > 0; measures--) {
      String name = name(in);
      Section section = Section.read(in);
      require(section.endsBefore(footer), "no values");
      counts.put(name, section);
    }
  }

  /**
   * Opens a day's file.
   *
   * @param day the day, counted from 1970-01-01
   * @throws DamagedRollUpException when it is not what a writer completes
   * @throws IOException when it can't be read
   */
  static DayFile open(Path file, long day) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      MemorySegment bytes =
          channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
      return new DayFile(day, bytes);
    } catch (EOFException | InternalError e) {
      throw new DamagedRollUpException(day, e.toString());
    }
  }

  /** The day, counted from 1970-01-01. */
  public long day() {
    return day;
  }

  /** Its first second, from 1970 on. */
  public long start() {
    return day * SECONDS;
  }

  /** How many readings were rolled up. */
  long rows() {
    return rows;
  }

  /** Whether its origins are those. */
  boolean isAbout(Origins origins) {
    return originsId == origins.id() && originsNeeded <= origins.size();
  }

  /**
   * What to read of a day.
   *
   * @param measure its name
   * @param sensors these alone; all when empty
   * @param after only sensors with a higher id
   * @param last only sensors up to this id
   * @param origins whether the readings of an origin count
   */
  public record Selection(
      String measure, Set<Long> sensors, long after, long last, IntPredicate origins) {

    private boolean has(long sensor) {
      return sensors.isEmpty() || sensors.contains(sensor);
    }
  }

  /**
   * Reads the day as a whole, in the order of sensors; of each there may be several, of an origin
   * each.
   */
  public void days(Selection selection, OriginSink sink) {
    guarded(() ->
        read(
            selection,
            (entry, _, sensor, origin, bucket) -> {
              bucket.get(bytes, entry + DAY_BYTES - Bucket.BYTES, start());
              sink.take(sensor, origin, bucket);
            }));
  }

  /**
   * Reads the hours {@code firstHour <= hour < endHour}, in the order of sensors, their origins and
   * the time.
   */
  public void hours(Selection selection, int firstHour, int endHour, OriginSink sink) {
    guarded(() ->
        read(
            selection,
            (entry, chunk, sensor, origin, bucket) -> {
              check(chunk.hours());
              int first = bytes.get(INT, entry + Long.BYTES + Integer.BYTES);
              int size = bytes.get(INT, entry + Long.BYTES + 2 * Integer.BYTES);
              for (int i = first; i < first + size; i++) {
                bucket.get(bytes, chunk.hours().offset() + (long) i * Bucket.BYTES, start());
                long hour = (bucket.firstSecond() - start()) / DayWriter.SECONDS_OF_HOUR;
                if (hour >= firstHour && hour < endHour) {
                  sink.take(sensor, origin, bucket);
                }
              }
            }));
  }

  private void read(Selection selection, DayEntry entries) {
    Bucket bucket = new Bucket();
    for (Chunk chunk : chunks.getOrDefault(selection.measure(), List.of())) {
      if (chunk.lastSensor() <= selection.after() || chunk.firstSensor() > selection.last()) {
        continue;
      }
      check(chunk.days());
      long base = chunk.days().offset();
      long size = chunk.days().length() / DAY_BYTES;
      for (long i = behind(base, size, selection.after()); i < size; i++) {
        long entry = base + i * DAY_BYTES;
        long sensor = bytes.get(LONG, entry);
        if (sensor > selection.last()) {
          break;
        }
        int origin = bytes.get(INT, entry + Long.BYTES);
        if (selection.has(sensor) && selection.origins().test(origin)) {
          entries.take(entry, chunk, sensor, origin, bucket);
        }
      }
    }
  }

  /** The first entry whose sensor has a higher id. */
  private long behind(long base, long size, long sensor) {
    long low = 0;
    long high = size;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (bytes.get(LONG, base + middle * DAY_BYTES) <= sensor) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * Adds how often each value of a measure occurs.
   *
   * @param countries these alone; all when empty
   * @param sensorTypes these alone; all when empty
   */
  public void counts(
      String measure, Set<String> countries, Set<String> sensorTypes, ValueCounts into) {
    Section section = counts.get(measure);
    if (section != null) {
      guarded(() -> {
        check(section);
        boolean all = countries.isEmpty() && sensorTypes.isEmpty();
        ByteBuffer in = part(section).asByteBuffer();
        for (int left = in.getInt(); left > 0; left--) {
          boolean wanted = isTotal(in) ? all : isIn(group(in), countries, sensorTypes) && !all;
          int size = in.getInt();
          if (wanted) {
            add(in, size, into);
          }
          in.position(in.position() + size * (Double.BYTES + Integer.BYTES));
        }
      });
    }
  }

  private static boolean isTotal(ByteBuffer in) {
    return in.get() == 0;
  }

  private static boolean isIn(Group group, Set<String> countries, Set<String> sensorTypes) {
    return (countries.isEmpty() || countries.contains(group.country()))
        && (sensorTypes.isEmpty() || sensorTypes.contains(group.sensorType()));
  }

  private static void add(ByteBuffer in, int size, ValueCounts into) {
    double[] values = new double[size];
    long[] numbers = new long[size];
    int numbersAt = in.position() + size * Double.BYTES;
    for (int i = 0; i < size; i++) {
      values[i] = in.getDouble(in.position() + i * Double.BYTES);
      numbers[i] = in.getInt(numbersAt + i * Integer.BYTES);
    }
    into.add(values, numbers);
  }

  private static Group group(ByteBuffer in) {
    return new Group(text(in), text(in));
  }

  private static String text(ByteBuffer in) {
    byte[] text = new byte[in.getInt()];
    in.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  private String name(DataInputStream in) throws IOException {
    int length = in.readInt();
    require(length >= 0 && length <= in.available(), "no name");
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  private MemorySegment part(Section section) {
    check(section);
    return bytes.asSlice(section.offset(), section.length());
  }

  private void check(Section section) {
    if (!checked.contains(section)) {
      CRC32C checksum = new CRC32C();
      checksum.update(bytes.asSlice(section.offset(), section.length()).asByteBuffer());
      require((int) checksum.getValue() == section.checksum(), "wrong checksum");
      checked.add(section);
    }
  }

  private void require(boolean whole, String otherwise) {
    if (!whole) {
      throw new DamagedRollUpException(day, otherwise);
    }
  }

  /** What was cut off meanwhile can't be read. */
  private void guarded(Runnable reading) {
    try {
      reading.run();
    } catch (InternalError e) {
      throw new DamagedRollUpException(day, e.toString());
    }
  }

  /** Takes what is known of a day's readings from one origin. */
  @FunctionalInterface
  public interface OriginSink {

    /** Takes a bucket, which is filled anew afterwards. */
    void take(long sensorId, int origin, Bucket bucket);
  }

  /** Reads an entry. */
  @FunctionalInterface
  private interface DayEntry {
    void take(long entry, Chunk chunk, long sensor, int origin, Bucket bucket);
  }
}
