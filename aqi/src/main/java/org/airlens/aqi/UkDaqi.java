package org.airlens.aqi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The UK Daily Air Quality Index: 1–10, looked up after rounding half up to a whole number.
 *
 * <p>Sources: COMEAP, "Review of the UK Air Quality Index", 2011; Defra, "Update on Implementation
 * of the Daily Air Quality Index", April 2013, whose bounds these are; advice and colours from
 * UK-AIR's page <a href="https://uk-air.defra.gov.uk/air-pollution/daqi">"What is the Daily Air
 * Quality Index?"</a> (Open Government Licence 3.0).
 */
final class UkDaqi {

  /** The upper bounds of indices 1–9, µg/m³; above the last it is 10. */
  private static final double[] PM25 = {11, 23, 35, 41, 47, 53, 58, 64, 70};

  private static final double[] PM10 = {16, 33, 50, 58, 66, 75, 83, 91, 100};
  private static final double[] O3 = {33, 66, 100, 120, 140, 160, 187, 213, 240};
  private static final double[] NO2 = {67, 134, 200, 267, 334, 400, 467, 534, 600};
  private static final double[] SO2 = {88, 177, 266, 354, 443, 532, 710, 887, 1064};

  private static final String[] COLOURS = {
    "#9CFF9C", "#31FF00", "#31CF00", "#FFFF00", "#FFCF00", "#FF9A00", "#FF6464", "#FF0000",
    "#990000", "#CE30FF"
  };

  private static final String[] LABELS = {"Low", "Moderate", "High", "Very High"};

  private static final Advice[] ADVICE = {
    new Advice("Enjoy your usual outdoor activities.", "Enjoy your usual outdoor activities."),
    new Advice(
        "Enjoy your usual outdoor activities.",
        "Adults and children with lung problems, and adults with heart problems, who experience"
            + " symptoms, should consider reducing strenuous physical activity, particularly"
            + " outdoors."),
    new Advice(
        "Anyone experiencing discomfort such as sore eyes, cough or sore throat should consider"
            + " reducing activity, particularly outdoors.",
        "Adults and children with lung problems, and adults with heart problems, should reduce"
            + " strenuous physical exertion, particularly outdoors, and particularly if they"
            + " experience symptoms. People with asthma may find they need to use their reliever"
            + " inhaler more often. Older people should also reduce physical exertion."),
    new Advice(
        "Reduce physical exertion, particularly outdoors, especially if you experience symptoms"
            + " such as cough or sore throat.",
        "Adults and children with lung problems, adults with heart problems, and older people,"
            + " should avoid strenuous physical activity. People with asthma may find they need to"
            + " use their reliever inhaler more often.")
  };

  static final Scale PM25_SCALE = scale(Averaging.RUNNING_24_HOURS, PM25);
  static final Scale PM10_SCALE = scale(Averaging.RUNNING_24_HOURS, PM10);

  private UkDaqi() {}

  static AqiStandard standard() {
    return new BandedStandard(
        "uk-daqi",
        "UK Daily Air Quality Index",
        "April 2013",
        List.of(
            "COMEAP, Review of the UK Air Quality Index, 2011",
            "Defra, Update on Implementation of the Daily Air Quality Index, April 2013",
            "https://uk-air.defra.gov.uk/air-pollution/daqi"),
        Map.of(
            Pollutant.PM25, PM25_SCALE,
            Pollutant.PM10, PM10_SCALE,
            Pollutant.O3, scale(Averaging.RUNNING_8_HOURS, O3),
            Pollutant.NO2, scale(Averaging.HOUR, NO2),
            Pollutant.SO2, scale(Averaging.QUARTER_HOUR, SO2)));
  }

  private static Scale scale(Averaging averaging, double[] uppers) {
    List<Band> bands = new ArrayList<>();
    for (int i = 0; i <= uppers.length; i++) {
      double lower = i == 0 ? 0 : uppers[i - 1] + 1;
      double upper = i == uppers.length ? Double.POSITIVE_INFINITY : uppers[i];
      int group = i / 3;
      bands.add(new Band(lower, upper, i + 1, i + 1, LABELS[group], COLOURS[i], ADVICE[group]));
    }
    return Scale.ofSteps(averaging, Rounding.HALF_UP_TO_WHOLE, bands);
  }
}
