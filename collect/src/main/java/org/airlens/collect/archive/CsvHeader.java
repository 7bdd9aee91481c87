package org.airlens.collect.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which columns a file has, as its header names them: they differ by the make of sensor. */
final class CsvHeader {

  /** More columns than any make of sensor has. */
  static final int MOST_COLUMNS = 128;

  /** What a column holds. */
  enum Column {
    SENSOR_ID,
    SENSOR_TYPE,
    LOCATION,
    LATITUDE,
    LONGITUDE,
    TIMESTAMP,
    ALTITUDE,
    /** A value of the measure that the header names. */
    VALUE,
    /** A field that was there before. */
    IGNORED
  }

  private static final Set<Column> IDENTITY =
      Set.of(
          Column.SENSOR_ID, Column.SENSOR_TYPE, Column.LOCATION, Column.LATITUDE, Column.LONGITUDE);

  private final char separator;
  private final Column[] columns;
  private final String[] names;
  private final int identityColumns;

  private CsvHeader(char separator, List<Column> columns, List<String> names) {
    this.separator = separator;
    this.columns = columns.toArray(Column[]::new);
    this.names = names.toArray(String[]::new);
    identityColumns = identityColumns(columns);
  }

  /** The header that a line is; empty when it names neither a sensor's id nor a timestamp. */
  static Optional<CsvHeader> of(byte[] bytes, int start, int end) {
    String line = new String(bytes, start, end - start, UTF_8);
    char separator = separator(line);
    String[] cells = line.split(String.valueOf(separator), -1);
    if (cells.length > MOST_COLUMNS) {
      return Optional.empty();
    }
    List<Column> columns = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (String cell : cells) {
      String name = cell.replace("\"", "").strip();
      Column column = column(name);
      columns.add(column != Column.VALUE && columns.contains(column) ? Column.IGNORED : column);
      names.add(measure(name));
    }
    return columns.contains(Column.SENSOR_ID) || columns.contains(Column.TIMESTAMP)
        ? Optional.of(new CsvHeader(separator, columns, names))
        : Optional.empty();
  }

  char separator() {
    return separator;
  }

  int size() {
    return columns.length;
  }

  Column column(int index) {
    return columns[index];
  }

  /** The measure of a column of values. */
  String measure(int index) {
    return names[index];
  }

  /** So many columns at the beginning tell the sensor and its place, and none after them does. */
  int identityColumns() {
    return identityColumns;
  }

  private static int identityColumns(List<Column> columns) {
    int count = 0;
    while (count < columns.size() && IDENTITY.contains(columns.get(count))) {
      count++;
    }
    boolean others = columns.stream().skip(count).anyMatch(IDENTITY::contains);
    return others ? 0 : count;
  }

  private static char separator(String line) {
    return line.indexOf(';') >= 0 ? ';' : line.indexOf(',') >= 0 ? ',' : '\t';
  }

  private static Column column(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "sensor_id" -> Column.SENSOR_ID;
      case "sensor_type" -> Column.SENSOR_TYPE;
      case "location" -> Column.LOCATION;
      case "lat" -> Column.LATITUDE;
      case "lon" -> Column.LONGITUDE;
      case "timestamp" -> Column.TIMESTAMP;
      case "altitude" -> Column.ALTITUDE;
      default -> Column.VALUE;
    };
  }

  /** The archive names one measure otherwise than the feed. */
  private static String measure(String name) {
    return name.equals("pressure_sealevel") ? "pressure_at_sealevel" : name;
  }
}
