package org.airlens.store.embedded.rollup;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.airlens.model.Location;
import org.airlens.model.Position;
import org.airlens.model.Sensor;
import org.airlens.model.SensorType;

/**
 * All origins and their numbers, in memory and in a file that only grows. There are few: sensors
 * seldom move. One thread adds, any read.
 */
final class Origins {

  /** Sensors that move about all the time would fill the memory; about 300 bytes each. */
  static final int MOST = 200_000;

  private static final long MAGIC = 0x41_4C_4F_52_49_47_30_31L; // "ALORIG01"
  private static final int HEADER = 2 * Long.BYTES;

  private final Path file;
  private final long id;
  private final Map<Origin, Integer> numbers = new HashMap<>();
  private final ByteArrayOutputStream added = new ByteArrayOutputStream();
  private final List<Origin> origins = new ArrayList<>();
  private volatile Origin[] durable = {};
  private long end;

  private Origins(Path file, long id) {
    this.file = file;
    this.id = id;
  }

  /** Reads the file as far as it is whole; where there is none, there are no origins. */
  static Origins open(Path file) throws IOException {
    if (Files.exists(file)) {
      try (DataInputStream in =
          new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
        if (in.readLong() == MAGIC) {
          Origins known = new Origins(file, in.readLong());
          known.end = HEADER;
          known.read(in);
          known.durable = known.origins.toArray(Origin[]::new);
          return known;
        }
      } catch (EOFException e) {
        // Cut off in its header, so that no day can be about it.
      }
    }
    Origins fresh = new Origins(file, new SplittableRandom().nextLong());
    ByteBuffer header = ByteBuffer.allocate(HEADER).putLong(MAGIC).putLong(fresh.id).flip();
    try (FileChannel out =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      out.write(header);
      out.force(true);
    }
    fresh.end = HEADER;
    return fresh;
  }

  private void read(DataInputStream in) throws IOException {
    while (true) {
      try {
        int length = in.readInt();
        if (length < 0 || length > Texts.LONGEST) {
          return;
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length || in.readInt() != Section.checksum(ByteBuffer.wrap(bytes))) {
          return;
        }
        know(origin(new DataInputStream(new ByteArrayInputStream(bytes))));
        end += 2 * Integer.BYTES + length;
      } catch (EOFException | IllegalArgumentException e) {
        return;
      }
    }
  }

  /** Tells this file from another one that had other numbers. */
  long id() {
    return id;
  }

  /** How many there are that {@link #force} has made durable. */
  int size() {
    return durable.length;
  }

  /** The origin of a number below {@link #size}. */
  Origin origin(int number) {
    return durable[number];
  }

  /** The number of an origin, which is new perhaps; −1 when there is no room for it. */
  int number(Origin origin) {
    Integer known = numbers.get(origin);
    if (known != null) {
      return known;
    }
    if (numbers.size() == MOST) {
      return -1;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      write(new DataOutputStream(bytes), origin);
      if (bytes.size() > Texts.LONGEST) {
        return -1;
      }
      DataOutputStream out = new DataOutputStream(added);
      out.writeInt(bytes.size());
      bytes.writeTo(out);
      out.writeInt(Section.checksum(ByteBuffer.wrap(bytes.toByteArray())));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Never: it is all in memory.
    }
    return know(origin);
  }

  private int know(Origin origin) {
    int number = numbers.size();
    numbers.put(origin, number);
    origins.add(origin);
    return number;
  }

  /** Makes those durable that were added. */
  void force() throws IOException {
    if (added.size() == 0) {
      return;
    }
    try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
      out.truncate(end); // What a former process left half.
      ByteBuffer bytes = ByteBuffer.wrap(added.toByteArray());
      out.position(end);
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
      end += added.size();
      added.reset();
    }
    durable = origins.toArray(Origin[]::new);
  }

  private static void write(DataOutputStream out, Origin origin) throws IOException {
    Sensor sensor = origin.sensor();
    Location place = origin.location();
    out.writeLong(sensor.id());
    Texts.write(out, sensor.pin());
    out.writeInt(sensor.type().id());
    Texts.write(out, sensor.type().name());
    Texts.write(out, sensor.type().manufacturer());
    out.writeLong(place.id());
    out.writeDouble(place.position().map(Position::latitude).orElse(Double.NaN));
    out.writeDouble(place.position().map(Position::longitude).orElse(Double.NaN));
    out.writeDouble(place.altitude().orElse(Double.NaN));
    Texts.write(out, place.country());
    out.writeBoolean(place.exact());
    out.writeByte(place.indoor().map(indoor -> indoor ? 1 : 0).orElse(-1));
  }

  private static Origin origin(DataInputStream in) throws IOException {
    Sensor sensor =
        new Sensor(
            in.readLong(),
            Texts.read(in),
            new SensorType(in.readInt(), Texts.read(in), Texts.read(in)));
    long location = in.readLong();
    double latitude = in.readDouble();
    double longitude = in.readDouble();
    double altitude = in.readDouble();
    String country = Texts.read(in);
    boolean exact = in.readBoolean();
    byte indoor = in.readByte();
    return new Origin(
        sensor,
        new Location(
            location,
            Double.isNaN(latitude)
                ? Optional.empty()
                : Optional.of(new Position(latitude, longitude)),
            Double.isNaN(altitude) ? OptionalDouble.empty() : OptionalDouble.of(altitude),
            country,
            exact,
            indoor < 0 ? Optional.empty() : Optional.of(indoor == 1)));
  }
}
