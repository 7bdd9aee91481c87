package org.airlens.spark.analytics;

import static org.airlens.spark.columns.ReadingColumns.SENSOR_ID;
import static org.airlens.spark.columns.ReadingColumns.TIMESTAMP;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_date;

import org.airlens.pipeline.engine.Analysis;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * How much of each day (UTC) from a sensor's first to its last there is a reading for. Days without
 * any are there, too.
 */
final class Uptime {

  private static final long DAY_SECONDS = 86_400;

  private Uptime() {}

  static Dataset<Row> table(Dataset<Row> readings, Analysis.Uptime asked) {
    long interval = asked.interval().toSeconds();
    long expected = DAY_SECONDS / interval;
    Dataset<Row> rows =
        readings
            .withColumn("day", to_date(col(TIMESTAMP)))
            .withColumn("second", pmod(col(TIMESTAMP).cast("long"), lit(DAY_SECONDS)));
    Dataset<Row> seen =
        rows.withColumn(
                "former",
                lag("second", 1).over(Window.partitionBy(SENSOR_ID, "day").orderBy("second")))
            .groupBy(SENSOR_ID, "day")
            .agg(
                count(lit(1)).as("readings"),
                count_distinct(floor(col("second").divide(interval))).as("intervals"),
                silence().as("longest_silence_s"));
    Column make = struct(col("location_id"), col("sensor_type_name"), col("country"));
    Dataset<Row> calendar =
        rows.groupBy(SENSOR_ID)
            .agg(
                min("day").as("first"),
                max("day").as("last"),
                max_by(make, col(TIMESTAMP)).as("make"))
            .select(
                col(SENSOR_ID),
                col("make.*"),
                explode(sequence(col("first"), col("last"))).as("day"));
    Column heard = coalesce(col("intervals"), lit(0L));
    return calendar
        .join(seen, new String[] {SENSOR_ID, "day"}, "left")
        .select(
            col(SENSOR_ID),
            col("location_id"),
            col("sensor_type_name"),
            col("country"),
            col("day"),
            coalesce(col("readings"), lit(0L)).as("readings"),
            heard.as("intervals"),
            lit(expected).as("expected"),
            PlausibleValues.told(heard.divide(expected)).as("share"),
            coalesce(col("longest_silence_s"), lit(DAY_SECONDS)).as("longest_silence_s"))
        .orderBy(SENSOR_ID, "day");
  }

  /** The longest time without a reading, from midnight to midnight. */
  private static Column silence() {
    return greatest(
        min("second"),
        coalesce(max(col("second").minus(col("former"))), lit(0L)),
        lit(DAY_SECONDS).minus(max("second")));
  }
}
