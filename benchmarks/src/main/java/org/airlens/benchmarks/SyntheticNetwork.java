package org.airlens.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.airlens.model.Location;
import org.airlens.model.MeasureValues;
import org.airlens.model.Measures;
import org.airlens.model.Position;
import org.airlens.model.Reading;
import org.airlens.model.Sensor;
import org.airlens.model.SensorType;

/**
 * A network of stations with a dust and a climate sensor each, whose values wander with a day's
 * rhythm and carry two decimals as real ones do. The same seed gives the same readings.
 */
final class SyntheticNetwork {

  private static final SensorType SDS011 = new SensorType(14, "SDS011", "Nova Fitness");
  private static final SensorType BME280 = new SensorType(17, "BME280", "Bosch");
  private static final String[] COUNTRIES = {
    "DE", "DE", "DE", "DE", "BG", "BE", "NL", "GB", "FR", "IT", "AT", "CH", "PL", "RU", "SK", "ES"
  };

  private final Location[] locations;
  private final SplittableRandom random = new SplittableRandom(42);

  /** A network of so many sensors, two a station. */
  SyntheticNetwork(int sensors) {
    locations = new Location[(sensors + 1) / 2];
    for (int i = 0; i < locations.length; i++) {
      locations[i] =
          new Location(
              i + 1L,
              Optional.of(
                  new Position(
                      rounded(36 + random.nextDouble() * 24, 1000),
                      rounded(-9 + random.nextDouble() * 38, 1000))),
              OptionalDouble.of(rounded(random.nextDouble() * 900, 10)),
              COUNTRIES[i % COUNTRIES.length],
              false,
              Optional.of(i % 20 == 0));
    }
  }

  /** The country of the station a sensor belongs to. */
  String country(long sensorId) {
    return locations[(int) ((sensorId - 1) / 2)].country();
  }

  /** One reading of every sensor, spread over the two minutes after {@code at}. */
  List<Reading> cycle(Instant at) {
    List<Reading> readings = new ArrayList<>(locations.length * 2);
    double hour = (at.getEpochSecond() % Duration.ofDays(1).toSeconds()) / 3600.0;
    double rhythm = 1 + 0.5 * Math.cos((hour - 20) / 24 * 2 * Math.PI);
    for (int i = 0; i < locations.length; i++) {
      Instant when = at.plusSeconds(random.nextInt(120));
      double pm25 = rounded(Math.exp(1.6 + 0.7 * random.nextDouble(-1, 1)) * rhythm, 100);
      double pm10 = rounded(pm25 * (1.3 + random.nextDouble()), 100);
      readings.add(
          new Reading(
              new Sensor(2L * i + 1, "1", SDS011),
              locations[i],
              when,
              MeasureValues.of(Measures.P1, pm10, Measures.P2, pm25),
              OptionalInt.of(1 + (int) Math.min(9, pm25 / 12))));
      readings.add(
          new Reading(
              new Sensor(2L * i + 2, "11", BME280),
              locations[i],
              when,
              MeasureValues.builder()
                  .add("temperature", rounded(12 - 6 * (rhythm - 1) + random.nextDouble(), 100))
                  .add("humidity", rounded(70 + 20 * random.nextDouble(), 100))
                  .add("pressure", rounded(101_000 + 900 * random.nextDouble(), 100))
                  .build(),
              OptionalInt.empty()));
    }
    return readings;
  }

  private static double rounded(double value, int steps) {
    return Math.round(value * steps) / (double) steps;
  }
}
