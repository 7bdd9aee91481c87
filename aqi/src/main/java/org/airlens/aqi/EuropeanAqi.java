package org.airlens.aqi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The European Air Quality Index in both of its editions: six bands with exact bounds, numbered 1
 * (Good) to 6 (Extremely poor); a bound belongs to the band below it.
 *
 * <p>Sources: European Environment Agency, "European Air Quality Index", <a
 * href="https://airindex.eea.europa.eu/AQI/index.html">about page</a>, for advice and colours (CC
 * BY 4.0) and the bands of its day; for the bands from 2025, which take hourly means of every
 * pollutant, ETC HE report 2024/17, "EEA's revision of the European air quality index bands"; for
 * those until 2024, which take the particles' 24-hour running means, also the Copernicus Atmosphere
 * Monitoring Service's air quality index notebooks.
 */
final class EuropeanAqi {

  private static final String[] LABELS = {
    "Good", "Fair", "Moderate", "Poor", "Very poor", "Extremely poor"
  };

  private static final String[] COLOURS = {
    "#50F0E6", "#50CCAA", "#F0E641", "#FF5050", "#960032", "#7D2181"
  };

  private static final String USUAL = "Enjoy your usual outdoor activities.";

  private static final String REDUCE_WITH_SYMPTOMS =
      "Consider reducing intense activities outdoors, if you experience symptoms such as sore eyes,"
          + " a cough or sore throat.";

  private static final Advice[] ADVICE = {
    new Advice(USUAL, USUAL),
    new Advice(USUAL, USUAL),
    new Advice(USUAL, "Consider reducing intense outdoor activities, if you experience symptoms."),
    new Advice(
        REDUCE_WITH_SYMPTOMS,
        "Consider reducing physical activities, particularly outdoors, especially if you experience"
            + " symptoms."),
    new Advice(
        REDUCE_WITH_SYMPTOMS,
        "Reduce physical activities, particularly outdoors, especially if you experience"
            + " symptoms."),
    new Advice("Reduce physical activities outdoors.", "Avoid physical activities outdoors.")
  };

  private EuropeanAqi() {}

  /** The edition in force, which follows the WHO's 2021 guidelines and hourly means. */
  static AqiStandard from2025() {
    return new BandedStandard(
        "eu-eaqi",
        "European Air Quality Index",
        "from 2025",
        List.of(
            "European Environment Agency, European Air Quality Index,"
                + " https://airindex.eea.europa.eu/AQI/index.html",
            "ETC HE report 2024/17, EEA's revision of the European air quality index bands"),
        Map.of(
            Pollutant.PM25, scale(Averaging.HOUR, 5, 15, 50, 90, 140),
            Pollutant.PM10, scale(Averaging.HOUR, 15, 45, 120, 195, 270),
            Pollutant.O3, scale(Averaging.HOUR, 60, 100, 120, 160, 180),
            Pollutant.NO2, scale(Averaging.HOUR, 10, 25, 60, 100, 150),
            Pollutant.SO2, scale(Averaging.HOUR, 20, 40, 125, 190, 275)));
  }

  /** The edition before that, for comparing with older publications. */
  static AqiStandard until2024() {
    return new BandedStandard(
        "eu-eaqi-2024",
        "European Air Quality Index, former bands",
        "until 2024",
        List.of(
            "European Environment Agency, European Air Quality Index, about page as of 2024,"
                + " https://airindex.eea.europa.eu/Map/AQI/Viewer/",
            "Copernicus Atmosphere Monitoring Service, European Air Quality Index notebooks"),
        Map.of(
            Pollutant.PM25, scale(Averaging.RUNNING_24_HOURS, 10, 20, 25, 50, 75),
            Pollutant.PM10, scale(Averaging.RUNNING_24_HOURS, 20, 40, 50, 100, 150),
            Pollutant.O3, scale(Averaging.HOUR, 50, 100, 130, 240, 380),
            Pollutant.NO2, scale(Averaging.HOUR, 40, 90, 120, 230, 340),
            Pollutant.SO2, scale(Averaging.HOUR, 100, 200, 350, 500, 750)));
  }

  private static Scale scale(Averaging averaging, double... uppers) {
    List<Band> bands = new ArrayList<>();
    for (int i = 0; i <= uppers.length; i++) {
      double lower = i == 0 ? 0 : uppers[i - 1];
      double upper = i == uppers.length ? Double.POSITIVE_INFINITY : uppers[i];
      bands.add(new Band(lower, upper, i + 1, i + 1, LABELS[i], COLOURS[i], ADVICE[i]));
    }
    return Scale.ofSteps(averaging, Rounding.EXACT, bands);
  }
}
