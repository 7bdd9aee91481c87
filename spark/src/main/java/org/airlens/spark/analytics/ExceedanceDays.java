package org.airlens.spark.analytics;

import static org.airlens.spark.analytics.PlausibleValues.LOCATION;
import static org.airlens.spark.analytics.PlausibleValues.MEASURE;
import static org.airlens.spark.analytics.PlausibleValues.VALUE;
import static org.airlens.spark.analytics.PlausibleValues.told;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.date_trunc;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.minute;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.year;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.airlens.aqi.DailyLimit;
import org.airlens.aqi.Pollutant;
import org.airlens.model.Measures;
import org.airlens.pipeline.engine.Analysis;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Days above a limit. A day's mean is that of its hours' means, and counts when three quarters of
 * them are there, as an hour does when three quarters of it are: Directive 2008/50/EC, annex XI,
 * part A, which says 45 minutes and 18 hours. A reading stands for the five minutes it falls into.
 */
final class ExceedanceDays {

  private static final double CAPTURE = 0.75;
  private static final int MINUTES = 5;
  private static final double PARTS_OF_AN_HOUR = CAPTURE * 60 / MINUTES;
  private static final double HOURS_OF_A_DAY = CAPTURE * 24;

  private ExceedanceDays() {}

  static Dataset<Row> table(Dataset<Row> readings, Analysis.ExceedanceDays asked) {
    Dataset<Row> outdoors = PlausibleValues.outdoors(readings);
    Dataset<Row> hours =
        PlausibleValues.of(
                outdoors,
                List.of(Measures.P1, Measures.P2),
                col(LOCATION),
                PlausibleValues.local(asked.zone()).as("local"))
            .groupBy(col(LOCATION), col(MEASURE), date_trunc("hour", col("local")).as("hour"))
            .agg(
                PlausibleValues.mean().as(VALUE),
                count_distinct(floor(minute(col("local")).divide(MINUTES))).as("parts"))
            .where(col("parts").geq(PARTS_OF_AN_HOUR));
    Dataset<Row> days =
        hours
            .groupBy(col(LOCATION), col(MEASURE), to_date(col("hour")).as("day"))
            .agg(
                PlausibleValues.mean().as("any_mean"),
                count(lit(1)).geq(HOURS_OF_A_DAY).as("is_valid"))
            .withColumn("mean", when(col("is_valid"), col("any_mean")));
    List<Column> told = new ArrayList<>();
    told.add(count("mean").as("valid_days"));
    told.add(told(avg("mean")).as("mean"));
    told.add(told(max("mean")).as("max"));
    for (DailyLimit limit : DailyLimit.values()) {
      told.add(above(limit).as("above_" + limit.name().toLowerCase(Locale.ROOT)));
    }
    return days.groupBy(col(LOCATION), col(MEASURE), year(col("day")).as("year"))
        .agg(count(lit(1)).as("days"), told.toArray(Column[]::new))
        .join(PlausibleValues.places(outdoors), LOCATION)
        .orderBy(LOCATION, MEASURE, "year");
  }

  /** How many valid days are above; null where the measure has no such limit. */
  private static Column above(DailyLimit limit) {
    Column bound =
        when(col(MEASURE).equalTo(Measures.P2), number(limit.of(Pollutant.PM25)))
            .otherwise(number(limit.of(Pollutant.PM10)));
    return when(max(bound).isNotNull(), count_if(col("mean").gt(bound)));
  }

  private static Column number(OptionalDouble value) {
    return value.isPresent() ? lit(value.getAsDouble()) : lit(null).cast("double");
  }
}
