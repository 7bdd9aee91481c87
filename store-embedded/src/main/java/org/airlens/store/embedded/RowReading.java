package org.airlens.store.embedded;

import io.questdb.cairo.sql.Record;
import io.questdb.std.Numbers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.airlens.model.Identifiers;
import org.airlens.model.Location;
import org.airlens.model.MeasureValues;
import org.airlens.model.Position;
import org.airlens.model.Reading;
import org.airlens.model.Sensor;
import org.airlens.model.SensorType;
import org.airlens.store.StoreException;

/** Makes readings of rows. */
final class RowReading {

  private final MeasureColumns columns;

  RowReading(MeasureColumns columns) {
    this.columns = columns;
  }

  /** What a query must select, and how its rows become readings. */
  Shape shape() {
    Map<String, String> measures = columns.all();
    String selected =
        measures.values().stream()
            .map(column -> "\"" + column + "\"")
            .collect(Collectors.joining(", ", String.join(", ", ReadingsTable.FIXED) + ", ", ""));
    return new Shape(selected, new ArrayList<>(measures.keySet()));
  }

  /** The instant of a QuestDB timestamp, microseconds since 1970. */
  static Instant instant(long micros) {
    return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L));
  }

  /**
   * A selection and its reading; for one thread.
   *
   * @param selected the columns, for {@code SELECT}
   * @param measures the measures after the fixed columns
   */
  record Shape(String selected, List<String> measures) {

    /**
     * The reading of a row.
     *
     * @throws StoreException when what is there can't be a reading
     */
    Reading read(Record row) {
      try {
        int aqi = row.getInt(13);
        require(aqi == Numbers.INT_NULL || (aqi >= 1 && aqi <= 10), "aqi " + aqi);
        require(Identifiers.isValid(row.getLong(2)), "location_id " + row.getLong(2));
        return new Reading(
            new Sensor(
                row.getLong(1),
                text(row, 9),
                new SensorType(row.getInt(10), text(row, 11), text(row, 12))),
            location(row),
            instant(row.getTimestamp(0)),
            values(row),
            aqi == Numbers.INT_NULL ? OptionalInt.empty() : OptionalInt.of(aqi));
      } catch (IllegalArgumentException e) {
        throw new StoreException(
            "the store's reading of sensor %d at %s is damaged (%s); %s"
                .formatted(
                    row.getLong(1), instant(row.getTimestamp(0)), e.getMessage(), StoreFile.REMEDY),
            e);
      }
    }

    private MeasureValues values(Record row) {
      MeasureValues.Builder values = MeasureValues.builder();
      for (int i = 0; i < measures.size(); i++) {
        double value = row.getDouble(ReadingsTable.FIXED.size() + i);
        if (!Double.isNaN(value)) {
          values.add(measures.get(i), value);
        }
      }
      return values.build();
    }

    private static Location location(Record row) {
      double latitude = row.getDouble(3);
      double longitude = row.getDouble(4);
      double altitude = row.getDouble(5);
      CharSequence indoor = row.getSymA(8);
      return new Location(
          row.getLong(2),
          Double.isNaN(latitude) || Double.isNaN(longitude)
              ? Optional.empty()
              : Optional.of(new Position(latitude, longitude)),
          Double.isNaN(altitude) ? OptionalDouble.empty() : OptionalDouble.of(altitude),
          text(row, 6),
          row.getBool(7),
          indoor == null ? Optional.empty() : Optional.of(indoor.toString().equals("true")));
    }

    /** A text, which is never null in a row that was written whole. */
    private static String text(Record row, int column) {
      CharSequence symbol = row.getSymA(column);
      require(symbol != null, "no " + ReadingsTable.FIXED.get(column));
      return String.valueOf(symbol);
    }

    private static void require(boolean possible, String otherwise) {
      if (!possible) {
        throw new IllegalArgumentException(otherwise);
      }
    }
  }
}
