package org.airlens.store;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.airlens.model.Area;
import org.airlens.model.Position;
import org.airlens.model.Reading;

/** Something that readings must fulfil, beyond what {@link ReadingFilter} names itself. */
public sealed interface Condition {

  /** Whether the reading fulfils it: what every store's queries must agree with. */
  boolean holdsFor(Reading reading);

  /** Whether it is about the sensor and its place, and not about what it measured. */
  default boolean isOfSensor() {
    return true;
  }

  /** The position is known and lies in an area; a store may be off by 10⁻⁹ degrees at its edge. */
  record Within(Area area) implements Condition {
    @Override
    public boolean holdsFor(Reading reading) {
      return reading.location().position().filter(area::contains).isPresent();
    }
  }

  /** The maker's name is one of these, compared exactly. */
  record Manufacturers(Set<String> names) implements Condition {

    /** Copies the names, of which there must be one. */
    public Manufacturers {
      names = some(names);
    }

    @Override
    public boolean holdsFor(Reading reading) {
      return names.contains(reading.sensor().type().manufacturer());
    }
  }

  /** Sensor.Community's number of the type is one of these. */
  record TypeIds(Set<Integer> ids) implements Condition {

    /** Copies the numbers, of which there must be one. */
    public TypeIds {
      ids = some(ids);
    }

    @Override
    public boolean holdsFor(Reading reading) {
      return ids.contains(reading.sensor().type().id());
    }
  }

  /** The sensor's pin on its station is one of these, compared exactly. */
  record Pins(Set<String> pins) implements Condition {

    /** Copies the pins, of which there must be one. */
    public Pins {
      pins = some(pins);
    }

    @Override
    public boolean holdsFor(Reading reading) {
      return pins.contains(reading.sensor().pin());
    }
  }

  /** It is told that the sensor stands indoors, or that it does not. */
  record Indoor(boolean indoor) implements Condition {
    @Override
    public boolean holdsFor(Reading reading) {
      return reading.location().indoor().filter(told -> told == indoor).isPresent();
    }
  }

  /**
   * A quantity is there and lies in a range, both ends included.
   *
   * @param quantity a measure, {@code aqi} included, or {@link #ALTITUDE}, {@link #LATITUDE} or
   *     {@link #LONGITUDE}
   * @param min the smallest; −∞ without a lower end
   * @param max the largest; ∞ without an upper end
   */
  record Between(String quantity, double min, double max) implements Condition {

    /** Metres above sea level. */
    public static final String ALTITUDE = "altitude";

    /** Degrees north. */
    public static final String LATITUDE = "latitude";

    /** Degrees east. */
    public static final String LONGITUDE = "longitude";

    /**
     * Makes a range.
     *
     * @throws IllegalArgumentException when it is empty or has no end
     */
    public Between {
      if (!(min <= max) || (Double.isInfinite(min) && Double.isInfinite(max))) {
        throw new IllegalArgumentException("no range: from %s to %s".formatted(min, max));
      }
    }

    /** Whether the quantity is of the place and no measure. */
    public boolean isOfPlace() {
      return Set.of(ALTITUDE, LATITUDE, LONGITUDE).contains(quantity);
    }

    @Override
    public boolean holdsFor(Reading reading) {
      OptionalDouble value =
          switch (quantity) {
            case ALTITUDE -> reading.location().altitude();
            case LATITUDE -> coordinate(reading, true);
            case LONGITUDE -> coordinate(reading, false);
            default -> reading.value(quantity);
          };
      return value.isPresent() && value.getAsDouble() >= min && value.getAsDouble() <= max;
    }

    @Override
    public boolean isOfSensor() {
      return isOfPlace();
    }

    private static OptionalDouble coordinate(Reading reading, boolean isLatitude) {
      if (reading.location().position().isEmpty()) {
        return OptionalDouble.empty();
      }
      Position position = reading.location().position().get();
      return OptionalDouble.of(isLatitude ? position.latitude() : position.longitude());
    }
  }

  /**
   * A quantity is there and lies in at least one of several ranges.
   *
   * @param ranges two or more, all of the same quantity
   */
  record AnyOf(List<Between> ranges) implements Condition {

    /**
     * Copies the ranges.
     *
     * @throws IllegalArgumentException when they are of several quantities, or fewer than two
     */
    public AnyOf {
      ranges = List.copyOf(ranges);
      if (ranges.size() < 2 || ranges.stream().map(Between::quantity).distinct().count() > 1) {
        throw new IllegalArgumentException("it takes several ranges of one quantity: " + ranges);
      }
    }

    /** What all ranges are of. */
    public String quantity() {
      return ranges.getFirst().quantity();
    }

    /** Whether the quantity is of the place and no measure. */
    public boolean isOfPlace() {
      return ranges.getFirst().isOfPlace();
    }

    @Override
    public boolean holdsFor(Reading reading) {
      return ranges.stream().anyMatch(range -> range.holdsFor(reading));
    }

    @Override
    public boolean isOfSensor() {
      return isOfPlace();
    }
  }

  /** A working sensor can have reported its values: {@link Reading#isPlausible}. */
  record Plausible() implements Condition {
    @Override
    public boolean holdsFor(Reading reading) {
      return reading.isPlausible();
    }

    @Override
    public boolean isOfSensor() {
      return false;
    }
  }

  private static <T> Set<T> some(Set<T> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("a condition needs a value that fulfils it");
    }
    return Set.copyOf(values);
  }
}
