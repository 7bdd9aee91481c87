package org.airlens.server;

import java.nio.file.Path;
import java.util.List;

/** The tables of {@code airlens analyze} that are served; docs/analytics.md has their columns. */
public enum AnalysisTable {
  /** Days above the limits of WHO and EU. */
  EXCEEDANCE_DAYS(
      "exceedance-days", "Days of a year above the limits of WHO and EU, for each place"),
  /** The course of a day and of a week. */
  PROFILES("profiles", "The course of a day and of a week, for each place and measure"),
  /** How much of each day sensors were heard of. */
  UPTIME("uptime", "The share of each day in which a sensor was heard of"),
  /** Hourly means far from those of the neighbours. */
  OUTLIERS("outliers", "Hourly means that lie far from those of the neighbours"),
  /** Particulate matter by humidity. */
  PM_HUMIDITY("pm-humidity", "Particulate matter by bins of humidity, for all places and for each");

  private final String label;
  private final String summary;

  AnalysisTable(String label, String summary) {
    this.label = label;
    this.summary = summary;
  }

  /** The analysis's name, which is also that of its files. */
  public String label() {
    return label;
  }

  String summary() {
    return summary;
  }

  /** The columns that it can be narrowed by. */
  List<Parameter> filters() {
    return switch (this) {
      case EXCEEDANCE_DAYS, PROFILES -> List.of(Parameter.LOCATION_ID, Parameter.MEASURE);
      case UPTIME -> List.of(Parameter.LOCATION_ID, Parameter.SENSOR_ID);
      case OUTLIERS -> List.of(Parameter.LOCATION_ID, Parameter.SENSOR_ID, Parameter.MEASURE);
      case PM_HUMIDITY -> List.of(Parameter.LOCATION_ID);
    };
  }

  Path csv(Path folder) {
    return folder.resolve(label + ".csv");
  }

  Path parquet(Path folder) {
    return folder.resolve(label + ".parquet");
  }
}
