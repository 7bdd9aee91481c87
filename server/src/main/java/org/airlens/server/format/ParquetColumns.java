package org.airlens.server.format;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.airlens.model.Location;
import org.airlens.model.MeasureValues;
import org.airlens.model.Measures;
import org.airlens.model.Position;
import org.airlens.model.Reading;
import org.airlens.model.SensorType;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * The columns of a Parquet file: those of the table, then a number for each measure. What a reading
 * does not have is null, as is a text that is empty.
 */
final class ParquetColumns {

  private static final int FIXED = 13;

  private final List<String> measures;
  private final Map<String, Integer> places = new HashMap<>();
  private final MessageType schema;

  private ParquetColumns(List<String> measures) {
    this.measures = measures;
    for (int i = 0; i < measures.size(); i++) {
      places.put(measures.get(i), i);
    }
    schema = schema(measures);
  }

  /** The columns of a table of these measures; {@code aqi} has one anyway. */
  static ParquetColumns of(List<String> measures) {
    return new ParquetColumns(
        measures.stream().filter(measure -> !measure.equals(Measures.AQI)).toList());
  }

  private static MessageType schema(List<String> measures) {
    List<Type> columns = new ArrayList<>();
    columns.add(Types.required(INT64).as(timestampType(true, TimeUnit.MICROS)).named("timestamp"));
    columns.add(Types.required(INT64).named("sensor_id"));
    columns.add(Types.required(INT64).named("location_id"));
    columns.add(number("latitude"));
    columns.add(number("longitude"));
    columns.add(number("altitude"));
    columns.add(text("country"));
    columns.add(Types.optional(BOOLEAN).named("indoor"));
    columns.add(Types.required(INT32).named("sensor_type_id"));
    columns.add(text("sensor_type_name"));
    columns.add(text("sensor_type_manufacturer"));
    columns.add(text("sensor_pin"));
    columns.add(Types.optional(INT32).named(Measures.AQI));
    measures.forEach(measure -> columns.add(number(measure)));
    return new MessageType("readings", columns);
  }

  private static Type number(String name) {
    return Types.optional(DOUBLE).named(name);
  }

  private static Type text(String name) {
    return Types.optional(BINARY).as(stringType()).named(name);
  }

  MessageType schema() {
    return schema;
  }

  /** The columns' names, in order. */
  List<String> names() {
    return schema.getFields().stream().map(Type::getName).toList();
  }

  /**
   * As Parquet's own strings, but half a pair of surrogates becomes a question mark, no failure.
   */
  private static Binary utf8(String text) {
    return Binary.fromConstantByteArray(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Where the next group's rows go. */
  Row in(ColumnWriteStore group) {
    return new Row(
        schema.getColumns().stream().map(group::getColumnWriter).toArray(ColumnWriter[]::new));
  }

  /** Takes one row after the other. */
  final class Row {

    /** A few makes, pins and countries stand in millions of rows. */
    private static final int KNOWN_TEXTS = 1_000;

    private final ColumnWriter[] columns;
    private final double[] values = new double[measures.size()];
    private final Map<String, Binary> texts = new HashMap<>();

    private Row(ColumnWriter[] columns) {
      this.columns = columns;
    }

    void write(Reading reading) {
      columns[0].write(ChronoUnit.MICROS.between(Instant.EPOCH, reading.timestamp()), 0, 0);
      columns[1].write(reading.sensor().id(), 0, 0);
      place(reading.location());
      SensorType type = reading.sensor().type();
      columns[8].write(type.id(), 0, 0);
      text(9, type.name());
      text(10, type.manufacturer());
      text(11, reading.sensor().pin());
      if (reading.aqi().isPresent()) {
        columns[12].write(reading.aqi().getAsInt(), 0, 1);
      } else {
        columns[12].writeNull(0, 0);
      }
      measured(reading.values());
    }

    private void place(Location place) {
      columns[2].write(place.id(), 0, 0);
      Optional<Position> position = place.position();
      number(3, position.isPresent() ? position.get().latitude() : Double.NaN);
      number(4, position.isPresent() ? position.get().longitude() : Double.NaN);
      OptionalDouble altitude = place.altitude();
      number(5, altitude.orElse(Double.NaN));
      text(6, place.country());
      if (place.indoor().isPresent()) {
        columns[7].write(place.indoor().get().booleanValue(), 0, 1);
      } else {
        columns[7].writeNull(0, 0);
      }
    }

    private void measured(MeasureValues measured) {
      Arrays.fill(values, Double.NaN);
      for (int i = 0; i < measured.size(); i++) {
        Integer at = places.get(measured.name(i));
        if (at != null) { // A measure that first came after the file was begun has no column.
          values[at] = measured.value(i);
        }
      }
      for (int i = 0; i < values.length; i++) {
        number(FIXED + i, values[i]);
      }
    }

    private void number(int column, double value) {
      if (Double.isNaN(value)) {
        columns[column].writeNull(0, 0);
      } else {
        columns[column].write(value, 0, 1);
      }
    }

    private void text(int column, String text) {
      if (text.isEmpty()) {
        columns[column].writeNull(0, 0);
        return;
      }
      if (texts.size() == KNOWN_TEXTS) {
        texts.clear();
      }
      columns[column].write(texts.computeIfAbsent(text, ParquetColumns::utf8), 0, 1);
    }
  }
}
