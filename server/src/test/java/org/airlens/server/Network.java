package org.airlens.server;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import org.airlens.model.Reading;
import org.airlens.model.TestReadings;

/** A small network with a known history, which several tests ask about. */
final class Network {

  /** The newest reading's instant. */
  static final Instant NEWEST = TestReadings.NOON;

  private Network() {}

  /**
   * Every ten minutes for 30 hours up to {@link #NEWEST}: dust sensors 1 and 2 in Aberdeen with an
   * index, dust sensor 3 in Berlin, and climate sensor 4.
   */
  static List<Reading> hours30() {
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < 180; i++) {
      Instant at = NEWEST.minusSeconds(600L * i);
      readings.add(
          TestReadings.dust(1, at, 10 + i % 7, 5 + i % 60).withAqi(OptionalInt.of(1 + i % 10)));
      readings.add(TestReadings.dust(2, at, 20, 11.5).withAqi(OptionalInt.of(2)));
      readings.add(
          TestReadings.at(
              TestReadings.dust(3, at, 30, 39).withAqi(OptionalInt.of(4)), 52.52, 13.405, "DE"));
      readings.add(TestReadings.climate(4, at, 4.5, 80));
    }
    return readings;
  }

  /** A reading of each of many sensors, at the same instant. */
  static List<Reading> sensors(int count, Instant at) {
    return LongStream.rangeClosed(1, count)
        .mapToObj(id -> TestReadings.dust(id, at, 30, 39).withAqi(OptionalInt.of(4)))
        .toList();
  }
}
