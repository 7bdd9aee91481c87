package org.airlens.spark.columns;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.Map;
import org.airlens.model.Measure;
import org.airlens.model.Measures;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of readings, named as in exports: who and where, when, the index, one column for each
 * measure of the catalogue, and a map of the others.
 */
public final class ReadingColumns {

  /** The measures that the catalogue does not know, by name. */
  public static final String OTHERS = "other_measures";

  /** When the reading was taken, UTC. */
  public static final String TIMESTAMP = "timestamp";

  /** Whose reading it is. */
  public static final String SENSOR_ID = "sensor_id";

  /** The day (UTC) that the lake is divided by. */
  public static final String DAY = "day";

  /** The make in lower case, as files' names have it, that the lake is divided by. */
  public static final String SENSOR_TYPE = "sensor_type";

  /** In a lake: the values that a calibration has changed, as they were reported, by measure. */
  public static final String REPORTED = "reported";

  /** In a lake: the index by {@link #STANDARD}. */
  public static final String INDEX = "index";

  /** In a lake: the standard of {@link #INDEX}. */
  public static final String STANDARD = "index_standard";

  /** In a lake: the calibration's rules, empty when there are none. */
  public static final String CALIBRATION = "calibration";

  /** The catalogue's measures that a sensor reports, in its order. */
  public static final List<String> MEASURES = Measures.reported();

  /** Who, where and when. */
  public static final StructType FIELDS =
      new StructType()
          .add(SENSOR_ID, DataTypes.LongType)
          .add(TIMESTAMP, DataTypes.TimestampType)
          .add("location_id", DataTypes.LongType)
          .add("latitude", DataTypes.DoubleType)
          .add("longitude", DataTypes.DoubleType)
          .add("altitude", DataTypes.DoubleType)
          .add("country", DataTypes.StringType)
          .add("exact_location", DataTypes.BooleanType)
          .add("indoor", DataTypes.BooleanType)
          .add("sensor_type_id", DataTypes.IntegerType)
          .add("sensor_type_name", DataTypes.StringType)
          .add("sensor_type_manufacturer", DataTypes.StringType)
          .add("sensor_pin", DataTypes.StringType);

  /** Readings that have no index yet. */
  public static final StructType UNINDEXED = withMeasures(FIELDS);

  /** Indexed readings, in the order of tables. */
  public static final StructType INDEXED =
      withMeasures(FIELDS.add(Measures.AQI, DataTypes.IntegerType));

  /** The day and the make that a lake is divided by, of readings. */
  public static final Map<String, Column> SLOT =
      Map.of(DAY, to_date(col(TIMESTAMP)), SENSOR_TYPE, sensorType());

  private ReadingColumns() {}

  private static StructType withMeasures(StructType fields) {
    StructType columns = fields;
    for (String measure : MEASURES) {
      columns = columns.add(measure, DataTypes.DoubleType);
    }
    return columns.add(
        OTHERS, DataTypes.createMapType(DataTypes.StringType, DataTypes.DoubleType, false));
  }

  /** The reading's own index. */
  public static Column aqi() {
    return IndexColumns.reading(col(Measures.P1), col(Measures.P2), countsParticles())
        .as(Measures.AQI);
  }

  /** Whether P1 and P2 are particle counts. */
  public static Column countsParticles() {
    return IndexColumns.countsParticles(col("sensor_type_id"), col("sensor_type_name"));
  }

  /**
   * Whether a working sensor can have reported all of a reading's values: {@link
   * org.airlens.model.Reading#isPlausible}.
   */
  public static Column plausible() {
    Column plausible = lit(true);
    for (String measure : MEASURES) {
      plausible = plausible.and(plausible(measure));
    }
    return plausible;
  }

  /** Whether a working sensor can have reported this value, or the reading does not have it. */
  public static Column plausible(String measure) {
    Column value = col(measure);
    Measure known = Measures.find(measure).orElseThrow();
    Column inRange = value.geq(known.validMin()).and(value.leq(known.validMax()));
    Map<String, Double> saturations = Measures.SATURATIONS;
    Double saturation = saturations.get(measure);
    Column working =
        saturation == null ? inRange : countsParticles().or(inRange.and(value.lt(saturation)));
    return value.isNull().or(working);
  }

  /** The name of a make as the lake is divided by it. */
  public static Column sensorType() {
    Column name = org.apache.spark.sql.functions.lower(col("sensor_type_name"));
    return when(name.equalTo("").or(name.isNull()), lit("unknown")).otherwise(name);
  }
}
