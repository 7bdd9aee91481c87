package org.airlens.store.postgres;

import java.util.ArrayList;
import java.util.List;
import org.airlens.store.ReadingFilter;
import org.airlens.store.postgres.Pieces.Range;

/** A distribution in SQL, of readings and of the value counts of whole days. */
final class DistributionStatement {

  private DistributionStatement() {}

  /**
   * Values, ascending, and how often each occurs.
   *
   * @param pieces of the filter's window, which is not empty
   */
  static Sql values(ReadingFilter filter, Pieces pieces) {
    String value = MeasureColumns.number(filter.measure().orElseThrow());
    return all(
            filter,
            pieces,
            value + " AS value, count(*) AS count",
            " GROUP BY 1",
            "v.value, v.count",
            " CROSS JOIN LATERAL unnest(r.values, r.counts) v (value, count)")
        .within("SELECT value, sum(count)::bigint FROM ", " parts GROUP BY 1 ORDER BY 1");
  }

  /** How many sensors there are. */
  static Sql sensors(ReadingFilter filter, Pieces pieces) {
    return all(
            filter,
            pieces,
            "DISTINCT r.sensor_id",
            "",
            "s.sensor_id",
            " CROSS JOIN LATERAL unnest(r.sensors) s (sensor_id)")
        .within("SELECT count(*) FROM (SELECT DISTINCT sensor_id FROM ", " parts) sensors");
  }

  private static Sql all(
      ReadingFilter filter,
      Pieces pieces,
      String ofReadings,
      String rest,
      String ofDays,
      String unnested) {
    List<Sql> parts = new ArrayList<>();
    if (!pieces.readings().isEmpty()) {
      parts.add(
          Conditions.atAnyTime(filter)
              .orElseThrow()
              .andIn("r.ts", pieces.readings(), Range::instant)
              .select(ofReadings, rest));
    }
    if (!pieces.days().isEmpty()) {
      Conditions days = new Conditions().and("r.measure = ?", filter.measure().orElseThrow());
      days.andTexts("r.country", filter.countries());
      days.andTexts("r.sensor_type_name", filter.sensorTypes());
      days.andIn("r.day", pieces.days(), Range::day);
      parts.add(
          new Sql(
              "SELECT " + ofDays + " FROM value_counts r" + unnested + days.where(),
              days.parameters()));
    }
    return Sql.unionAll(parts);
  }
}
