package org.airlens.model;

/**
 * A point on the WGS 84 ellipsoid.
 *
 * @param latitude degrees north, −90 to 90
 * @param longitude degrees east, −180 to 180
 */
public record Position(double latitude, double longitude) {

  /**
   * Makes a valid position.
   *
   * @throws IllegalArgumentException when a coordinate is outside its range or NaN
   */
  public Position {
    if (!isValid(latitude, longitude)) {
      throw new IllegalArgumentException("not a position: " + latitude + ", " + longitude);
    }
  }

  /** Whether these coordinates are a point on Earth. */
  public static boolean isValid(double latitude, double longitude) {
    return latitude >= -90 && latitude <= 90 && longitude >= -180 && longitude <= 180;
  }
}
