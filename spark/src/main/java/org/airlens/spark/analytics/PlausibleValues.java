package org.airlens.spark.analytics;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.airlens.model.Measures;
import org.airlens.spark.columns.ReadingColumns;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Readings as a row for each value that a working sensor can have reported; particle counts, which
 * a PPD42NS sends under the names of concentrations, are none.
 */
final class PlausibleValues {

  static final String LOCATION = "location_id";
  static final String MEASURE = "measure";
  static final String VALUE = "value";

  /** Decimals of means that are compared; those behind them depend on the order of the terms. */
  private static final int EXACT_DECIMALS = 9;

  /** Decimals that are told. */
  private static final int DECIMALS = 3;

  private PlausibleValues() {}

  /**
   * The rows.
   *
   * @param measures of the catalogue
   * @param keys what else of the reading the rows have
   */
  static Dataset<Row> of(Dataset<Row> readings, List<String> measures, Column... keys) {
    List<Column> selected = new ArrayList<>(List.of(keys));
    for (String measure : measures) {
      selected.add(when(counts(measure), col(measure)).as(measure));
    }
    Dataset<Row> wide = readings.select(selected.toArray(Column[]::new));
    Column[] ids = new Column[keys.length];
    for (int i = 0; i < keys.length; i++) {
      ids[i] = col(wide.columns()[i]);
    }
    Column[] values = measures.stream().map(name -> col(name)).toArray(Column[]::new);
    return wide.unpivot(ids, values, MEASURE, VALUE).where(col(VALUE).isNotNull());
  }

  private static Column counts(String measure) {
    Column plausible = ReadingColumns.plausible(measure);
    return Measures.SATURATIONS.containsKey(measure)
        ? plausible.and(not(ReadingColumns.countsParticles()))
        : plausible;
  }

  /** The time on a wall's clock there. */
  static Column local(ZoneId zone) {
    return from_utc_timestamp(col(ReadingColumns.TIMESTAMP), zone.getId());
  }

  /** The readings of sensors that are not told to stand indoors. */
  static Dataset<Row> outdoors(Dataset<Row> readings) {
    return readings.where(not(col("indoor").eqNullSafe(true)));
  }

  /** Where each location is, and in which country, by its newest reading. */
  static Dataset<Row> places(Dataset<Row> readings) {
    Column place = struct(col("latitude"), col("longitude"), col("country"));
    return readings
        .groupBy(LOCATION)
        .agg(max_by(place, col(ReadingColumns.TIMESTAMP)).as("place"))
        .select(LOCATION, "place.*");
  }

  /** The values' mean, the same whatever the order in which they are added. */
  static Column mean() {
    return round(avg(VALUE), EXACT_DECIMALS);
  }

  /** A number as it is told. */
  static Column told(Column value) {
    return round(value, DECIMALS);
  }
}
