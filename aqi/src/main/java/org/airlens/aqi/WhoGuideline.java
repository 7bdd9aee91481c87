package org.airlens.aqi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The World Health Organization's 24-hour guideline levels of 2021. They are no index: what is
 * given here is how many times the guideline a concentration is, unrounded, and the bands are the
 * interim targets on the way to it. The WHO sets neither colours nor advice for a day, so both are
 * AirLens's own.
 *
 * <p>Sources: WHO, "WHO global air quality guidelines", 2021, ISBN 978-92-4-003422-8, table 0.1;
 * WHO fact sheet "Ambient (outdoor) air quality and health".
 */
final class WhoGuideline {

  private static final String[] LABELS = {
    "Guideline met",
    "Interim target 4",
    "Interim target 3",
    "Interim target 2",
    "Interim target 1",
    "Above interim target 1"
  };

  private static final String[] COLOURS = {
    "#2C7BB6", "#ABD9E9", "#FFFFBF", "#FDAE61", "#D7191C", "#7B3294"
  };

  private static final Advice[] ADVICE = {
    new Advice(
        "Below the level above which the WHO sees health effects of a day.",
        "Below the level above which the WHO sees health effects of a day."),
    new Advice(
        "Above the guideline: fine for a day now and then, not for many a year.",
        "Above the guideline: take it easier outdoors if you notice symptoms."),
    new Advice(
        "Above the guideline: fine for a day now and then, not for many a year.",
        "Take it easier outdoors, above all if you notice symptoms."),
    new Advice(
        "Consider less intense activity outdoors if you notice symptoms.",
        "Reduce long or intense activity outdoors."),
    new Advice(
        "Reduce long or intense activity outdoors.", "Avoid long or intense activity outdoors."),
    new Advice("Avoid long or intense activity outdoors.", "Avoid physical activity outdoors.")
  };

  private WhoGuideline() {}

  static AqiStandard standard() {
    return new BandedStandard(
        "who-2021",
        "WHO air quality guidelines, times the 24-hour level",
        "2021",
        List.of(
            "WHO, WHO global air quality guidelines, 2021, ISBN 978-92-4-003422-8, table 0.1",
            "WHO, Ambient (outdoor) air quality and health, fact sheet"),
        Map.of(
            Pollutant.PM25, scale(15, 25, 37.5, 50, 75),
            Pollutant.PM10, scale(45, 50, 75, 100, 150)));
  }

  private static Scale scale(double guideline, double... interimTargets) {
    List<Band> bands = new ArrayList<>();
    double lower = 0;
    for (int i = 0; i < LABELS.length; i++) {
      double upper =
          i == 0
              ? guideline
              : i <= interimTargets.length ? interimTargets[i - 1] : Double.POSITIVE_INFINITY;
      bands.add(
          new Band(
              lower,
              upper,
              lower / guideline,
              upper / guideline,
              LABELS[i],
              COLOURS[i],
              ADVICE[i]));
      lower = upper;
    }
    return Scale.ofShares(Averaging.DAY, Rounding.EXACT, bands, guideline);
  }
}
