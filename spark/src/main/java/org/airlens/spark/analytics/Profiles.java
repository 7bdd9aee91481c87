package org.airlens.spark.analytics;

import static org.airlens.spark.analytics.PlausibleValues.LOCATION;
import static org.airlens.spark.analytics.PlausibleValues.MEASURE;
import static org.airlens.spark.analytics.PlausibleValues.VALUE;
import static org.airlens.spark.analytics.PlausibleValues.told;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.hour;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.percentile;
import static org.apache.spark.sql.functions.weekday;

import org.airlens.pipeline.engine.Analysis;
import org.airlens.spark.columns.ReadingColumns;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The course of the day, with the weekday left empty, and that of the week, hour by hour. */
final class Profiles {

  private Profiles() {}

  static Dataset<Row> table(Dataset<Row> readings, Analysis.Profiles asked) {
    Column local = PlausibleValues.local(asked.zone());
    Dataset<Row> values =
        PlausibleValues.of(
            readings,
            ReadingColumns.MEASURES,
            col(LOCATION),
            weekday(local).plus(1).as("weekday"),
            hour(local).as("hour"));
    Dataset<Row> everyDay = values.withColumn("weekday", lit(null).cast("int"));
    return summarised(everyDay)
        .unionByName(summarised(values))
        .orderBy(col(LOCATION), col(MEASURE), col("weekday").asc_nulls_first(), col("hour"));
  }

  private static Dataset<Row> summarised(Dataset<Row> values) {
    return values
        .groupBy(LOCATION, MEASURE, "weekday", "hour")
        .agg(
            count(lit(1)).as("readings"),
            told(avg(VALUE)).as("mean"),
            percentile(col(VALUE), array(lit(0.05), lit(0.5), lit(0.95))).as("quantiles"))
        .select(
            col(LOCATION),
            col(MEASURE),
            col("weekday"),
            col("hour"),
            col("readings"),
            col("mean"),
            told(col("quantiles").getItem(0)).as("p05"),
            told(col("quantiles").getItem(1)).as("median"),
            told(col("quantiles").getItem(2)).as("p95"));
  }
}
