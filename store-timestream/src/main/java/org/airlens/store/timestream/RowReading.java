package org.airlens.store.timestream;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
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
import org.airlens.store.timestream.Scan.Field;
import software.amazon.awssdk.services.timestreamquery.model.Datum;

/** Makes readings of the rows of a scan that selects all they have. */
final class RowReading {

  private static final Map<Field, Integer> PLACES = new EnumMap<>(Field.class);

  static {
    for (Field field : Field.values()) {
      PLACES.put(field, PLACES.size());
    }
  }

  private final String selected;
  private final Map<String, Integer> measures = new HashMap<>();

  /** Has the scan select everything, {@code stored} being the measures there are. */
  RowReading(Scan scan, List<String> stored) {
    List<String> names = new ArrayList<>();
    PLACES.keySet().forEach(field -> names.add(scan.field(field)));
    List<String> all = new ArrayList<>(stored);
    all.add(Columns.AQI);
    for (String measure : all) {
      scan.measure(measure)
          .ifPresent(name -> {
            measures.put(measure, names.size());
            names.add(name);
          });
    }
    selected = String.join(", ", names);
  }

  /** What the scan selects. */
  String selected() {
    return selected;
  }

  /** The version in which the row's reading was written. */
  static long version(List<Datum> row) {
    return Long.parseLong(text(row, Field.WRITTEN));
  }

  /** The row's reading. */
  Reading read(List<Datum> row) {
    OptionalDouble latitude = number(row, place(Field.LATITUDE));
    OptionalDouble longitude = number(row, place(Field.LONGITUDE));
    String indoor = row.get(place(Field.INDOOR)).scalarValue();
    return new Reading(
        new Sensor(
            Long.parseLong(text(row, Field.SENSOR)),
            text(row, Field.PIN),
            new SensorType(
                Integer.parseInt(text(row, Field.TYPE_ID)),
                text(row, Field.TYPE_NAME),
                text(row, Field.MANUFACTURER))),
        new Location(
            Long.parseLong(text(row, Field.LOCATION)),
            latitude.isPresent() && longitude.isPresent()
                ? Optional.of(new Position(latitude.getAsDouble(), longitude.getAsDouble()))
                : Optional.empty(),
            number(row, place(Field.ALTITUDE)),
            text(row, Field.COUNTRY),
            Boolean.parseBoolean(text(row, Field.EXACT)),
            indoor == null ? Optional.empty() : Optional.of(Boolean.parseBoolean(indoor))),
        Instant.ofEpochMilli(Long.parseLong(text(row, Field.MILLIS))),
        values(row),
        aqi(row));
  }

  private OptionalInt aqi(List<Datum> row) {
    Integer index = measures.get(Columns.AQI);
    OptionalDouble value = index == null ? OptionalDouble.empty() : number(row, index);
    return value.isPresent() ? OptionalInt.of((int) value.getAsDouble()) : OptionalInt.empty();
  }

  /** In the order reported. */
  private MeasureValues values(List<Datum> row) {
    MeasureValues.Builder values = MeasureValues.builder();
    for (String name : text(row, Field.REPORTED).split(",", -1)) {
      Integer index = measures.get(name);
      if (index != null && !name.equals(Columns.AQI)) {
        number(row, index).ifPresent(value -> values.add(name, value));
      }
    }
    return values.build();
  }

  private static int place(Field field) {
    return PLACES.getOrDefault(field, -1);
  }

  private static String text(List<Datum> row, Field field) {
    String text = row.get(place(field)).scalarValue();
    return text == null ? "" : text;
  }

  private static OptionalDouble number(List<Datum> row, int index) {
    String text = row.get(index).scalarValue();
    return text == null ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(text));
  }
}
