package org.airlens.aqi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The US Air Quality Index for particles, in the edition in force since 6 May 2024: linear in each
 * band after cutting PM2.5 to a tenth and PM10 to a whole number; above the last band's end, the
 * same slope goes on.
 *
 * <p>Sources: EPA, "Technical Assistance Document for the Reporting of Daily Air Quality – the Air
 * Quality Index", EPA-454/B-24-002, May 2024; 40 CFR part 58, appendix G, as amended by 89 FR
 * 16202. Advice: AirNow's air quality guide for particle pollution (public domain).
 */
final class UsEpaAqi {

  private static final double[] INDEX_LOWER = {0, 51, 101, 151, 201, 301};
  private static final double[] INDEX_UPPER = {50, 100, 150, 200, 300, 500};
  private static final double[] PM25_LOWER = {0, 9.1, 35.5, 55.5, 125.5, 225.5};
  private static final double[] PM25_UPPER = {9.0, 35.4, 55.4, 125.4, 225.4, 325.4};
  private static final double[] PM10_LOWER = {0, 55, 155, 255, 355, 425};
  private static final double[] PM10_UPPER = {54, 154, 254, 354, 424, 604};

  private static final String[] LABELS = {
    "Good", "Moderate", "Unhealthy for Sensitive Groups", "Unhealthy", "Very Unhealthy", "Hazardous"
  };

  private static final String[] COLOURS = {
    "#00E400", "#FFFF00", "#FF7E00", "#FF0000", "#8F3F97", "#7E0023"
  };

  private static final Advice[] ADVICE = {
    new Advice("It's a great day to be active outside.", "It's a great day to be active outside."),
    new Advice(
        "It's a good day to be active outside.",
        "Unusually sensitive people: consider making outdoor activities shorter and less intense."
            + " Watch for symptoms such as coughing or shortness of breath: these are signs to take"
            + " it easier."),
    new Advice(
        "It's OK to be active outside.",
        "Make outdoor activities shorter and less intense and take more breaks. Watch for symptoms"
            + " such as coughing or shortness of breath. People with asthma: follow your asthma"
            + " action plan and keep quick-relief medicine handy."),
    new Advice(
        "Reduce long or intense activities. Take more breaks during outdoor activities.",
        "Avoid long or intense outdoor activities. Consider rescheduling or moving activities"
            + " indoors."),
    new Advice(
        "Avoid long or intense activities. Consider rescheduling or moving activities indoors.",
        "Avoid all physical activity outdoors. Reschedule to a time when air quality is better or"
            + " move activities indoors."),
    new Advice(
        "Avoid all physical activity outdoors.",
        "Remain indoors and keep activity levels low. Follow tips for keeping particle levels low"
            + " indoors.")
  };

  private UsEpaAqi() {}

  static AqiStandard standard() {
    return new BandedStandard(
        "us-epa",
        "US Air Quality Index",
        "May 2024",
        List.of(
            "US EPA, Technical Assistance Document for the Reporting of Daily Air Quality – the Air"
                + " Quality Index, EPA-454/B-24-002, May 2024",
            "40 CFR part 58, appendix G, as amended by 89 FR 16202 (6 March 2024)"),
        Map.of(
            Pollutant.PM25, scale(Rounding.DOWN_TO_TENTH, PM25_LOWER, PM25_UPPER),
            Pollutant.PM10, scale(Rounding.DOWN_TO_WHOLE, PM10_LOWER, PM10_UPPER)));
  }

  private static Scale scale(Rounding rounding, double[] lower, double[] upper) {
    List<Band> bands = new ArrayList<>();
    Line[] lines = new Line[LABELS.length];
    for (int i = 0; i < LABELS.length; i++) {
      boolean open = i == LABELS.length - 1;
      Band band =
          new Band(
              lower[i],
              open ? Double.POSITIVE_INFINITY : upper[i],
              INDEX_LOWER[i],
              open ? Double.POSITIVE_INFINITY : INDEX_UPPER[i],
              LABELS[i],
              COLOURS[i],
              ADVICE[i]);
      bands.add(band);
      lines[i] = new Line(lower[i], upper[i], INDEX_LOWER[i], INDEX_UPPER[i], band);
    }
    return Scale.ofLines(Averaging.DAY, rounding, bands, lines);
  }
}
