package org.airlens.model;

import java.util.ArrayList;
import java.util.List;

/**
 * What lies inside an odd number of rings: an outline, outlines side by side, outlines with holes.
 * Edges are straight in longitude and latitude, as GeoJSON's are (RFC 7946), and do not cross the
 * antimeridian: an area there is two outlines. A position on an edge is inside or outside, the same
 * each time.
 *
 * @param rings each a closed line: its first position is its last
 */
public record Polygon(List<List<Position>> rings) implements Area {

  /** So many positions at most: each costs every reading that is held against them. */
  public static final int MAX_POSITIONS = 1_000;

  /** The shortest ring: a triangle that is closed. */
  private static final int MIN_POSITIONS = 4;

  /**
   * Copies the rings.
   *
   * @throws IllegalArgumentException when there is none, one is no closed line, or all together
   *     have too many positions
   */
  public Polygon {
    rings = rings.stream().map(List::copyOf).toList();
    if (rings.isEmpty()) {
      throw new IllegalArgumentException("a polygon needs an outline");
    }
    int positions = 0;
    for (List<Position> ring : rings) {
      if (ring.size() < MIN_POSITIONS || !ring.getFirst().equals(ring.getLast())) {
        throw new IllegalArgumentException(
            "a ring has at least %d positions, and the last is the first".formatted(MIN_POSITIONS));
      }
      positions += ring.size();
    }
    if (positions > MAX_POSITIONS) {
      throw new IllegalArgumentException(
          "%,d positions are more than %,d; simplify the outline"
              .formatted(positions, MAX_POSITIONS));
    }
  }

  /** The edges that a line from west to east can cross. */
  public List<Edge> edges() {
    List<Edge> edges = new ArrayList<>();
    for (List<Position> ring : rings) {
      for (int i = 1; i < ring.size(); i++) {
        Edge.between(ring.get(i - 1), ring.get(i), edges);
      }
    }
    return edges;
  }

  @Override
  public boolean contains(Position position) {
    boolean inside = false;
    for (List<Position> ring : rings) {
      for (int i = 1; i < ring.size(); i++) {
        inside ^= isCrossedEastOf(position, ring.get(i - 1), ring.get(i));
      }
    }
    return inside;
  }

  /**
   * Whether a line to the east crosses an edge; no {@link Edge} is made for each position asked.
   */
  private static boolean isCrossedEastOf(Position position, Position one, Position other) {
    boolean isRising = one.latitude() < other.latitude();
    Position lower = isRising ? one : other;
    Position upper = isRising ? other : one;
    double latitude = position.latitude();
    return latitude >= lower.latitude()
        && latitude < upper.latitude()
        && position.longitude()
            < lower.longitude() + (latitude - lower.latitude()) * Edge.slope(lower, upper);
  }

  @Override
  public BoundingBox bounds() {
    double west = 180;
    double south = 90;
    double east = -180;
    double north = -90;
    for (List<Position> ring : rings) {
      for (Position position : ring) {
        west = Math.min(west, position.longitude());
        south = Math.min(south, position.latitude());
        east = Math.max(east, position.longitude());
        north = Math.max(north, position.latitude());
      }
    }
    return new BoundingBox(west, south, east, north);
  }

  /**
   * An edge that is not level.
   *
   * @param south latitude of its lower end, which belongs to it
   * @param north latitude of its upper end, which does not
   * @param longitude of its lower end
   * @param slope degrees of longitude a degree of latitude
   */
  public record Edge(double south, double north, double longitude, double slope) {

    private static void between(Position one, Position other, List<Edge> edges) {
      boolean isRising = one.latitude() < other.latitude();
      Position lower = isRising ? one : other;
      Position upper = isRising ? other : one;
      if (lower.latitude() < upper.latitude()) {
        edges.add(
            new Edge(lower.latitude(), upper.latitude(), lower.longitude(), slope(lower, upper)));
      }
    }

    private static double slope(Position lower, Position upper) {
      return (upper.longitude() - lower.longitude()) / (upper.latitude() - lower.latitude());
    }
  }
}
