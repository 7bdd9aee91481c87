package org.airlens.spark.analytics;

import static org.airlens.spark.analytics.PlausibleValues.MEASURE;
import static org.airlens.spark.analytics.PlausibleValues.VALUE;
import static org.airlens.spark.analytics.PlausibleValues.told;
import static org.airlens.spark.columns.ReadingColumns.SENSOR_ID;
import static org.airlens.spark.columns.ReadingColumns.TIMESTAMP;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.cos;
import static org.apache.spark.sql.functions.date_trunc;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.radians;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.sin;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import org.airlens.model.Circle;
import org.airlens.model.Measures;
import org.airlens.model.Position;
import org.airlens.pipeline.engine.Analysis;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Hourly means (UTC) that lie far from the neighbours' median. The score is the modified z-score of
 * Iglewicz and Hoaglin, "How to Detect and Handle Outliers", ASQC 1993, who tell those above 3.5:
 * 0.6745 (x − median) / MAD. Where more than half of the neighbours agree, so that the MAD is 0,
 * their mean absolute deviation stands for it (IBM SPSS, "Modified z score"): (x − median) /
 * (1.253314 · mean). Where all agree there is no score.
 */
final class Outliers {

  private static final double MAD_TO_SIGMA = 0.6745;
  private static final double MEAN_TO_SIGMA = 1.253314;

  private static final List<String> MEASURES =
      List.of(Measures.P1, Measures.P2, "temperature", "humidity");

  private static final double METRES_A_DEGREE = 111_000;

  private Outliers() {}

  static Dataset<Row> table(Dataset<Row> readings, Analysis.Outliers asked) {
    Dataset<Row> outdoors = PlausibleValues.outdoors(readings);
    Dataset<Row> hours =
        PlausibleValues.of(
                outdoors, MEASURES, col(SENSOR_ID), date_trunc("hour", col(TIMESTAMP)).as("hour"))
            .groupBy(SENSOR_ID, "hour", MEASURE)
            .agg(PlausibleValues.mean().as(VALUE));
    Dataset<Row> sites = sites(outdoors);
    Dataset<Row> others =
        hours.select(
            col(SENSOR_ID).as("neighbour"), col("hour"), col(MEASURE), col(VALUE).as("other"));
    Dataset<Row> compared =
        hours
            .join(pairs(sites, asked.radiusMetres()), SENSOR_ID)
            .join(others, new String[] {"neighbour", "hour", MEASURE})
            .groupBy(SENSOR_ID, "hour", MEASURE, VALUE)
            .agg(array_sort(collect_list("other")).as("others"))
            .where(size(col("others")).geq(asked.neighbours()))
            .withColumn("median", median(col("others")))
            .withColumn(
                "deviations",
                array_sort(transform(col("others"), other -> abs(other.minus(col("median"))))))
            .withColumn("mad", median(col("deviations")))
            .withColumn("score", score());
    return compared
        .where(abs(col("score")).geq(asked.score()))
        .join(sites, SENSOR_ID)
        .select(
            col("hour"),
            col(SENSOR_ID),
            col("location_id"),
            col("latitude"),
            col("longitude"),
            col(MEASURE),
            told(col(VALUE)).as(VALUE),
            size(col("others")).as("neighbours"),
            told(col("median")).as("median"),
            told(col("mad")).as("mad"),
            told(col("score")).as("score"))
        .orderBy("hour", SENSOR_ID, MEASURE);
  }

  /** Where each sensor stands, by its newest reading. */
  private static Dataset<Row> sites(Dataset<Row> readings) {
    Column site = struct(col("location_id"), col("latitude"), col("longitude"));
    return readings
        .where(col("latitude").isNotNull().and(col("longitude").isNotNull()))
        .groupBy(SENSOR_ID)
        .agg(max_by(site, col(TIMESTAMP)).as("site"))
        .select(SENSOR_ID, "site.*");
  }

  /**
   * Who is whose neighbour. Only sites in the same or the next stripe of latitude are compared;
   * distances are chords of the sphere, as a {@link Circle} has them.
   */
  private static Dataset<Row> pairs(Dataset<Row> sites, double radiusMetres) {
    double chord = new Circle(new Position(0, 0), radiusMetres).squaredChord();
    Column stripe = floor(col("latitude").multiply(METRES_A_DEGREE / radiusMetres));
    Dataset<Row> placed =
        sites.select(
            col(SENSOR_ID),
            stripe.as("stripe"),
            cos(radians(col("latitude"))).multiply(cos(radians(col("longitude")))).as("x"),
            cos(radians(col("latitude"))).multiply(sin(radians(col("longitude")))).as("y"),
            sin(radians(col("latitude"))).as("z"));
    Dataset<Row> near =
        placed
            .withColumn("stripe", explode(sequence(col("stripe").minus(1), col("stripe").plus(1))))
            .select(
                col(SENSOR_ID).as("neighbour"),
                col("stripe"),
                col("x").as("nx"),
                col("y").as("ny"),
                col("z").as("nz"));
    return placed
        .join(near, "stripe")
        .where(
            col(SENSOR_ID)
                .notEqual(col("neighbour"))
                .and(square("x", "nx").plus(square("y", "ny")).plus(square("z", "nz")).leq(chord)))
        .select(SENSOR_ID, "neighbour");
  }

  private static Column square(String one, String other) {
    Column difference = col(one).minus(col(other));
    return difference.multiply(difference);
  }

  /** The middle of a sorted array. */
  private static Column median(Column sorted) {
    Column low = floor(size(sorted).minus(1).divide(2)).cast("int");
    Column high = floor(size(sorted).divide(2)).cast("int");
    return sorted.getItem(low).plus(sorted.getItem(high)).divide(2);
  }

  private static Column score() {
    Column distance = col(VALUE).minus(col("median"));
    Column mean =
        aggregate(col("deviations"), lit(0.0), (sum, deviation) -> sum.plus(deviation))
            .divide(size(col("deviations")));
    return when(col("mad").gt(0), distance.multiply(MAD_TO_SIGMA).divide(col("mad")))
        .when(mean.gt(0), distance.divide(mean.multiply(MEAN_TO_SIGMA)));
  }
}
