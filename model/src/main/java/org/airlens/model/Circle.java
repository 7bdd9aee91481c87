package org.airlens.model;

/**
 * All positions within a distance of a point, measured along the great circle on a sphere of the
 * Earth's mean radius: up to 0.6 % from the distance on the ellipsoid.
 *
 * @param centre the point
 * @param radiusMetres the distance, included; from 0 to half of the circumference
 */
public record Circle(Position centre, double radiusMetres) implements Area {

  /** The mean radius of the Earth: IUGG, GRS 80. */
  private static final double EARTH_METRES = 6_371_008.8;

  /** Where every position is: half of the circumference. */
  public static final double MAX_RADIUS_METRES = 20_015_115;

  /**
   * Makes a circle.
   *
   * @throws IllegalArgumentException when the radius is not within its bounds
   */
  public Circle {
    if (!(radiusMetres >= 0 && radiusMetres <= MAX_RADIUS_METRES)) {
      throw new IllegalArgumentException(
          "the radius must be from 0 to %.0f metres".formatted(MAX_RADIUS_METRES));
    }
  }

  /** The square of the chord that spans the radius, through a sphere of radius 1. */
  public double squaredChord() {
    double chord = 2 * Math.sin(Math.min(radiusMetres / EARTH_METRES, Math.PI) / 2);
    return chord * chord;
  }

  @Override
  public boolean contains(Position position) {
    double x = x(position) - x(centre);
    double y = y(position) - y(centre);
    double z = z(position) - z(centre);
    return x * x + y * y + z * z <= squaredChord();
  }

  /** The position's distance from the Earth's axis towards longitude 0, on a sphere of radius 1. */
  public static double x(Position position) {
    return Math.cos(Math.toRadians(position.latitude()))
        * Math.cos(Math.toRadians(position.longitude()));
  }

  /** The same towards longitude 90. */
  public static double y(Position position) {
    return Math.cos(Math.toRadians(position.latitude()))
        * Math.sin(Math.toRadians(position.longitude()));
  }

  /** The position's distance from the equator's plane, on a sphere of radius 1. */
  public static double z(Position position) {
    return Math.sin(Math.toRadians(position.latitude()));
  }

  @Override
  public BoundingBox bounds() {
    double margin = 1e-9; // More than rounding can take away.
    double angle = radiusMetres / EARTH_METRES;
    double degrees = Math.toDegrees(angle) + margin;
    double south = centre.latitude() - degrees;
    double north = centre.latitude() + degrees;
    if (south <= -90 || north >= 90) {
      return new BoundingBox(-180, Math.max(south, -90), 180, Math.min(north, 90));
    }
    double sine = Math.sin(angle) / Math.cos(Math.toRadians(centre.latitude()));
    double aside = Math.toDegrees(Math.asin(Math.min(1, sine))) + margin;
    return new BoundingBox(
        longitude(centre.longitude() - aside), south, longitude(centre.longitude() + aside), north);
  }

  private static double longitude(double degrees) {
    return degrees < -180 ? degrees + 360 : degrees > 180 ? degrees - 360 : degrees;
  }
}
