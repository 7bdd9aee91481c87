package org.airlens.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.timestamp_seconds;

import org.airlens.model.Measures;
import org.airlens.spark.columns.ReadingColumns;
import org.airlens.spark.parsed.ParsedRows;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/** Readings to be added to a lake. */
final class TestLake {

  private TestLake() {}

  /** So many readings of one sensor, a second apart, in the order of time. */
  static Dataset<Row> readings(long from, int count) {
    Dataset<Row> rows = TestSpark.session().range(count).toDF(ParsedRows.ORDINAL);
    for (StructField field : ReadingColumns.UNINDEXED.fields()) {
      rows = rows.withColumn(field.name(), lit(null).cast(field.dataType()));
    }
    return rows.withColumn(ReadingColumns.SENSOR_ID, lit(7L))
        .withColumn(
            ReadingColumns.TIMESTAMP, timestamp_seconds(lit(from).plus(col(ParsedRows.ORDINAL))))
        .withColumn("sensor_type_id", lit(14))
        .withColumn("sensor_type_name", lit("SDS011"))
        .withColumn(Measures.P1, lit(5.0))
        .withColumn(ReadingColumns.OTHERS, map().cast("map<string,double>"));
  }
}
