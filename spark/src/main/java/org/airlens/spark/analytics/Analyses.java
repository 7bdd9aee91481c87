package org.airlens.spark.analytics;

import org.airlens.pipeline.engine.Analysis;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The tables that answer analyses. */
public final class Analyses {

  private Analyses() {}

  /**
   * The table that answers an analysis, in its order.
   *
   * @param readings rows with the columns of indexed readings
   */
  public static Dataset<Row> table(Analysis analysis, Dataset<Row> readings) {
    return switch (analysis) {
      case Analysis.ExceedanceDays days -> ExceedanceDays.table(readings, days);
      case Analysis.Profiles profiles -> Profiles.table(readings, profiles);
      case Analysis.Uptime uptime -> Uptime.table(readings, uptime);
      case Analysis.Outliers outliers -> Outliers.table(readings, outliers);
      case Analysis.PmHumidity humidity -> PmHumidity.table(readings, humidity);
    };
  }
}
