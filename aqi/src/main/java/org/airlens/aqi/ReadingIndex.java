package org.airlens.aqi;

/**
 * The index that AirLens stores with each reading: the higher of the UK Daily Air Quality Indices
 * of the reading's own PM2.5 and PM10. The UK index proper is defined on 24-hour running means;
 * this is the index that the air would have if it stayed as the sensor just saw it.
 */
public final class ReadingIndex {

  /** What {@link #of} returns when a reading has no index. */
  public static final int NONE = 0;

  /** At and above this PM10, µg/m³, an SDS011 reports a fault and not dust. */
  public static final double P1_SATURATION = 1999;

  /** At and above this PM2.5, µg/m³, an SDS011 reports a fault and not dust. */
  public static final double P2_SATURATION = 999;

  private ReadingIndex() {}

  /**
   * The index of a reading. Allocates nothing.
   *
   * <p>A concentration counts when it is finite, not negative and below saturation; the other one
   * counts on its own merits.
   *
   * @param p1Pm10 PM10, µg/m³ (Sensor.Community's {@code P1}); NaN when absent
   * @param p2Pm25 PM2.5, µg/m³ (Sensor.Community's {@code P2}); NaN when absent
   * @param countsParticles whether the sensor reports particle counts instead of µg/m³ (PPD42NS)
   * @return 1–10, or {@link #NONE} (0) when no concentration counts
   */
  public static int of(double p1Pm10, double p2Pm25, boolean countsParticles) {
    if (countsParticles) {
      return NONE;
    }
    return Math.max(
        index(UkDaqi.PM10_SCALE, p1Pm10, P1_SATURATION),
        index(UkDaqi.PM25_SCALE, p2Pm25, P2_SATURATION));
  }

  /**
   * The index of the worse of two pollutants by any standard, each as it is now.
   *
   * @param pm10 µg/m³; NaN when it does not count
   * @param pm25 µg/m³; NaN when it does not count
   * @return {@link AqiStandard#NO_INDEX} when neither has one
   */
  public static double highest(AqiStandard standard, double pm10, double pm25) {
    return Math.max(standard.indexOf(Pollutant.PM10, pm10), standard.indexOf(Pollutant.PM25, pm25));
  }

  private static int index(Scale scale, double concentration, double saturation) {
    return concentration >= 0 && concentration < saturation
        ? (int) scale.indexOf(concentration)
        : NONE;
  }
}
