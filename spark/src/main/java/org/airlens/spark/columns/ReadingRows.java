package org.airlens.spark.columns;

import static org.apache.spark.sql.functions.col;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.airlens.model.Location;
import org.airlens.model.MeasureValues;
import org.airlens.model.Measures;
import org.airlens.model.Position;
import org.airlens.model.Reading;
import org.airlens.model.Sensor;
import org.airlens.model.SensorType;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Readings as Spark's rows, and rows as readings. Not thread-safe. */
public final class ReadingRows {

  /** The columns of {@link #cells}. */
  public static final StructType SCHEMA = ReadingColumns.UNINDEXED;

  /** How many these are. */
  public static final int WIDTH = SCHEMA.length();

  private static final int FIRST_MEASURE = ReadingColumns.FIELDS.length();
  private static final int OTHERS = WIDTH - 1;
  private static final long MICROS = 1_000_000;

  /** The columns of measures, by name. */
  private static final Map<String, Integer> COLUMNS = places();

  private static final ArrayBasedMapData NOTHING = map(new UTF8String[0], new Object[0]);

  private final int cells;
  private final Map<String, UTF8String> texts = new HashMap<>();

  /** Makes rows of so many cells, at least {@link #WIDTH}. */
  public ReadingRows(int cells) {
    this.cells = cells;
  }

  private static Map<String, Integer> places() {
    Map<String, Integer> columns = new HashMap<>();
    for (String measure : ReadingColumns.MEASURES) {
      columns.put(measure, FIRST_MEASURE + columns.size());
    }
    return columns;
  }

  /** A reading's cells, of which the first are those of {@link #SCHEMA}. */
  public @Nullable Object[] cells(Reading reading) {
    @Nullable Object[] row = new @Nullable Object[cells];
    Sensor sensor = reading.sensor();
    Location place = reading.location();
    row[0] = sensor.id();
    row[1] = reading.timestamp().getEpochSecond() * MICROS;
    row[2] = place.id();
    if (place.position().isPresent()) {
      row[3] = place.position().get().latitude();
      row[4] = place.position().get().longitude();
    }
    row[5] = place.altitude().isPresent() ? place.altitude().getAsDouble() : null;
    row[6] = text(place.country());
    row[7] = place.exact();
    row[8] = place.indoor().orElse(null);
    row[9] = sensor.type().id();
    row[10] = text(sensor.type().name());
    row[11] = text(sensor.type().manufacturer());
    row[12] = text(sensor.pin());
    row[OTHERS] = measures(reading.values(), row);
    return row;
  }

  private ArrayBasedMapData measures(MeasureValues values, @Nullable Object[] row) {
    int others = 0;
    for (int i = 0; i < values.size(); i++) {
      Integer column = COLUMNS.get(values.name(i));
      if (column == null) {
        others++;
      } else {
        row[column] = values.value(i);
      }
    }
    if (others == 0) {
      return NOTHING;
    }
    UTF8String[] names = new UTF8String[others];
    Object[] numbers = new Object[others];
    for (int i = 0; i < values.size(); i++) {
      if (!COLUMNS.containsKey(values.name(i))) {
        others--;
        names[others] = text(values.name(i));
        numbers[others] = values.value(i);
      }
    }
    return map(names, numbers);
  }

  private static ArrayBasedMapData map(UTF8String[] names, Object[] numbers) {
    return new ArrayBasedMapData(new GenericArrayData(names), new GenericArrayData(numbers));
  }

  private UTF8String text(String text) {
    return texts.computeIfAbsent(text, UTF8String::fromString);
  }

  /**
   * What {@link #reading} takes, of indexed readings. The time is seconds since 1970: to make the
   * instants of its own rows Spark would reach into more of the JDK.
   */
  public static Column[] columns() {
    return Arrays.stream(ReadingColumns.INDEXED.fieldNames())
        .map(name ->
            name.equals(ReadingColumns.TIMESTAMP) ? col(name).cast("long").as(name) : col(name))
        .toArray(Column[]::new);
  }

  /** The reading of a row that has these {@link #columns}. */
  public static Reading reading(Row row) {
    MeasureValues.Builder values = MeasureValues.builder();
    for (String measure : ReadingColumns.MEASURES) {
      int column = row.fieldIndex(measure);
      if (!row.isNullAt(column)) {
        values.add(measure, row.getDouble(column));
      }
    }
    Map<String, Double> others = row.getJavaMap(row.fieldIndex(ReadingColumns.OTHERS));
    others.forEach(values::add);
    SensorType type = new SensorType(row.getInt(9), row.getString(10), row.getString(11));
    int aqi = row.fieldIndex(Measures.AQI);
    return new Reading(
        new Sensor(row.getLong(0), row.getString(12), type),
        location(row),
        Instant.ofEpochSecond(row.getLong(1)),
        values.build(),
        row.isNullAt(aqi) ? OptionalInt.empty() : OptionalInt.of(row.getInt(aqi)));
  }

  private static Location location(Row row) {
    return new Location(
        row.getLong(2),
        row.isNullAt(3)
            ? Optional.empty()
            : Optional.of(new Position(row.getDouble(3), row.getDouble(4))),
        row.isNullAt(5) ? OptionalDouble.empty() : OptionalDouble.of(row.getDouble(5)),
        row.getString(6),
        row.getBoolean(7),
        row.isNullAt(8) ? Optional.empty() : Optional.of(row.getBoolean(8)));
  }
}
