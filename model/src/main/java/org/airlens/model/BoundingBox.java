package org.airlens.model;

/**
 * A box on the map, edges included. {@code west > east} crosses the antimeridian.
 *
 * @param west degrees east, −180 to 180
 * @param south degrees north, −90 to 90
 * @param east degrees east, −180 to 180
 * @param north degrees north, −90 to 90; not below {@code south}
 */
public record BoundingBox(double west, double south, double east, double north) {

  /**
   * Makes a valid box.
   *
   * @throws IllegalArgumentException when a corner is no position or the box is upside down
   */
  public BoundingBox {
    if (!Position.isValid(south, west) || !Position.isValid(north, east)) {
      throw new IllegalArgumentException(
          "longitudes lie between -180 and 180 and latitudes between -90 and 90");
    }
    if (south > north) {
      throw new IllegalArgumentException("south " + south + " lies above north " + north);
    }
  }

  /**
   * Reads {@code W,S,E,N} in degrees.
   *
   * @throws IllegalArgumentException when the text is anything else
   */
  public static BoundingBox parse(String text) {
    String[] parts = text.split(",", -1);
    if (parts.length != 4) {
      throw new IllegalArgumentException("expected four numbers W,S,E,N");
    }
    double[] degrees = new double[4];
    for (int i = 0; i < 4; i++) {
      try {
        degrees[i] = Double.parseDouble(parts[i].strip());
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("expected four numbers W,S,E,N", e);
      }
    }
    return new BoundingBox(degrees[0], degrees[1], degrees[2], degrees[3]);
  }

  /** Whether the box reaches over the antimeridian. */
  public boolean crossesAntimeridian() {
    return west > east;
  }

  /** Whether the position lies inside or on an edge. */
  public boolean contains(Position position) {
    double longitude = position.longitude();
    return position.latitude() >= south
        && position.latitude() <= north
        && (crossesAntimeridian()
            ? longitude >= west || longitude <= east
            : longitude >= west && longitude <= east);
  }
}
