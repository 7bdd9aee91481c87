package org.airlens.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_date;

import java.time.LocalDate;
import org.airlens.model.BoundingBox;
import org.airlens.pipeline.backfill.Selection;
import org.airlens.spark.columns.ReadingColumns;
import org.apache.spark.sql.Column;

/** What of readings a selection wants, as an expression. */
final class SelectionColumns {

  private SelectionColumns() {}

  /** Of readings whose make no file's name has told before. */
  static Column wanted(Selection selection, Column sensorType) {
    Column wanted = wanted(selection);
    return selection.sensorTypes().isEmpty()
        ? wanted
        : wanted.and(sensorType.isin(selection.sensorTypes().toArray()));
  }

  /** Whatever the make: an archive's files are chosen by it. */
  static Column wanted(Selection selection) {
    Column wanted = lit(true);
    Column day = to_date(col(ReadingColumns.TIMESTAMP));
    if (!selection.days().from().equals(LocalDate.MIN)) {
      wanted = wanted.and(day.geq(lit(selection.days().from())));
    }
    if (!selection.days().to().equals(LocalDate.MAX)) {
      wanted = wanted.and(day.lt(lit(selection.days().to())));
    }
    if (!selection.countries().isEmpty()) {
      wanted = wanted.and(col("country").isin(selection.countries().toArray()));
    }
    if (selection.bbox().isPresent()) {
      wanted = wanted.and(inside(selection.bbox().get()));
    }
    return wanted;
  }

  /** {@link BoundingBox#contains}; false where there is no position. */
  private static Column inside(BoundingBox box) {
    Column longitude = col("longitude");
    Column between =
        box.crossesAntimeridian()
            ? longitude.geq(box.west()).or(longitude.leq(box.east()))
            : longitude.between(box.west(), box.east());
    Column inside = col("latitude").between(box.south(), box.north()).and(between);
    return org.apache.spark.sql.functions.coalesce(inside, lit(false));
  }
}
