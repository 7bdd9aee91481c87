package org.airlens.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;

class AreaTest {

  private static final Position ABERDEEN = new Position(57.149, -2.094);
  private static final Position EDINBURGH = new Position(55.953, -3.188);

  @Test
  void aCircleHoldsWhatIsWithinItsRadius() {
    // 148.8 km along the great circle, by the haversine formula.
    assertThat(new Circle(ABERDEEN, 150_000).contains(EDINBURGH)).isTrue();
    assertThat(new Circle(ABERDEEN, 147_000).contains(EDINBURGH)).isFalse();
    assertThat(new Circle(ABERDEEN, 0).contains(ABERDEEN)).isTrue();
    assertThat(new Circle(ABERDEEN, 10).contains(new Position(57.14908, -2.094))).isTrue();
    assertThat(new Circle(ABERDEEN, 10).contains(new Position(57.1491, -2.094))).isFalse();
  }

  @Test
  void aCircleReachesOverTheAntimeridianAndThePole() {
    assertThat(new Circle(new Position(0, 179.9), 50_000).contains(new Position(0, -179.9)))
        .isTrue();
    assertThat(new Circle(new Position(89.9, 0), 50_000).contains(new Position(89.9, 180)))
        .isTrue();
  }

  @Test
  void aRadiusIsNoShorterThanNothingAndNoLongerThanHalfwayRound() {
    for (double radius : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY, 2.1e7}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new Circle(ABERDEEN, radius));
    }
    assertThat(new Circle(ABERDEEN, Circle.MAX_RADIUS_METRES).contains(new Position(-57.149, 177)))
        .isTrue();
  }

  @Property
  void whatACircleHoldsLiesInItsBounds(
      @ForAll @Scale(9) @DoubleRange(min = -90, max = 90) double latitude,
      @ForAll @Scale(9) @DoubleRange(min = -180, max = 180) double longitude,
      @ForAll @Scale(9) @DoubleRange(min = 0, max = 1) double share,
      @ForAll @Scale(9) @DoubleRange(min = 0, max = 6.28) double direction,
      @ForAll @Scale(9) @DoubleRange(min = 0, max = 7.3) double power) {
    double radius = Math.min(Math.pow(10, power), Circle.MAX_RADIUS_METRES);
    Circle circle = new Circle(new Position(latitude, longitude), radius);
    Position there = gone(circle.centre(), radius * share, direction);
    if (circle.contains(there)) {
      assertThat(circle.bounds().contains(there)).as("%s", there).isTrue();
    }
  }

  @Test
  void aPolygonHoldsWhatIsInsideAndNotWhatIsInItsHole() {
    Polygon area = new Polygon(List.of(square(0, 10), square(4, 6)));
    assertThat(area.contains(new Position(2, 2))).isTrue();
    assertThat(area.contains(new Position(5, 5))).isFalse();
    assertThat(area.contains(new Position(5, 11))).isFalse();
    assertThat(area.contains(new Position(5, -1))).isFalse();
    assertThat(area.contains(new Position(11, 5))).isFalse();
    assertThat(area.bounds()).isEqualTo(new BoundingBox(0, 0, 10, 10));
  }

  @Test
  void outlinesMayLieSideBySideAndTurnEitherWay() {
    List<Position> other = square(20, 30).reversed();
    Polygon area = new Polygon(List.of(square(0, 10), other));
    assertThat(area.contains(new Position(5, 5))).isTrue();
    assertThat(area.contains(new Position(25, 25))).isTrue();
    assertThat(area.contains(new Position(15, 15))).isFalse();
  }

  @Test
  void neighboursThatShareAnEdgeShareNoPosition() {
    Polygon west = new Polygon(List.of(box(0, 0, 10, 10)));
    Polygon east = new Polygon(List.of(box(10, 0, 20, 10)));
    for (double latitude = 0; latitude < 10; latitude += 0.5) {
      Position onTheEdge = new Position(latitude, 10);
      assertThat(west.contains(onTheEdge) ^ east.contains(onTheEdge)).isTrue();
    }
  }

  @Test
  void aPolygonIsClosedAndOfBoundedSize() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Polygon(List.of(square(0, 10).subList(0, 4))));
    assertThatIllegalArgumentException().isThrownBy(() -> new Polygon(List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Polygon(List.of(List.of(ABERDEEN, EDINBURGH, ABERDEEN))));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Polygon(List.of(Collections.nCopies(Polygon.MAX_POSITIONS + 1, ABERDEEN))))
        .withMessageContaining("simplify");
  }

  private static List<Position> square(double from, double to) {
    return box(from, from, to, to);
  }

  private static List<Position> box(double west, double south, double east, double north) {
    return List.of(
        new Position(south, west),
        new Position(south, east),
        new Position(north, east),
        new Position(north, west),
        new Position(south, west));
  }

  /** Where somebody gets who goes straight on along a great circle. */
  private static Position gone(Position from, double metres, double direction) {
    double angle = metres / 6_371_008.8;
    double latitude = Math.toRadians(from.latitude());
    double sine =
        Math.sin(latitude) * Math.cos(angle)
            + Math.cos(latitude) * Math.sin(angle) * Math.cos(direction);
    double there = Math.asin(Math.clamp(sine, -1, 1));
    double east =
        Math.atan2(
            Math.sin(direction) * Math.sin(angle) * Math.cos(latitude),
            Math.cos(angle) - Math.sin(latitude) * sine);
    double longitude = Math.IEEEremainder(from.longitude() + Math.toDegrees(east), 360);
    return new Position(
        Math.clamp(Math.toDegrees(there), -90, 90), Math.clamp(longitude, -180, 180));
  }
}
