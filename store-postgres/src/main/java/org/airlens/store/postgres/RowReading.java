package org.airlens.store.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.airlens.model.MeasureValues;
import org.airlens.model.Reading;

/** Makes readings of rows that selected {@link MeasureColumns#SELECTED}. */
final class RowReading {

  private static final int FIRST_MEASURE = 5;
  private static final int OTHERS = FIRST_MEASURE + MeasureColumns.CATALOGUE.size();

  /** Where further selected columns begin. */
  static final int NEXT_COLUMN = OTHERS + 1;

  private final Origins origins;

  RowReading(Origins origins) {
    this.origins = origins;
  }

  /**
   * The next rows, whose origins are looked up on the same connection.
   *
   * @param most how many at most
   */
  List<Reading> read(Connection connection, ResultSet rows, int most) throws SQLException {
    return read(connection, rows, most, _ -> {});
  }

  /**
   * The next rows, each also shown to a visitor, who reads further columns.
   *
   * @param most how many at most
   */
  List<Reading> read(Connection connection, ResultSet rows, int most, Visitor visitor)
      throws SQLException {
    List<Row> read = new ArrayList<>();
    MeasureValues.Builder values = MeasureValues.builder();
    while (read.size() < most && rows.next()) {
      read.add(row(rows, values));
      visitor.visit(rows);
    }
    if (read.isEmpty()) {
      return List.of();
    }
    Map<Integer, Origin> from =
        origins.of(connection, read.stream().map(Row::origin).collect(Collectors.toSet()));
    List<Reading> readings = new ArrayList<>(read.size());
    for (Row row : read) {
      Origin origin = from.get(row.origin);
      if (origin == null) {
        throw new SQLException("the row " + row.origin + " of origins is missing");
      }
      readings.add(
          new Reading(origin.sensor(), origin.location(), row.timestamp, row.values, row.aqi));
    }
    return readings;
  }

  private static Row row(ResultSet rows, MeasureValues.Builder values) throws SQLException {
    int index = rows.getInt(4);
    OptionalInt aqi = rows.wasNull() ? OptionalInt.empty() : OptionalInt.of(index);
    for (int i = 0; i < MeasureColumns.CATALOGUE.size(); i++) {
      double value = rows.getDouble(FIRST_MEASURE + i);
      if (!rows.wasNull()) {
        values.add(MeasureColumns.CATALOGUE.get(i), value);
      }
    }
    String others = rows.getString(OTHERS);
    if (others != null) {
      OtherMeasures.read(others, values);
    }
    return new Row(instant(rows, 2), rows.getInt(3), aqi, values.build());
  }

  /** A timestamp column that is not null. */
  static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  /** Reads further columns of the current row. */
  @FunctionalInterface
  interface Visitor {
    /** Looks at it. */
    void visit(ResultSet row) throws SQLException;
  }

  private record Row(Instant timestamp, int origin, OptionalInt aqi, MeasureValues values) {}
}
