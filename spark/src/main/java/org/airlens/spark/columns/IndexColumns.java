package org.airlens.spark.columns;

import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import org.airlens.aqi.AqiStandard;
import org.airlens.aqi.AqiStandards;
import org.airlens.aqi.Band;
import org.airlens.aqi.IndexFormula;
import org.airlens.aqi.IndexTable;
import org.airlens.aqi.Line;
import org.airlens.aqi.Pollutant;
import org.airlens.aqi.ReadingIndex;
import org.airlens.aqi.Rounding;
import org.airlens.model.Measures;
import org.airlens.model.SensorType;
import org.apache.spark.sql.Column;

/**
 * Index look-ups as expressions, made from the tables that the standards themselves compute with:
 * there is no second copy of a bound here. Spark compares NaN as the largest number, which is why
 * each condition also names an upper end.
 */
public final class IndexColumns {

  private static final AqiStandard UK_DAQI = AqiStandards.all().getFirst();

  private IndexColumns() {}

  /**
   * The momentary index of a concentration: that of {@link AqiStandard#indexOf}, null where it
   * finds none.
   *
   * @param concentration µg/m³
   * @throws IllegalArgumentException when the standard is not defined on the pollutant
   */
  public static Column index(AqiStandard standard, Pollutant pollutant, Column concentration) {
    return when(
        concentration.geq(0).and(concentration.lt(Double.POSITIVE_INFINITY)),
        lookedUp(standard.table(pollutant), concentration.plus(0.0)));
  }

  /**
   * The index that AirLens keeps with a reading: that of {@link ReadingIndex#of}, null where there
   * is none.
   *
   * @param p1Pm10 PM10, µg/m³, or null
   * @param p2Pm25 PM2.5, µg/m³, or null
   * @param countsParticles whether these are particle counts
   */
  public static Column reading(Column p1Pm10, Column p2Pm25, Column countsParticles) {
    Column higher =
        highest(
            UK_DAQI,
            when(isBelowSaturation(Measures.P1, p1Pm10), p1Pm10),
            when(isBelowSaturation(Measures.P2, p2Pm25), p2Pm25));
    return when(not(countsParticles), higher.cast("int"));
  }

  /**
   * The index of the worse of two pollutants: that of {@link ReadingIndex#highest}, null where
   * there is none.
   *
   * @param pm10 µg/m³, or null where it does not count
   * @param pm25 µg/m³, or null where it does not count
   */
  public static Column highest(AqiStandard standard, Column pm10, Column pm25) {
    return greatest(index(standard, Pollutant.PM10, pm10), index(standard, Pollutant.PM25, pm25));
  }

  /** Whether what a sensor reported is no fault; null of nothing. */
  public static Column isBelowSaturation(String measure, Column reported) {
    return reported.lt(Measures.SATURATIONS.get(measure));
  }

  /** Whether a make counts particles: {@link SensorType#countsParticles}. */
  public static Column countsParticles(Column typeId, Column typeName) {
    return typeId
        .equalTo(SensorType.PPD42NS_ID)
        .or(lower(typeName).equalTo(SensorType.PPD42NS.toLowerCase(Locale.ROOT)));
  }

  private static Column lookedUp(IndexTable table, Column concentration) {
    return switch (table.formula()) {
      case IndexFormula.Share(double level) -> concentration.divide(level);
      case IndexFormula.Steps(List<Double> indices) -> steps(table, indices, concentration);
      case IndexFormula.Lines(List<Line> lines) -> lines(table, lines, concentration);
    };
  }

  private static Column steps(IndexTable table, List<Double> indices, Column concentration) {
    return byBand(table, concentration, indices::get);
  }

  /** {@link Line#index}, operation by operation, so that both round alike. */
  private static Column lines(IndexTable table, List<Line> lines, Column concentration) {
    Column value = rounded(table.rounding(), concentration);
    Column from = byBand(table, concentration, i -> lines.get(i).fromConcentration());
    Column width =
        byBand(
            table,
            concentration,
            i -> lines.get(i).toConcentration() - lines.get(i).fromConcentration());
    Column fromIndex = byBand(table, concentration, i -> lines.get(i).fromIndex());
    Column rise =
        byBand(table, concentration, i -> lines.get(i).toIndex() - lines.get(i).fromIndex());
    Column exact = value.minus(from).divide(width).multiply(rise).plus(fromIndex);
    Column whole = floored(exact.plus(0.5).plus(Line.TOLERANCE));
    Column lowest = byBand(table, concentration, i -> lines.get(i).band().indexLower());
    Column highest =
        byBand(
            table,
            concentration,
            i -> Math.min(lines.get(i).band().indexUpper(), Double.MAX_VALUE));
    return least(greatest(whole, lowest), highest);
  }

  /**
   * A number for each band. Which band it is, the concentration itself decides: a rounded one is
   * not above a bound where the one as it is lies below the next number that is rounded to.
   */
  private static Column byBand(IndexTable table, Column concentration, IntToDoubleFunction number) {
    List<Band> bands = table.bands();
    Column found = lit(number.applyAsDouble(bands.size() - 1));
    for (int i = bands.size() - 2; i >= 0; i--) {
      double upper = bands.get(i).upper();
      Column inside =
          table.rounding() == Rounding.EXACT
              ? concentration.leq(upper)
              : concentration.lt(above(table.rounding(), upper));
      found = when(inside, lit(number.applyAsDouble(i))).otherwise(found);
    }
    return found;
  }

  /** The least concentration that is rounded to more than a bound. */
  private static double above(Rounding rounding, double bound) {
    double units = Math.rint(rounding == Rounding.DOWN_TO_TENTH ? bound * 10 : bound);
    return switch (rounding) {
      case EXACT -> throw new IllegalArgumentException("nothing is rounded");
      case HALF_UP_TO_WHOLE -> units + 0.5;
      case DOWN_TO_WHOLE -> units + 1;
      case DOWN_TO_TENTH -> (units + 1) / 10;
    };
  }

  private static Column rounded(Rounding rounding, Column value) {
    return switch (rounding) {
      case EXACT -> value;
      case DOWN_TO_WHOLE -> floored(value);
      case HALF_UP_TO_WHOLE -> {
        Column whole = floored(value);
        yield when(value.minus(whole).geq(0.5), whole.plus(1)).otherwise(whole);
      }
      case DOWN_TO_TENTH -> {
        Column tenths = floored(value.multiply(10));
        Column exact =
            when(tenths.divide(10).gt(value), tenths.minus(1))
                .when(tenths.plus(1).divide(10).leq(value), tenths.plus(1))
                .otherwise(tenths);
        yield when(value.geq(Rounding.WHOLE_FROM), value).otherwise(exact.divide(10));
      }
    };
  }

  /** The whole part of what is not negative: exact, however large, as Spark's floor is not. */
  private static Column floored(Column value) {
    return value.minus(value.mod(1));
  }
}
