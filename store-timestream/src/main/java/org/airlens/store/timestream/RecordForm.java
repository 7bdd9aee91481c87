package org.airlens.store.timestream;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.airlens.model.Location;
import org.airlens.model.MeasureValues;
import org.airlens.model.Reading;
import org.airlens.model.Sensor;
import software.amazon.awssdk.services.timestreamwrite.model.Dimension;
import software.amazon.awssdk.services.timestreamwrite.model.MeasureValue;
import software.amazon.awssdk.services.timestreamwrite.model.MeasureValueType;
import software.amazon.awssdk.services.timestreamwrite.model.Record;
import software.amazon.awssdk.services.timestreamwrite.model.TimeUnit;

/** A reading as a record of many values. The service takes no empty text: that is left out. */
final class RecordForm {

  private static final int NUMBER_BYTES = 8;
  private static final List<String> ALWAYS =
      List.of(Columns.EXACT, Columns.WRITTEN, Columns.REPORTED);

  private RecordForm() {}

  /** What tells its series from others, by name. */
  static Map<String, String> dimensions(Reading reading) {
    Sensor sensor = reading.sensor();
    Location location = reading.location();
    Map<String, String> dimensions = new LinkedHashMap<>();
    put(dimensions, Columns.COUNTRY, location.country());
    location
        .position()
        .ifPresent(position -> {
          put(dimensions, Columns.LATITUDE, Double.toString(position.latitude()));
          put(dimensions, Columns.LONGITUDE, Double.toString(position.longitude()));
        });
    location
        .altitude()
        .ifPresent(metres -> put(dimensions, Columns.ALTITUDE, Double.toString(metres)));
    put(dimensions, Columns.LOCATION_ID, Long.toString(location.id()));
    put(dimensions, Columns.SENSOR_ID, Long.toString(sensor.id()));
    put(dimensions, Columns.SENSOR_PIN, sensor.pin());
    put(dimensions, Columns.TYPE_ID, Integer.toString(sensor.type().id()));
    put(dimensions, Columns.TYPE_NAME, sensor.type().name());
    put(dimensions, Columns.MANUFACTURER, sensor.type().manufacturer());
    return dimensions;
  }

  private static void put(Map<String, String> dimensions, String name, String value) {
    if (!value.isEmpty()) {
      dimensions.put(name, shortened(value));
    }
  }

  /** As much of a text as a name needs; a name that long is no name, and its series has a quota. */
  private static String shortened(String text) {
    if (text.length() * 3 <= Limits.TEXT_BYTES) {
      return text;
    }
    int end = 0;
    int bytes = 0;
    while (end < text.length()) {
      int next = text.offsetByCodePoints(end, 1);
      bytes += text.substring(end, next).getBytes(StandardCharsets.UTF_8).length;
      if (bytes > Limits.TEXT_BYTES) {
        break;
      }
      end = next;
    }
    return text.substring(0, end);
  }

  /** Its values. */
  static List<MeasureValue> values(Reading reading, long version) {
    MeasureValues values = reading.values();
    List<MeasureValue> all = new ArrayList<>(values.size() + Columns.ATTRIBUTES.size());
    for (int i = 0; i < values.size(); i++) {
      all.add(
          value(
              MeasureColumns.column(values.name(i)),
              MeasureValueType.DOUBLE,
              Double.toString(values.value(i))));
    }
    reading
        .aqi()
        .ifPresent(
            aqi -> all.add(value(Columns.AQI, MeasureValueType.BIGINT, Integer.toString(aqi))));
    reading
        .location()
        .indoor()
        .ifPresent(
            indoor -> all.add(value(Columns.INDOOR, MeasureValueType.BOOLEAN, indoor.toString())));
    all.add(
        value(
            Columns.EXACT, MeasureValueType.BOOLEAN, Boolean.toString(reading.location().exact())));
    all.add(value(Columns.WRITTEN, MeasureValueType.BIGINT, Long.toString(version)));
    all.add(value(Columns.REPORTED, MeasureValueType.VARCHAR, reported(reading)));
    return all;
  }

  /** Adds the names of its columns. */
  static void columns(Reading reading, Set<String> names) {
    names.addAll(dimensions(reading).keySet());
    names.addAll(ALWAYS);
    for (int i = 0; i < reading.values().size(); i++) {
      names.add(MeasureColumns.column(reading.values().name(i)));
    }
    if (reading.aqi().isPresent()) {
      names.add(Columns.AQI);
    }
    if (reading.location().indoor().isPresent()) {
      names.add(Columns.INDOOR);
    }
  }

  private static MeasureValue value(String name, MeasureValueType type, String value) {
    return MeasureValue.builder().name(name).type(type).value(value).build();
  }

  private static String reported(Reading reading) {
    StringBuilder names = new StringBuilder(",");
    for (int i = 0; i < reading.values().size(); i++) {
      names.append(reading.values().name(i)).append(',');
    }
    if (reading.aqi().isPresent()) {
      names.append(Columns.AQI).append(',');
    }
    if (reading.location().indoor().isPresent()) {
      names.append(Columns.INDOOR).append(',');
    }
    return names.toString();
  }

  /** A record of it, without what its batch has in common. */
  static Record record(Reading reading, long version, Map<String, String> common) {
    List<Dimension> own = new ArrayList<>();
    dimensions(reading)
        .forEach((name, value) -> {
          if (!common.containsKey(name)) {
            own.add(dimension(name, value));
          }
        });
    return Record.builder()
        .dimensions(own)
        .time(Long.toString(reading.timestamp().getEpochSecond()))
        .measureValues(values(reading, version))
        .build();
  }

  /** What all records of a batch have in common. */
  static Record common(Map<String, String> dimensions, long version) {
    List<Dimension> shared = new ArrayList<>();
    dimensions.forEach((name, value) -> shared.add(dimension(name, value)));
    return Record.builder()
        .dimensions(shared)
        .measureName(Columns.RECORD)
        .measureValueType(MeasureValueType.MULTI)
        .timeUnit(TimeUnit.SECONDS)
        .version(version)
        .build();
  }

  private static Dimension dimension(String name, String value) {
    return Dimension.builder().name(name).value(value).build();
  }

  /** The size of its record as the service counts, if it had no measure. */
  static int bytesWithoutMeasures(Reading reading) {
    int bytes = NUMBER_BYTES + Columns.RECORD.length();
    for (Map.Entry<String, String> dimension : dimensions(reading).entrySet()) {
      bytes += dimension.getKey().length();
      bytes += dimension.getValue().getBytes(StandardCharsets.UTF_8).length;
    }
    for (String attribute : Columns.ATTRIBUTES) {
      bytes += attribute.length() + NUMBER_BYTES;
    }
    return bytes + ",aqi,indoor,".length();
  }
}
