package org.airlens.spark;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.map_filter;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.airlens.aqi.AqiStandard;
import org.airlens.aqi.AqiStandards;
import org.airlens.model.Calibration;
import org.airlens.model.Measures;
import org.airlens.spark.columns.CalibrationColumns;
import org.airlens.spark.columns.IndexColumns;
import org.airlens.spark.columns.ReadingColumns;
import org.airlens.store.lake.LakeLayout;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * What a version of a lake makes of what was reported: calibrated values, with the reported ones
 * kept beside them, and an index. Every row names it, and so does the version: whoever adds
 * readings adds them by it.
 */
record Recipe(AqiStandard standard, Calibration calibration) {

  /** The values as they were reported, with the index that AirLens stores. */
  static final Recipe PLAIN = new Recipe(AqiStandards.all().getFirst(), Calibration.NONE);

  private static final String STANDARD = LakeLayout.REMARK + " standard=";
  private static final String CALIBRATION = LakeLayout.REMARK + " calibration=";

  private static final String HUMIDITY_THERE = "humidity_there";
  private static final long HUMIDITY_SECONDS = 600;

  /** The lines that a version's list begins with. */
  List<String> lines() {
    return List.of(STANDARD + standard.id(), CALIBRATION + calibration);
  }

  /**
   * The recipe of a version's list.
   *
   * @throws IOException when this AirLens can't follow it
   */
  static Recipe of(List<String> lines) throws IOException {
    String standard = value(lines, STANDARD, PLAIN.standard().id());
    String calibration = value(lines, CALIBRATION, "");
    try {
      return new Recipe(
          AqiStandards.find(standard)
              .orElseThrow(() -> new IllegalArgumentException("no index is called " + standard)),
          Calibration.of(
              calibration.isEmpty() ? List.of() : Arrays.asList(calibration.split(","))));
    } catch (IllegalArgumentException e) {
      throw new IOException("this AirLens can't follow the lake's recipe: " + e.getMessage(), e);
    }
  }

  private static String value(List<String> lines, String name, String none) {
    return lines.stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()))
        .findFirst()
        .orElse(none);
  }

  /** The rows of a lake with what was reported in the place of what a recipe made of it. */
  static Dataset<Row> reported(Dataset<Row> rows) {
    List<Column> columns = new ArrayList<>();
    for (String name : ReadingColumns.UNINDEXED.fieldNames()) {
      Column value = col(name);
      columns.add(
          ReadingColumns.MEASURES.contains(name)
              ? coalesce(col(ReadingColumns.REPORTED).getItem(name), value).as(name)
              : value);
    }
    return rows.select(columns.toArray(Column[]::new));
  }

  /**
   * Makes a lake's rows.
   *
   * @param reported unindexed readings; other columns are kept
   */
  Dataset<Row> applied(Dataset<Row> reported) {
    Map<String, Column> columns = new LinkedHashMap<>();
    Map<String, Column> values = new LinkedHashMap<>();
    Column humidity = calibration.needsHumidity() ? col(HUMIDITY_THERE) : lit(null).cast("double");
    List<Column> changed = new ArrayList<>();
    for (String measure : ReadingColumns.MEASURES) {
      if (calibration.rules().stream().anyMatch(rule -> rule.measure().equals(measure))) {
        Column calibrated = CalibrationColumns.calibrated(calibration, measure, humidity);
        values.put(measure, coalesce(calibrated, col(measure)));
        changed.add(lit(measure));
        changed.add(when(calibrated.isNotNull(), col(measure)));
      }
    }
    columns.put(
        ReadingColumns.REPORTED,
        changed.isEmpty()
            ? map().cast("map<string,double>")
            : map_filter(map(changed.toArray(Column[]::new)), (_, value) -> value.isNotNull()));
    columns.put(Measures.AQI, index(PLAIN.standard(), values).cast("int"));
    columns.put(ReadingColumns.INDEX, index(standard, values).cast("double"));
    columns.put(ReadingColumns.STANDARD, lit(standard.id()));
    columns.put(ReadingColumns.CALIBRATION, lit(calibration.toString()));
    columns.putAll(values);
    Dataset<Row> there = calibration.needsHumidity() ? withHumidity(reported) : reported;
    return there.withColumns(columns).drop(HUMIDITY_THERE);
  }

  /** The index of a reading; whether a concentration counts is told by what was reported. */
  private static Column index(AqiStandard standard, Map<String, Column> values) {
    Column pm10 = counted(Measures.P1, values);
    Column pm25 = counted(Measures.P2, values);
    return when(not(ReadingColumns.countsParticles()), IndexColumns.highest(standard, pm10, pm25));
  }

  private static Column counted(String measure, Map<String, Column> values) {
    return when(
        IndexColumns.isBelowSaturation(measure, col(measure)),
        values.getOrDefault(measure, col(measure)));
  }

  /**
   * The rows with the humidity where the sensor stands: its own, or the mean of what the sensors at
   * its location told in the same ten minutes, for a dust sensor has none itself.
   */
  private static Dataset<Row> withHumidity(Dataset<Row> rows) {
    Column own = when(col("humidity").between(0, 100), col("humidity"));
    Column minutes = floor(col(ReadingColumns.TIMESTAMP).cast("long").divide(HUMIDITY_SECONDS));
    // Of decimals: a mean that does not depend on the order of the rows.
    Column mean =
        avg(own.cast("decimal(9,4)")).over(Window.partitionBy(col("location_id"), minutes));
    return rows.withColumn(HUMIDITY_THERE, coalesce(own, mean.cast("double")));
  }
}
