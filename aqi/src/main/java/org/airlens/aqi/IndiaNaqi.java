package org.airlens.aqi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * India's National Air Quality Index: linear in each band, with exact bounds that belong to the
 * band below; it ends at 500.
 *
 * <p>The report prints the bands as 0–30, 31–60, … with indices 0–50, 51–100, …; the agency's
 * calculator joins them without gaps, and so does this. An index is at least the lowest printed for
 * its band, so that 30.1 µg/m³ of PM2.5, Satisfactory, is 51 and not a Good 50.
 *
 * <p>Sources: Central Pollution Control Board, "National Air Quality Index", October 2014, for the
 * bounds and the health statements; the CPCB's <a
 * href="https://app.cpcbccr.com/ccr_docs/How_AQI_Calculated.pdf">"How AQI is calculated"</a> and
 * its calculator for the joints and the slope of the last band.
 */
final class IndiaNaqi {

  private static final double[] INDEX_UPPER = {50, 100, 200, 300, 400, 500};

  private static final String[] LABELS = {
    "Good", "Satisfactory", "Moderately polluted", "Poor", "Very poor", "Severe"
  };

  private static final String[] COLOURS = {
    "#009933", "#58FF09", "#FFFF00", "#FFA500", "#FF0000", "#990000"
  };

  /** The standard states the likely impact and leaves it to people what to do. */
  private static final Advice[] ADVICE = {
    new Advice("Minimal impact.", "Minimal impact."),
    new Advice("Minimal impact.", "May cause minor breathing discomfort to sensitive people."),
    new Advice(
        "Minimal impact on healthy people.",
        "May cause breathing discomfort to people with lung disease such as asthma, and discomfort"
            + " to people with heart disease, children and older adults."),
    new Advice(
        "May cause breathing discomfort to people on prolonged exposure.",
        "May cause discomfort to people with heart disease on short exposure."),
    new Advice(
        "May cause respiratory illness to people on prolonged exposure.",
        "The effect may be more pronounced in people with lung and heart diseases."),
    new Advice(
        "May cause respiratory impact even on healthy people, even during light physical"
            + " activity.",
        "May cause serious health impacts on people with lung or heart disease, even during light"
            + " physical activity.")
  };

  private IndiaNaqi() {}

  static AqiStandard standard() {
    return new BandedStandard(
        "in-naqi",
        "India National Air Quality Index",
        "October 2014",
        List.of(
            "Central Pollution Control Board, National Air Quality Index, October 2014",
            "Central Pollution Control Board, How AQI is calculated,"
                + " https://app.cpcbccr.com/ccr_docs/How_AQI_Calculated.pdf"),
        Map.of(
            Pollutant.PM25, scale(Averaging.RUNNING_24_HOURS, 30, 60, 90, 120, 250, 380),
            Pollutant.PM10, scale(Averaging.RUNNING_24_HOURS, 50, 100, 250, 350, 430, 510)));
  }

  /** The last of {@code uppers} is where the last band's line reaches 500. */
  private static Scale scale(Averaging averaging, double... uppers) {
    List<Band> bands = new ArrayList<>();
    Line[] lines = new Line[LABELS.length];
    for (int i = 0; i < LABELS.length; i++) {
      double lower = i == 0 ? 0 : uppers[i - 1];
      double joint = i == 0 ? 0 : INDEX_UPPER[i - 1];
      Band band =
          new Band(
              lower,
              i == LABELS.length - 1 ? Double.POSITIVE_INFINITY : uppers[i],
              i == 0 ? 0 : joint + 1,
              INDEX_UPPER[i],
              LABELS[i],
              COLOURS[i],
              ADVICE[i]);
      bands.add(band);
      lines[i] = new Line(lower, uppers[i], joint, INDEX_UPPER[i], band);
    }
    return Scale.ofLines(averaging, Rounding.EXACT, bands, lines);
  }
}
