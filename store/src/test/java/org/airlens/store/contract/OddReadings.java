package org.airlens.store.contract;

import static org.airlens.model.TestReadings.NOON;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.airlens.model.Identifiers;
import org.airlens.model.Location;
import org.airlens.model.MeasureValues;
import org.airlens.model.Measures;
import org.airlens.model.Position;
import org.airlens.model.Reading;
import org.airlens.model.Sensor;
import org.airlens.model.SensorType;

/**
 * Readings as odd as a reading can be, and few enough of each kind that they meet: the same second,
 * the same value, the edge of a box, names that differ by case or punctuation, ids of any size,
 * fields that are missing.
 */
public final class OddReadings {

  /** Where the times begin; they reach over three days with a gap in between. */
  public static final Instant START = Instant.parse("2018-12-19T21:00:00Z");

  /** Sensors, near and far from each other. */
  public static final List<Long> SENSORS =
      List.of(1L, 2L, 3L, 9L, 10L, 2_147_483_648L, 4_294_967_297L, Identifiers.MAX_ID);

  /** Places; sensors move between them. */
  public static final List<Long> LOCATIONS = List.of(1L, 7L, 4_294_967_296L, Identifiers.MAX_ID);

  /** Countries; the empty one is unknown. */
  public static final List<String> COUNTRIES = List.of("GB", "DE", "FJ", "");

  /** Makes of sensors, with everything a name may hold. */
  public static final List<String> TYPES =
      List.of("SDS011", "sds011", "O'Neil \"8\" \\ %_", "Lärm (DNMS) ☃𝄞", "");

  /** Degrees at, beside and between the edges of boxes. */
  public static final List<Double> LONGITUDES =
      List.of(-180.0, -179.5, -10.0, -0.0, 0.0, 0.001, 10.0, 179.5, 180.0);

  /** Degrees at, beside and between the edges of boxes. */
  public static final List<Double> LATITUDES =
      List.of(-90.0, -17.7, -10.0, -0.0, 0.0, 0.001, 10.0, 57.149, 90.0);

  /** Names that a store must tell apart, and words its language may know. */
  public static final List<String> MEASURES =
      List.of(
          "P1",
          "p1",
          "P2",
          "temperature",
          "pm2.5",
          "pm2-5",
          "pm2_5",
          "select",
          "v",
          "bucket",
          "place",
          "count",
          "ts",
          "Latitude",
          "x".repeat(64));

  /** Values as sensors send them, broken ones too; zero of both signs. */
  public static final List<Double> VALUES =
      List.of(0.0, -0.0, 1.0, 1.5, -144.0, 12.34, 12.35, 999.9, 1_000_000.0, 0.0001, 123.456789);

  private OddReadings() {}

  /** So many readings; some have the same identity. */
  public static List<Reading> some(int count, RandomGenerator random) {
    List<Reading> readings = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      readings.add(one(random));
    }
    return readings;
  }

  /** One reading. */
  public static Reading one(RandomGenerator random) {
    return new Reading(
        new Sensor(
            any(SENSORS, random),
            any(List.of("1", "7", ""), random),
            new SensorType(
                random.nextInt(0, 40),
                any(TYPES, random),
                any(List.of("Nova Fitness", "various", ""), random))),
        new Location(
            any(LOCATIONS, random),
            random.nextInt(5) == 0
                ? Optional.empty()
                : Optional.of(new Position(any(LATITUDES, random), any(LONGITUDES, random))),
            random.nextInt(4) == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(any(VALUES, random)),
            any(COUNTRIES, random),
            random.nextBoolean(),
            any(List.of(Optional.empty(), Optional.of(true), Optional.of(false)), random)),
        instant(random),
        values(random),
        random.nextInt(3) == 0 ? OptionalInt.empty() : OptionalInt.of(random.nextInt(1, 11)));
  }

  /** An instant at which there may be readings. */
  public static Instant instant(RandomGenerator random) {
    return switch (random.nextInt(4)) {
      case 0 -> NOON;
      case 1 -> NOON.plusSeconds(random.nextInt(-3, 4));
      case 2 -> START.plusSeconds(60L * random.nextInt(5 * 60)); // Over midnight.
      default -> NOON.plusSeconds(86_400 + 3600L * random.nextInt(12));
    };
  }

  private static MeasureValues values(RandomGenerator random) {
    MeasureValues.Builder values = MeasureValues.builder();
    for (int i = random.nextInt(5); i > 0; i--) {
      String name =
          random.nextBoolean()
              ? any(List.of(Measures.P1, Measures.P2), random)
              : any(MEASURES, random);
      if (!values.has(name)) {
        values.add(name, any(VALUES, random));
      }
    }
    return values.build();
  }

  private static <T> T any(List<T> list, RandomGenerator random) {
    return list.get(random.nextInt(list.size()));
  }
}
