package org.airlens.store.lake;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.airlens.model.Location;
import org.airlens.model.MeasureValues;
import org.airlens.model.Position;
import org.airlens.model.Reading;
import org.airlens.model.Sensor;
import org.airlens.model.SensorType;

/** Makes readings of rows that selected {@link Columns#selected}. */
final class RowReading {

  private static final int AQI = Columns.FIELDS.size() + 1;
  private static final int OTHERS = AQI + Columns.MEASURES.size() + 1;

  private RowReading() {}

  /** The row's reading. */
  static Reading read(ResultSet row) throws SQLException {
    try {
      return new Reading(
          new Sensor(
              row.getLong(1),
              text(row, 13),
              new SensorType(row.getInt(10), text(row, 11), text(row, 12))),
          location(row),
          Instant.ofEpochSecond(row.getLong(2)),
          values(row),
          aqi(row));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new SQLException("a row is no reading: " + e.getMessage(), e);
    }
  }

  private static Location location(ResultSet row) throws SQLException {
    OptionalDouble latitude = number(row, 4);
    OptionalDouble longitude = number(row, 5);
    boolean indoor = row.getBoolean(9);
    Optional<Boolean> told = row.wasNull() ? Optional.empty() : Optional.of(indoor);
    return new Location(
        row.getLong(3),
        latitude.isPresent() && longitude.isPresent()
            ? Optional.of(new Position(latitude.getAsDouble(), longitude.getAsDouble()))
            : Optional.empty(),
        number(row, 6),
        text(row, 7),
        row.getBoolean(8),
        told);
  }

  private static OptionalInt aqi(ResultSet row) throws SQLException {
    int index = row.getInt(AQI);
    return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(index);
  }

  private static MeasureValues values(ResultSet row) throws SQLException {
    MeasureValues.Builder values = MeasureValues.builder();
    for (int i = 0; i < Columns.MEASURES.size(); i++) {
      double value = row.getDouble(AQI + 1 + i);
      if (!row.wasNull()) {
        values.add(Columns.MEASURES.get(i), value);
      }
    }
    if (row.getObject(OTHERS) instanceof Map<?, ?> others) {
      others.forEach((name, value) -> {
        if (value instanceof Double number) {
          values.add(String.valueOf(name), number);
        }
      });
    }
    return values.build();
  }

  private static OptionalDouble number(ResultSet row, int column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  private static String text(ResultSet row, int column) throws SQLException {
    String text = row.getString(column);
    return text == null ? "" : text;
  }
}
