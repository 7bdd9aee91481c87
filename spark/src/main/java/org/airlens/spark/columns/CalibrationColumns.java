package org.airlens.spark.columns;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import org.airlens.aqi.HumidityGrowth;
import org.airlens.model.Calibration;
import org.airlens.model.Calibration.Rule;
import org.airlens.model.Measures;
import org.apache.spark.sql.Column;

/** What a calibration makes of reported values, as expressions. */
public final class CalibrationColumns {

  private CalibrationColumns() {}

  /**
   * What a value becomes: {@link Calibration#apply}, null where it stays as it was reported.
   *
   * @param relativeHumidity at the sensor, 0–100 %, or null
   */
  public static Column calibrated(
      Calibration calibration, String measure, Column relativeHumidity) {
    Column make = lower(col("sensor_type_name"));
    Column others = lit(null).cast("double");
    Column found = null;
    for (Rule rule : calibration.rules()) {
      if (rule.measure().equals(measure)) {
        Column value = calibrated(rule, relativeHumidity);
        if (rule.sensorType().isEmpty()) {
          others = when(not(ReadingColumns.countsParticles()), value);
        } else {
          Column isOfMake = make.equalTo(rule.sensorType());
          found = found == null ? when(isOfMake, value) : found.when(isOfMake, value);
        }
      }
    }
    return found == null ? others : found.otherwise(others);
  }

  /** {@link HumidityGrowth#factor}, operation by operation, so that both round alike. */
  static Column growth(double kappa, Column relativeHumidity) {
    Column activity =
        least(relativeHumidity, lit(HumidityGrowth.HIGHEST_HUMIDITY)).divide(lit(100.0));
    return activity
        .divide(lit(1.0).minus(activity))
        .multiply(lit(kappa / HumidityGrowth.DENSITY))
        .plus(lit(1.0));
  }

  private static Column calibrated(Rule rule, Column relativeHumidity) {
    Column reported = col(rule.measure());
    Column dried =
        rule.kappa().isPresent()
            ? reported.divide(growth(rule.kappa().getAsDouble(), relativeHumidity))
            : reported;
    Column line = dried.multiply(rule.factor()).plus(rule.offset());
    Column value = rule.isMass() ? greatest(line.plus(0.0), lit(0.0)) : line;
    double saturation = Measures.SATURATIONS.getOrDefault(rule.measure(), Double.POSITIVE_INFINITY);
    Column applies = reported.lt(saturation);
    return when(
        rule.kappa().isPresent() ? applies.and(relativeHumidity.isNotNull()) : applies, value);
  }
}
