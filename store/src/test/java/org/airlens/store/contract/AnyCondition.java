package org.airlens.store.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;
import org.airlens.model.Circle;
import org.airlens.model.Polygon;
import org.airlens.model.Position;
import org.airlens.store.Condition;
import org.airlens.store.Condition.Between;

/** Conditions that some of {@link OddReadings} fulfil, clear of the edges of areas. */
final class AnyCondition {

  private AnyCondition() {}

  /** Mostly none. */
  static Arbitrary<Set<Condition>> some() {
    Arbitrary<Condition> any = Arbitraries.randomValue(AnyCondition::one);
    return Arbitraries.frequencyOf(
        Tuple.of(1, Arbitraries.just(Set.of())), Tuple.of(1, any.set().ofMinSize(1).ofMaxSize(2)));
  }

  private static Condition one(RandomGenerator random) {
    return switch (random.nextInt(9)) {
      case 0 -> new Condition.Within(new Circle(vertex(random), radius(random)));
      case 1, 2 -> new Condition.Within(polygon(random));
      case 3 -> new Condition.Manufacturers(Set.of("various", any(List.of("", "Nova"), random)));
      case 4 -> new Condition.TypeIds(Set.copyOf(List.of(random.nextInt(40), 1, 14)));
      case 5 -> new Condition.Pins(Set.of(any(List.of("1", "7", ""), random)));
      case 6 ->
          random.nextBoolean()
              ? new Condition.Indoor(random.nextBoolean())
              : new Condition.Plausible();
      case 7 -> {
        String quantity = quantity(random);
        yield new Condition.AnyOf(List.of(between(quantity, random), between(quantity, random)));
      }
      default -> between(quantity(random), random);
    };
  }

  private static String quantity(RandomGenerator random) {
    return any(
        List.of("P1", "P2", "aqi", "altitude", "latitude", "longitude", "pm2-5", "nothing"),
        random);
  }

  private static Between between(String quantity, RandomGenerator random) {
    double one = any(OddReadings.VALUES, random);
    double other = any(OddReadings.VALUES, random);
    return switch (random.nextInt(3)) {
      case 0 -> new Between(quantity, one, Double.POSITIVE_INFINITY);
      case 1 -> new Between(quantity, Double.NEGATIVE_INFINITY, one);
      default -> new Between(quantity, Math.min(one, other), Math.max(one, other));
    };
  }

  private static Polygon polygon(RandomGenerator random) {
    List<List<Position>> rings = new ArrayList<>();
    for (int ring = random.nextInt(1, 3); ring > 0; ring--) {
      List<Position> positions = new ArrayList<>();
      for (int position = random.nextInt(3, 9); position > 0; position--) {
        positions.add(vertex(random));
      }
      positions.add(positions.getFirst());
      rings.add(positions);
    }
    return new Polygon(rings);
  }

  private static double radius(RandomGenerator random) {
    return Math.pow(10, random.nextDouble(1, 7.3));
  }

  /** Nowhere where a reading can be. */
  private static Position vertex(RandomGenerator random) {
    return new Position(random.nextDouble(-90, 90), random.nextDouble(-180, 180));
  }

  private static <T> T any(List<T> list, RandomGenerator random) {
    return list.get(random.nextInt(list.size()));
  }
}
