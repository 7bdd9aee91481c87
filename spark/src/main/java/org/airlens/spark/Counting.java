package org.airlens.spark;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.airlens.collect.Rejection;
import org.airlens.model.RejectionReason;
import org.airlens.spark.columns.ReadingColumns;
import org.airlens.spark.parsed.ParsedRows;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;

/** Counts what passes through a job, beside the job itself: nothing is read twice for it. */
final class Counting {

  private static final String VALID = "valid";
  private static final String WANTED = "wanted";
  private static final String ROWS = "rows";
  private static final String BYTES = "bytes";
  private static final String FILES = "files";
  private static final String FAILURES = "failures";
  private static final String LETTERS = "letters";

  private final Observation observation = new Observation();

  /** What was counted. */
  record Counts(
      long valid,
      long wanted,
      long rows,
      long bytes,
      long files,
      List<String> failures,
      List<Rejection> letters,
      Map<RejectionReason, Long> rejected) {}

  /**
   * Rows of {@link ParsedRows}, counted as they pass.
   *
   * @param wanted whether a reading is wanted
   */
  Dataset<Row> passing(Dataset<Row> rows, Column wanted) {
    Column valid = col(ReadingColumns.SENSOR_ID).isNotNull();
    Column reason = col(ParsedRows.REASON);
    List<Column> more = new ArrayList<>();
    more.add(ones(valid.and(wanted)).as(WANTED));
    more.add(total(col(ParsedRows.FILE_ROWS)).as(ROWS));
    more.add(total(col(ParsedRows.FILE_BYTES)).as(BYTES));
    more.add(count(col(ParsedRows.FILE_ROWS)).as(FILES));
    more.add(collect_list(col(ParsedRows.FAILURE)).as(FAILURES));
    more.add(letters());
    for (RejectionReason each : RejectionReason.values()) {
      more.add(ones(reason.equalTo(each.label())).as(each.label()));
    }
    return rows.observe(observation, ones(valid).as(VALID), more.toArray(Column[]::new));
  }

  private static Column letters() {
    Column letter =
        struct(
            col(ParsedRows.SOURCE),
            col(ParsedRows.REASON),
            col(ParsedRows.OFFSET),
            col(ParsedRows.EXCERPT));
    return collect_list(when(col(ParsedRows.EXCERPT).isNotNull(), letter)).as(LETTERS);
  }

  private static Column ones(Column condition) {
    return total(when(condition, lit(1L)));
  }

  private static Column total(Column number) {
    return coalesce(sum(number), lit(0L)).cast("long");
  }

  /** What was counted when the job is done; it blocks until then. */
  Counts counts() throws InterruptedException {
    Map<String, Object> found = observation.getAsJava();
    Map<RejectionReason, Long> rejected = new EnumMap<>(RejectionReason.class);
    for (RejectionReason reason : RejectionReason.values()) {
      long times = Observed.number(found, reason.label());
      if (times > 0) {
        rejected.put(reason, times);
      }
    }
    return new Counts(
        Observed.number(found, VALID),
        Observed.number(found, WANTED),
        Observed.number(found, ROWS),
        Observed.number(found, BYTES),
        Observed.number(found, FILES),
        list(found, FAILURES).stream().map(String::valueOf).toList(),
        list(found, LETTERS).stream().map(letter -> letter((Row) letter)).toList(),
        rejected);
  }

  private static Rejection letter(Row row) {
    String label = row.getString(1);
    RejectionReason reason = RejectionReason.find(label).orElseThrow();
    return new Rejection(row.getString(0), reason, row.getLong(2), row.getString(3));
  }

  private static List<?> list(Map<String, Object> found, String name) {
    Object list = found.get(name);
    return list instanceof scala.collection.Iterable<?> several
        ? List.copyOf(scala.jdk.javaapi.CollectionConverters.asJavaCollection(several))
        : List.of();
  }
}
