package org.airlens.aqi;

import java.util.OptionalDouble;

/**
 * What the mean of a day should not exceed. Sources:
 *
 * <ul>
 *   <li>WHO, "WHO global air quality guidelines", 2021, ISBN 978-92-4-003422-8, table 0.1: the 99th
 *       percentile of a year's days, which leaves three or four of them
 *   <li>Directive 2008/50/EC of 21 May 2008, annex XI, part B: PM10, 35 times a calendar year;
 *       there is no limit of a day for PM2.5
 *   <li>Directive (EU) 2024/2881 of 23 October 2024, annex I, section 1, table 1: to be attained by
 *       1 January 2030, 18 times a calendar year
 * </ul>
 */
public enum DailyLimit {
  /** The guideline levels of the World Health Organization, which {@code who-2021} has too. */
  WHO_2021(3, OptionalDouble.of(guideline(Pollutant.PM25)), guideline(Pollutant.PM10)),
  /** The European Union's limit values until 2029. */
  EU_2008(35, OptionalDouble.empty(), 50),
  /** The European Union's limit values from 2030 on. */
  EU_2030(18, OptionalDouble.of(25), 45);

  private final int allowedDays;
  private final OptionalDouble pm25;
  private final double pm10;

  DailyLimit(int allowedDays, OptionalDouble pm25, double pm10) {
    this.allowedDays = allowedDays;
    this.pm25 = pm25;
    this.pm10 = pm10;
  }

  private static double guideline(Pollutant pollutant) {
    return AqiStandards.find("who-2021").orElseThrow().bands(pollutant).getFirst().upper();
  }

  /** The limit in µg/m³; empty where there is none. */
  public OptionalDouble of(Pollutant pollutant) {
    return switch (pollutant) {
      case PM25 -> pm25;
      case PM10 -> OptionalDouble.of(pm10);
      default -> OptionalDouble.empty();
    };
  }

  /** On how many days of a calendar year it may be exceeded. */
  public int allowedDays() {
    return allowedDays;
  }
}
