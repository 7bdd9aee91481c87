package org.airlens.store.postgres;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import org.airlens.model.Location;
import org.airlens.model.Position;
import org.airlens.model.Reading;
import org.airlens.model.Sensor;
import org.airlens.model.SensorType;

/**
 * Where a reading comes from: a sensor as it was, at a place as it was. A row of {@code origins}.
 *
 * @param sensor the sensor
 * @param location the place
 */
record Origin(Sensor sensor, Location location) {

  /** What {@link #read} reads, in its order. */
  static final String SELECTED =
      "o.id, o.sensor_id, o.sensor_pin, o.sensor_type_id, o.sensor_type_name,"
          + " o.sensor_type_manufacturer, o.location_id, o.latitude, o.longitude, o.altitude,"
          + " o.country, o.exact_location, o.indoor";

  /** What {@link #set} sets, in its order. */
  static final String INSERT =
      """
      INSERT INTO origins (sensor_id, sensor_pin, sensor_type_id, sensor_type_name,
        sensor_type_manufacturer, location_id, latitude, longitude, altitude, country,
        exact_location, indoor, fingerprint)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (fingerprint) DO NOTHING
      """;

  static Origin of(Reading reading) {
    return new Origin(reading.sensor(), reading.location());
  }

  /** A text as PostgreSQL keeps it: it knows no NUL. */
  private static String kept(String text) {
    return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
  }

  void set(PreparedStatement insert) throws SQLException {
    insert.setLong(1, sensor.id());
    insert.setString(2, kept(sensor.pin()));
    insert.setInt(3, sensor.type().id());
    insert.setString(4, kept(sensor.type().name()));
    insert.setString(5, kept(sensor.type().manufacturer()));
    insert.setLong(6, location.id());
    set(insert, 7, location.position().map(Position::latitude));
    set(insert, 8, location.position().map(Position::longitude));
    set(
        insert,
        9,
        location.altitude().isPresent()
            ? Optional.of(location.altitude().getAsDouble())
            : Optional.empty());
    insert.setString(10, kept(location.country()));
    insert.setBoolean(11, location.exact());
    if (location.indoor().isPresent()) {
      insert.setBoolean(12, location.indoor().get());
    } else {
      insert.setNull(12, Types.BOOLEAN);
    }
    insert.setObject(13, fingerprint());
  }

  /** Reads a row; its id is the first column. */
  static Origin read(ResultSet row) throws SQLException {
    double latitude = row.getDouble(8);
    Optional<Position> position =
        row.wasNull() ? Optional.empty() : Optional.of(new Position(latitude, row.getDouble(9)));
    double altitude = row.getDouble(10);
    OptionalDouble height = row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(altitude);
    boolean indoor = row.getBoolean(13);
    Optional<Boolean> inside = row.wasNull() ? Optional.empty() : Optional.of(indoor);
    return new Origin(
        new Sensor(
            row.getLong(2),
            row.getString(3),
            new SensorType(row.getInt(4), row.getString(5), row.getString(6))),
        new Location(
            row.getLong(7), position, height, row.getString(11), row.getBoolean(12), inside));
  }

  /** The same for equal origins, and for no others. */
  UUID fingerprint() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(sensor.id());
      text(out, sensor.pin());
      out.writeInt(sensor.type().id());
      text(out, sensor.type().name());
      text(out, sensor.type().manufacturer());
      out.writeLong(location.id());
      out.writeBoolean(location.position().isPresent());
      out.writeDouble(location.position().map(Position::latitude).orElse(0.0));
      out.writeDouble(location.position().map(Position::longitude).orElse(0.0));
      out.writeBoolean(location.altitude().isPresent());
      out.writeDouble(location.altitude().orElse(0));
      text(out, location.country());
      out.writeBoolean(location.exact());
      out.writeUTF(location.indoor().map(String::valueOf).orElse(""));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Not to memory.
    }
    try {
      ByteBuffer digest =
          ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
      return new UUID(digest.getLong(), digest.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] bytes = kept(text).getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static void set(PreparedStatement insert, int index, Optional<Double> value)
      throws SQLException {
    if (value.isPresent()) {
      insert.setDouble(index, value.get());
    } else {
      insert.setNull(index, Types.DOUBLE);
    }
  }
}
