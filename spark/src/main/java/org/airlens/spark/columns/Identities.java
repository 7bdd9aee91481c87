package org.airlens.spark.columns;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.row_number;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** What tells readings apart: whose they are, and when they were taken. */
public final class Identities {

  private static final String NUMBER = "number";

  private Identities() {}

  /** The columns. */
  public static Column[] columns() {
    return new Column[] {col(ReadingColumns.SENSOR_ID), col(ReadingColumns.TIMESTAMP)};
  }

  /**
   * The first reading of each identity of a batch. One task does it: up to a few hundred thousand
   * rows are sorted in less time than they are handed around.
   *
   * @param order the column by which it is the first
   */
  public static Dataset<Row> first(Dataset<Row> batch, String order) {
    return batch
        .coalesce(1)
        .withColumn(NUMBER, row_number().over(Window.partitionBy(columns()).orderBy(order)))
        .where(col(NUMBER).equalTo(1))
        .drop(NUMBER);
  }
}
