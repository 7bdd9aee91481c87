package org.airlens.store.embedded.rollup;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;
import org.airlens.store.StoreException;

/**
 * The roll-up of a day, as {@link DayWriter} wrote it: where its parts are is in memory, the rest
 * is read when it is asked for, and checked. It is not mapped into memory, where a file that is cut
 * short meanwhile would end the process. Thread-safe.
 */
public final class DayFile {

  static final long MAGIC = 0x41_4C_52_4F_4C_4C_30_31L; // "ALROLL01"

  private static final int FOOTER = 2 * Long.BYTES + Integer.BYTES + Long.BYTES;
  private static final int DAY_BYTES = Long.BYTES + 3 * Integer.BYTES + Bucket.BYTES;
  private static final int LARGEST_SECTION = 1 << 30;

  private final Path file;
  private final long day;
  private final long rows;
  private final long originsId;
  private final int originsNeeded;
  private final Map<String, List<Chunk>> chunks = new HashMap<>();
  private final Map<String, Section> counts = new HashMap<>();

  /** Parts of which only parts are read, and that were whole when the first of these was. */
  private final Set<Section> checked = ConcurrentHashMap.newKeySet();

  private DayFile(Path file, long day, FileChannel channel) throws IOException {
    this.file = file;
    this.day = day;
    long end = channel.size() - FOOTER;
    require(end >= 0, "no end");
    ByteBuffer footer = bytes(channel, end, FOOTER);
    Section directory = new Section(footer.getLong(), footer.getLong(), footer.getInt());
    require(footer.getLong() == MAGIC && isPart(directory, end), "no directory");
    byte[] listed = new byte[(int) directory.length()];
    whole(channel, directory).get(listed);
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(listed));
    require(in.readLong() == start(), "another day's");
    rows = in.readLong();
    originsId = in.readLong();
    originsNeeded = in.readInt();
    for (int measures = in.readInt(); measures > 0; measures--) {
      String name = Texts.read(in);
      List<Chunk> ofMeasure = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        Chunk chunk = Chunk.read(in);
        require(isPart(chunk.days(), end) && isPart(chunk.hours(), end), "no chunk");
        ofMeasure.add(chunk);
      }
      chunks.put(name, ofMeasure);
    }
    for (int measures = in.readInt(); measures > 0; measures--) {
      String name = Texts.read(in);
      Section section = Section.read(in);
      require(isPart(section, end), "no values");
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
      return new DayFile(file, day, channel);
    } catch (EOFException e) {
      throw new DamagedRollUpException(day, e.toString());
    }
  }

  /** The day, counted from 1970-01-01. */
  public long day() {
    return day;
  }

  /** Its first second, from 1970 on. */
  public long start() {
    return day * Days.SECONDS;
  }

  /** Where it is. */
  Path file() {
    return file;
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
   *
   * @throws DamagedRollUpException when it is not whole, or gone
   */
  public void days(Selection selection, OriginSink sink) {
    Bucket bucket = new Bucket();
    reading(channel ->
        read(
            channel,
            selection,
            (days, entry, _, sensor, origin) -> {
              bucket.get(days, entry + DAY_BYTES - Bucket.BYTES, start());
              sink.take(sensor, origin, bucket);
            }));
  }

  /**
   * Reads the hours {@code firstHour <= hour < endHour}, in the order of sensors, their origins and
   * the time.
   *
   * @throws DamagedRollUpException when it is not whole, or gone
   */
  public void hours(Selection selection, int firstHour, int endHour, OriginSink sink) {
    Bucket bucket = new Bucket();
    reading(channel -> {
      Hours hours = new Hours(channel, !selection.sensors().isEmpty());
      read(
          channel,
          selection,
          (days, entry, chunk, sensor, origin) -> {
            int first = days.getInt(entry + Long.BYTES + Integer.BYTES);
            int size = days.getInt(entry + Long.BYTES + 2 * Integer.BYTES);
            ByteBuffer entries = hours.of(chunk.hours(), first, size);
            for (int i = 0; i < size; i++) {
              bucket.get(entries, i * Bucket.BYTES, start());
              long hour = (bucket.firstSecond() - start()) / DayWriter.SECONDS_OF_HOUR;
              if (hour >= firstHour && hour < endHour) {
                sink.take(sensor, origin, bucket);
              }
            }
          });
    });
  }

  private void read(FileChannel channel, Selection selection, DayEntry entries) throws IOException {
    for (Chunk chunk : chunks.getOrDefault(selection.measure(), List.of())) {
      if (chunk.lastSensor() <= selection.after() || chunk.firstSensor() > selection.last()) {
        continue;
      }
      ByteBuffer days = whole(channel, chunk.days());
      int size = days.limit() / DAY_BYTES;
      for (int i = behind(days, size, selection.after()); i < size; i++) {
        int entry = i * DAY_BYTES;
        long sensor = days.getLong(entry);
        if (sensor > selection.last()) {
          break;
        }
        int origin = days.getInt(entry + Long.BYTES);
        if (selection.has(sensor) && selection.origins().test(origin)) {
          entries.take(days, entry, chunk, sensor, origin);
        }
      }
    }
  }

  /** The first entry whose sensor has a higher id. */
  private static int behind(ByteBuffer days, int size, long sensor) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (days.getLong(middle * DAY_BYTES) <= sensor) {
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
   * @throws DamagedRollUpException when it is not whole, or gone
   */
  public void counts(
      String measure, Set<String> countries, Set<String> sensorTypes, ValueCounts into) {
    Section section = counts.get(measure);
    if (section != null) {
      reading(channel -> GroupCounts.read(whole(channel, section), countries, sensorTypes, into));
    }
  }

  private void reading(Work work) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      work.with(channel);
    } catch (NoSuchFileException | EOFException e) {
      throw new DamagedRollUpException(day, e.toString());
    } catch (IOException e) {
      throw new StoreException("the roll-up %s can't be read (%s)".formatted(file, e), e);
    }
  }

  /** The bytes of a part, which are those that were written. */
  private ByteBuffer whole(FileChannel channel, Section section) throws IOException {
    ByteBuffer bytes = bytes(channel, section.offset(), (int) section.length());
    require(Section.checksum(bytes) == section.checksum(), "wrong checksum");
    return bytes;
  }

  private static ByteBuffer bytes(FileChannel channel, long offset, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, offset + bytes.position()) < 0) {
        throw new EOFException("cut short");
      }
    }
    return bytes.flip();
  }

  private static boolean isPart(Section section, long end) {
    return section.endsBefore(end) && section.length() <= LARGEST_SECTION;
  }

  private void require(boolean whole, String otherwise) {
    if (!whole) {
      throw new DamagedRollUpException(day, otherwise);
    }
  }

  /** Reads the hours of one chunk after the other, whole or only those that are asked for. */
  private final class Hours {

    private final FileChannel channel;
    private final boolean isFew;
    private Section read = new Section(-1, 0, 0);
    private ByteBuffer entries = ByteBuffer.allocate(0);

    Hours(FileChannel channel, boolean isFew) {
      this.channel = channel;
      this.isFew = isFew;
    }

    /** Some entries. */
    ByteBuffer of(Section hours, int first, int size) throws IOException {
      int offset = first * Bucket.BYTES;
      int length = size * Bucket.BYTES;
      if (isFew && checked.contains(hours)) {
        return bytes(channel, hours.offset() + offset, length);
      }
      if (!hours.equals(read)) {
        entries = whole(channel, hours);
        read = hours;
        checked.add(hours);
      }
      return entries.slice(offset, length);
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
    void take(ByteBuffer days, int entry, Chunk chunk, long sensor, int origin) throws IOException;
  }

  /** Reads the file. */
  @FunctionalInterface
  private interface Work {
    void with(FileChannel channel) throws IOException;
  }
}
