package org.airlens.store.live;

import static org.airlens.model.TestReadings.NOON;
import static org.airlens.model.TestReadings.at;
import static org.airlens.model.TestReadings.dust;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.airlens.model.BoundingBox;
import org.airlens.model.Location;
import org.airlens.model.Reading;

/** The indexed snapshot against a map and a scan, over views that grow, renew and move. */
class LatestSnapshotPropertiesTest {

  private static final int SENSORS = 40;
  private static final List<String> COUNTRIES = List.of("", "GB", "FJ");

  @Property(tries = 500)
  void isWhatAMapAndAScanSay(
      @ForAll("batches") List<List<Reading>> batches, @ForAll("boxes") List<BoundingBox> boxes) {
    LatestView view = new LatestView();
    SortedMap<Long, Reading> expected = new TreeMap<>();
    for (List<Reading> batch : batches) {
      boolean changes = false;
      for (Reading reading : batch) {
        changes |= keepNewest(expected, reading);
      }
      long version = view.snapshot().version();

      assertThat(view.apply(batch)).isEqualTo(changes);
      LatestSnapshot snapshot = view.snapshot();
      assertThat(snapshot.version() > version).isEqualTo(changes);
      assertThat(snapshot.all()).containsExactlyElementsOf(expected.values());
      assertThat(snapshot.size()).isEqualTo(expected.size());
      assertThat(snapshot.newest())
          .isEqualTo(expected.values().stream().map(Reading::timestamp).max(Comparable::compareTo));
      for (long id = 1; id <= SENSORS; id++) {
        assertThat(snapshot.get(id)).isEqualTo(Optional.ofNullable(expected.get(id)));
      }
      // After every batch, so that an index handed on too far would show.
      for (BoundingBox box : boxes) {
        assertThat(visited(visitor -> snapshot.within(box, visitor)))
            .containsExactlyElementsOf(scan(expected, box));
      }
      for (String country : COUNTRIES) {
        assertThat(visited(visitor -> snapshot.inCountry(country, visitor)))
            .containsExactlyElementsOf(
                expected.values().stream()
                    .filter(reading -> reading.location().country().equals(country))
                    .toList());
      }
    }
  }

  private static boolean keepNewest(SortedMap<Long, Reading> known, Reading reading) {
    Reading old = known.get(reading.sensor().id());
    if (old != null && !reading.timestamp().isAfter(old.timestamp())) {
      return false;
    }
    known.put(reading.sensor().id(), reading);
    return true;
  }

  private static List<Reading> scan(SortedMap<Long, Reading> readings, BoundingBox box) {
    return readings.values().stream()
        .filter(reading -> reading.location().position().filter(box::contains).isPresent())
        .toList();
  }

  private static List<Reading> visited(Consumer<Consumer<Reading>> visit) {
    List<Reading> visited = new ArrayList<>();
    visit.accept(visited::add);
    return visited;
  }

  @Provide
  Arbitrary<List<List<Reading>>> batches() {
    return readings().list().ofMaxSize(30).list().ofMinSize(1).ofMaxSize(4);
  }

  @Provide
  Arbitrary<List<BoundingBox>> boxes() {
    return Combinators.combine(longitudes(), latitudes(), longitudes(), latitudes())
        .as((west, south, east, north) ->
            new BoundingBox(west, Math.min(south, north), east, Math.max(south, north)))
        .list()
        .ofSize(8);
  }

  private static Arbitrary<Reading> readings() {
    return Combinators.combine(
            Arbitraries.longs().between(1, SENSORS),
            Arbitraries.integers().between(0, 5),
            Arbitraries.doubles().between(0, 100),
            latitudes(),
            longitudes(),
            Arbitraries.of(COUNTRIES),
            Arbitraries.frequency(Tuple.of(9, true), Tuple.of(1, false)))
        .as((id, seconds, dust, latitude, longitude, country, placed) -> {
          Reading there =
              at(dust(id, NOON.plusSeconds(seconds), dust, 1), latitude, longitude, country);
          return placed ? there : withoutPosition(there);
        });
  }

  private static Reading withoutPosition(Reading reading) {
    Location place = reading.location();
    return new Reading(
        reading.sensor(),
        new Location(
            place.id(),
            Optional.empty(),
            place.altitude(),
            place.country(),
            place.exact(),
            place.indoor()),
        reading.timestamp(),
        reading.values(),
        reading.aqi());
  }

  /** Often on or next to whole degrees, where cells meet, and few enough to coincide with boxes. */
  private static Arbitrary<Double> longitudes() {
    return Arbitraries.oneOf(
        Arbitraries.of(-180.0, -179.0, -1.0, -0.0, 0.0, 1.0, 10.0, 179.0, 180.0),
        Arbitraries.of(-179.9999, -1e-17, 1e-17, 10.2, 10.7, Math.nextDown(1.0), 179.9999),
        Arbitraries.doubles().between(-180, 180));
  }

  private static Arbitrary<Double> latitudes() {
    return Arbitraries.oneOf(
        Arbitraries.of(-90.0, -89.0, -1.0, -0.0, 0.0, 1.0, 57.0, 89.0, 90.0),
        Arbitraries.of(-89.9999, -1e-17, 1e-17, 57.2, 57.7, Math.nextDown(1.0), 89.9999),
        Arbitraries.doubles().between(-90, 90));
  }
}
