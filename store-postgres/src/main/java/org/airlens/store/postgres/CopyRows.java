package org.airlens.store.postgres;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.airlens.model.MeasureValues;
import org.airlens.model.Reading;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Sends readings to the table {@code incoming} of the session, in COPY's text format. */
final class CopyRows {

  /** The columns of a reading, but for the number of the write. */
  static final List<String> COLUMNS = columns();

  private static final int CHUNK = 1 << 16;
  private static final String NULL = "\\N";

  private CopyRows() {}

  private static List<String> columns() {
    List<String> columns = new ArrayList<>(List.of("sensor_id", "ts", "origin_id", "aqi"));
    MeasureColumns.CATALOGUE.forEach(name -> columns.add(Sql.identifier(name)));
    columns.add("others");
    return List.copyOf(columns);
  }

  /** Sends them; an unfinished copy is taken back. */
  static void send(Connection connection, List<Reading> readings, Map<Origin, Integer> origins)
      throws SQLException {
    CopyIn copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("COPY incoming (" + String.join(", ", COLUMNS) + ") FROM STDIN");
    try {
      StringBuilder rows = new StringBuilder(CHUNK + 1024);
      for (Reading reading : readings) {
        append(rows, reading, origins);
        if (rows.length() >= CHUNK) {
          flush(copy, rows);
        }
      }
      flush(copy, rows);
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private static void flush(CopyIn copy, StringBuilder rows) throws SQLException {
    byte[] bytes = rows.toString().getBytes(StandardCharsets.UTF_8);
    copy.writeToCopy(bytes, 0, bytes.length);
    rows.setLength(0);
  }

  /** Numbers, times and acceptable names need no escape. */
  private static void append(StringBuilder rows, Reading reading, Map<Origin, Integer> origins) {
    MeasureValues values = reading.values();
    rows.append(reading.sensor().id()).append('\t');
    rows.append(reading.timestamp()).append('\t');
    rows.append(origins.get(Origin.of(reading))).append('\t');
    if (reading.aqi().isPresent()) {
      rows.append(reading.aqi().getAsInt());
    } else {
      rows.append(NULL);
    }
    for (String measure : MeasureColumns.CATALOGUE) {
      rows.append('\t');
      OptionalDouble value = values.get(measure);
      if (value.isPresent()) {
        rows.append(value.getAsDouble());
      } else {
        rows.append(NULL);
      }
    }
    rows.append('\t');
    if (OtherMeasures.has(values)) {
      OtherMeasures.write(values, rows);
    } else {
      rows.append(NULL);
    }
    rows.append('\n');
  }
}
