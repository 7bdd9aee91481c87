package org.airlens.aqi;

/**
 * One band of an index for one pollutant.
 *
 * @param lower the band's lowest concentration as its standard publishes it, µg/m³. Where the
 *     standard has exact bounds, this is the upper bound of the band below, to which it belongs
 * @param upper the highest concentration, µg/m³, included; {@link Double#POSITIVE_INFINITY} for the
 *     last band
 * @param indexLower the lowest index in the band
 * @param indexUpper the highest index in the band; {@link Double#POSITIVE_INFINITY} where the
 *     standard has no ceiling
 * @param label the standard's word for it, for example {@code Moderate}
 * @param colour the standard's colour, {@code #RRGGBB}
 * @param advice what to do
 */
public record Band(
    double lower,
    double upper,
    double indexLower,
    double indexUpper,
    String label,
    String colour,
    Advice advice) {

  /** Whether this is the last band, which has no upper concentration. */
  public boolean isOpen() {
    return Double.isInfinite(upper);
  }
}
