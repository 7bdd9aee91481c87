package org.airlens.store.postgres;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.airlens.store.Aggregate;
import org.airlens.store.SeriesQuery;
import org.airlens.store.postgres.Pieces.Range;

/**
 * The points of some sensors in SQL: sensor, second, value, the lowest and the highest id of the
 * origins that have part in it, in the order of sensor and second. Where a part of the window is
 * rolled up, readings and roll-ups become rows of the same kind, of which buckets are made.
 */
final class SeriesStatement {

  private static final String ORDER = " ORDER BY 1, 2";

  private final SeriesQuery query;
  private final Pieces pieces;
  private final String value;
  private final long[] sensors;

  private SeriesStatement(SeriesQuery query, Pieces pieces, long[] sensors) {
    this.query = query;
    this.pieces = pieces;
    this.sensors = sensors;
    value = MeasureColumns.number(query.filter().measure().orElseThrow());
  }

  /**
   * The statement.
   *
   * @param pieces of the query's window, which is not empty
   */
  static Sql of(SeriesQuery query, Pieces pieces, long[] sensors) {
    SeriesStatement statement = new SeriesStatement(query, pieces, sensors);
    if (query.interval().isEmpty()) {
      return statement.plain();
    }
    return query.aggregate() == Aggregate.P95 ? statement.quantiles() : statement.merged();
  }

  /** What the values are to be multiplied by. */
  static double scale(SeriesQuery query) {
    boolean isOfSum = query.aggregate() == Aggregate.MEAN || query.aggregate() == Aggregate.SUM;
    return query.interval().isPresent() && isOfSum ? Scaled.SCALE : 1;
  }

  private Sql plain() {
    return ofReadings(
        "r.sensor_id, extract(epoch FROM r.ts)::bigint, %s, r.origin_id, r.origin_id"
            .formatted(value),
        ORDER);
  }

  private Sql merged() {
    String row = "r.sensor_id, %s AS bucket, r.origin_id, %s AS part, %s AS count, %s AS at";
    String at = query.aggregate() == Aggregate.FIRST ? "r.first_ts" : "r.last_ts";
    List<Sql> parts = new ArrayList<>();
    if (!pieces.readings().isEmpty()) {
      parts.add(ofReadings(row.formatted(bucket("r.ts"), ofReading(), "1", "r.ts"), ""));
    }
    for (RollUpTable table : rollUps()) {
      parts.add(
          ofRollUps(table, row.formatted(bucket(table.start()), ofRollUp(), "r.count", at), ""));
    }
    return Sql.unionAll(parts)
        .within(
            """
            SELECT sensor_id, extract(epoch FROM bucket)::bigint, %s,
              min(origin_id), max(origin_id) FROM \
            """
                .formatted(ofBucket()),
            " parts GROUP BY sensor_id, bucket" + ORDER);
  }

  private String ofReading() {
    return scale(query) == 1 ? value : Scaled.of(value);
  }

  private String ofRollUp() {
    return switch (query.aggregate()) {
      case MEAN, SUM -> Scaled.of("r.mean") + " * r.count";
      case MIN -> "r.min";
      case MAX -> "r.max";
      case FIRST -> "r.first";
      case LAST, COUNT -> "r.last";
      case P95 -> "r.p95";
    };
  }

  private String ofBucket() {
    return switch (query.aggregate()) {
      case MEAN -> "sum(part) / sum(count)";
      case MIN -> "min(part)";
      case MAX, P95 -> "max(part)";
      case SUM -> "sum(part)";
      case COUNT -> "sum(count)::double precision";
      case FIRST -> "(array_agg(part ORDER BY at))[1]";
      case LAST -> "(array_agg(part ORDER BY at DESC))[1]";
    };
  }

  /**
   * Quantiles, which can't be made of others: of a bucket that is one roll-up its own, of any other
   * that of its readings. Here a bucket is a roll-up's or is in no roll-up.
   */
  private Sql quantiles() {
    String row = "r.sensor_id, %s AS bucket, %s, min(r.origin_id) AS low, max(r.origin_id) AS high";
    String quantile = "percentile_cont(0.95) WITHIN GROUP (ORDER BY " + value + ")";
    List<Sql> parts = new ArrayList<>();
    if (!pieces.readings().isEmpty()) {
      parts.add(
          ofReadings(
              row.formatted(bucket("r.ts"), quantile + " AS value"),
              " GROUP BY r.sensor_id, bucket"));
    }
    for (RollUpTable table : rollUps()) {
      Sql rolledUp =
          ofRollUps(
              table,
              row.formatted(bucket(table.start()), "count(*) AS origins, max(r.p95) AS value"),
              " GROUP BY r.sensor_id, bucket");
      Sql anew =
          Conditions.atAnyTime(query.filter())
              .orElseThrow()
              .and("r.sensor_id = bucket.sensor_id AND r.ts >= bucket.bucket")
              .and("r.ts < bucket.bucket + interval '%d seconds'".formatted(seconds()))
              .select(quantile, "");
      List<Object> parameters = new ArrayList<>(anew.parameters());
      parameters.addAll(rolledUp.parameters());
      parts.add(
          new Sql(
              """
              SELECT sensor_id, bucket, CASE origins WHEN 1 THEN value ELSE (%s) END AS value,
                low, high
              FROM (%s) bucket
              """
                  .formatted(anew.text(), rolledUp.text()),
              parameters));
    }
    return Sql.unionAll(parts)
        .within(
            "SELECT sensor_id, extract(epoch FROM bucket)::bigint, value, low, high FROM ",
            " points" + ORDER);
  }

  private List<RollUpTable> rollUps() {
    return List.of(RollUpTable.values()).stream()
        .filter(table -> !table.ranges(pieces).isEmpty())
        .toList();
  }

  private Sql ofReadings(String selected, String rest) {
    return Conditions.atAnyTime(query.filter())
        .orElseThrow()
        .and("r.sensor_id = ANY(?)", sensors)
        .andIn("r.ts", pieces.readings(), Range::instant)
        .select(selected, rest);
  }

  private Sql ofRollUps(RollUpTable table, String selected, String rest) {
    Conditions conditions =
        Conditions.ofRollUps(query.filter()).and("r.sensor_id = ANY(?)", sensors);
    return table.select(conditions, pieces, selected, rest);
  }

  private String bucket(String start) {
    return "date_bin(interval '%d seconds', %s, timestamptz '1970-01-01 00:00:00+00')"
        .formatted(seconds(), start);
  }

  private long seconds() {
    return query.interval().map(Duration::toSeconds).orElse(1L);
  }
}
