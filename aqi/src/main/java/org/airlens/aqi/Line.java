package org.airlens.aqi;

/**
 * A straight line from concentrations to indices, rounded half up to whole numbers and held inside
 * its band's indices.
 *
 * @param fromConcentration where it starts, µg/m³
 * @param toConcentration where it ends, µg/m³; it goes on beyond that at the same slope
 * @param fromIndex the index at its start
 * @param toIndex the index at its end
 * @param band the band it runs in
 */
public record Line(
    double fromConcentration, double toConcentration, double fromIndex, double toIndex, Band band) {

  /**
   * Far above the error of the arithmetic here and far below what any instrument tells apart: an
   * index that is a half in decimals must not fall below it in binary.
   */
  public static final double TOLERANCE = 1e-9;

  /** The index of a concentration in the band, always finite. */
  double index(double concentration) {
    double share = (concentration - fromConcentration) / (toConcentration - fromConcentration);
    double exact = fromIndex + share * (toIndex - fromIndex);
    double rounded = Math.floor(exact + 0.5 + TOLERANCE);
    return Math.clamp(rounded, band.indexLower(), Math.min(band.indexUpper(), Double.MAX_VALUE));
  }
}
