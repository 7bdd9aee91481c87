package org.airlens.app;

import java.math.BigDecimal;
import java.math.MathContext;
import org.airlens.aqi.AqiStandard;
import org.airlens.aqi.Assessment;
import org.airlens.aqi.Pollutant;

/** An index as text. */
final class IndexText {

  private static final double LARGEST_PLAIN = 1e15;
  private static final MathContext THREE_DIGITS = new MathContext(3);

  private IndexText() {}

  /** A whole number as such, a ratio with three digits. */
  static String index(double index) {
    if (index == Math.rint(index)) {
      return index < LARGEST_PLAIN ? Long.toString((long) index) : Double.toString(index);
    }
    return new BigDecimal(index).round(THREE_DIGITS).stripTrailingZeros().toPlainString();
  }

  /** {@code 4 Moderate #FFFF00 (UK Daily Air Quality Index, PM2.5 39 µg/m³ …)}. */
  static String line(AqiStandard standard, Assessment assessment) {
    return index(assessment.index())
        + " "
        + assessment.band().label()
        + " "
        + assessment.band().colour()
        + " ("
        + standard.label()
        + ", "
        + assessment.pollutant().label()
        + " "
        + plain(assessment.concentration())
        + " µg/m³ as "
        + standard.averaging(assessment.pollutant()).label()
        + ")";
  }

  /** One JSON object; no text in it needs escaping. */
  static String json(AqiStandard standard, Assessment assessment) {
    return "{\"standard\":\"%s\",\"pollutant\":\"%s\",\"concentration\":%s,\"index\":%s,\"band\":\"%s\",\"colour\":\"%s\"}"
        .formatted(
            standard.id(),
            assessment.pollutant().id(),
            plain(assessment.concentration()),
            index(assessment.index()),
            assessment.band().label(),
            assessment.band().colour());
  }

  /** The same object where there is no index; JSON knows no NaN and no infinity. */
  static String noIndexJson(AqiStandard standard, Pollutant pollutant, double value) {
    return "{\"standard\":\"%s\",\"pollutant\":\"%s\",\"concentration\":%s,\"index\":null,\"reason\":\"%s\"}"
        .formatted(
            standard.id(),
            pollutant.id(),
            Double.isFinite(value) ? plain(value) : "null",
            Concentrations.whyNoIndex(value));
  }

  private static String plain(double value) {
    return Math.abs(value) < LARGEST_PLAIN && value == Math.rint(value)
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
