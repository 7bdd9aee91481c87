package org.airlens.spark.analytics;

import static org.airlens.spark.analytics.PlausibleValues.LOCATION;
import static org.airlens.spark.analytics.PlausibleValues.MEASURE;
import static org.airlens.spark.analytics.PlausibleValues.told;
import static org.airlens.spark.columns.ReadingColumns.TIMESTAMP;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.covar_pop;
import static org.apache.spark.sql.functions.date_trunc;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.stddev_pop;
import static org.apache.spark.sql.functions.try_divide;

import java.util.List;
import org.airlens.model.Measures;
import org.airlens.pipeline.engine.Analysis;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Hours (UTC) in which a place has both PM concentrations and humidity, by bins of humidity; the
 * rows without a place are of all places.
 */
final class PmHumidity {

  private static final String HUMIDITY = "humidity";
  private static final int MOST = 100;

  private PmHumidity() {}

  static Dataset<Row> table(Dataset<Row> readings, Analysis.PmHumidity asked) {
    int width = asked.binPercent();
    int lastBin = (MOST - 1) / width * width;
    List<Object> measures = List.of(Measures.P1, Measures.P2, HUMIDITY);
    Dataset<Row> hours =
        PlausibleValues.of(
                PlausibleValues.outdoors(readings),
                List.of(Measures.P1, Measures.P2, HUMIDITY),
                col(LOCATION),
                date_trunc("hour", col(TIMESTAMP)).as("hour"))
            .groupBy(LOCATION, "hour")
            .pivot(MEASURE, measures)
            .agg(PlausibleValues.mean())
            .na()
            .drop(new String[] {Measures.P1, Measures.P2, HUMIDITY})
            .withColumn(
                "from_percent",
                least(floor(col(HUMIDITY).divide(width)).multiply(width), lit(lastBin))
                    .cast("int"));
    Dataset<Row> everywhere = hours.withColumn(LOCATION, lit(null).cast("long"));
    return binned(everywhere, width)
        .unionByName(binned(hours, width))
        .orderBy(col(LOCATION).asc_nulls_first(), col("from_percent"));
  }

  private static Dataset<Row> binned(Dataset<Row> hours, int width) {
    return hours
        .groupBy(LOCATION, "from_percent")
        .agg(
            count(lit(1)).as("hours"),
            told(avg(HUMIDITY)).as(HUMIDITY),
            told(avg(Measures.P1)).as(Measures.P1),
            told(avg(Measures.P2)).as(Measures.P2),
            told(try_divide(avg(Measures.P2), avg(Measures.P1))).as("P2_to_P1"),
            correlation(Measures.P1).as("P1_correlation"),
            correlation(Measures.P2).as("P2_correlation"))
        .withColumn("to_percent", least(col("from_percent").plus(width), lit(MOST)));
  }

  /** Pearson's, with the humidity of the same hour; null where one of both does not change. */
  private static Column correlation(String measure) {
    Column spread = stddev_pop(measure).multiply(stddev_pop(HUMIDITY));
    return told(try_divide(covar_pop(measure, HUMIDITY), spread));
  }
}
