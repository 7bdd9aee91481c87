package org.airlens.aqi;

/**
 * How much heavier an optical sensor takes dry particles to be in humid air, because they have
 * taken up water that a reference instrument dries off: κ-Köhler theory for bulk aerosol.
 *
 * <p>Sources: Petters and Kreidenweis, "A single parameter representation of hygroscopic growth and
 * cloud condensation nucleus activity", Atmos. Chem. Phys. 7, 1961–1971, 2007; Crilley et al.,
 * "Evaluation of a low-cost optical particle counter (Alphasense OPC-N2) for ambient air
 * monitoring", Atmos. Meas. Tech. 11, 709–720, 2018, whose density of dry particles this has, and
 * who found κ of 0.38–0.51 in Birmingham.
 */
public final class HumidityGrowth {

  /** The density of dry particles, in that of water. */
  public static final double DENSITY = 1.65;

  /**
   * Above this relative humidity, %, the growth is as at it: it would have no bound, and sensors of
   * humidity err there by more than what decides it.
   */
  public static final double HIGHEST_HUMIDITY = 95;

  private HumidityGrowth() {}

  /**
   * The factor by which the mass is too high: at least 1.
   *
   * @param kappa the aerosol's hygroscopicity, from 0 on
   * @param relativeHumidity 0–100 %
   */
  public static double factor(double kappa, double relativeHumidity) {
    double activity = Math.min(relativeHumidity, HIGHEST_HUMIDITY) / 100;
    return 1 + kappa / DENSITY * (activity / (1 - activity));
  }
}
