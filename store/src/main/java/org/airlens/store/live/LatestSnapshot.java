package org.airlens.store.live;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.airlens.model.BoundingBox;
import org.airlens.model.Location;
import org.airlens.model.Reading;
import org.jspecify.annotations.Nullable;

/**
 * The newest reading of every sensor at one moment. Immutable, so any number of threads read it
 * without locks. Whatever visits readings does so in ascending order of sensor id.
 *
 * <p>Costs are given for {@code n} sensors. The index of places is built on the first question that
 * needs it, in O(n), and handed on to the next snapshot for as long as no sensor joins or moves.
 */
public final class LatestSnapshot {

  static final LatestSnapshot EMPTY =
      new LatestSnapshot(0, new long[0], new Reading[0], Instant.MIN, null);

  private static final Comparator<Reading> BY_SENSOR_NEWEST_FIRST =
      Comparator.<Reading>comparingLong(reading -> reading.sensor().id())
          .thenComparing(Reading::timestamp, Comparator.reverseOrder());

  private final long version;

  /** Ascending; {@code readings[i]} is of the sensor {@code ids[i]}. */
  private final long[] ids;

  private final Reading[] readings;

  /** Never goes back, for the sensor that has it is the last to be dropped; any when empty. */
  private final Instant newest;

  /** Two readers that come first may both build it; the two are equal, and either may stay. */
  private volatile @Nullable PlaceIndex places;

  private LatestSnapshot(
      long version, long[] ids, Reading[] readings, Instant newest, @Nullable PlaceIndex places) {
    this.version = version;
    this.ids = ids;
    this.readings = readings;
    this.newest = newest;
    this.places = places;
  }

  /**
   * Grows with every change of the view, and only then: whatever was made from a snapshot holds as
   * long as the version does. It counts the changes in this process, from 0, so it tells nothing
   * about another node or an earlier run.
   */
  public long version() {
    return version;
  }

  /** How many sensors there are. O(1). */
  public int size() {
    return readings.length;
  }

  /** Every sensor's newest reading, in ascending order of sensor id; unmodifiable. O(1). */
  public List<Reading> all() {
    return Collections.unmodifiableList(Arrays.asList(readings));
  }

  /** The newest reading of one sensor; empty when the sensor is unknown. O(log n). */
  public Optional<Reading> get(long sensorId) {
    int at = Arrays.binarySearch(ids, sensorId);
    return at < 0 ? Optional.empty() : Optional.of(readings[at]);
  }

  /** The instant of the newest reading of all; empty when there is none. O(1). */
  public Optional<Instant> newest() {
    return readings.length == 0 ? Optional.empty() : Optional.of(newest);
  }

  /**
   * Visits the readings with a position in the box, edges included. O(m + n/64) for {@code m}
   * sensors in the 1° cells that the box touches; never more than O(n).
   */
  public void within(BoundingBox box, Consumer<Reading> visitor) {
    places().within(box, sensor -> visitor.accept(readings[sensor]));
  }

  /**
   * Visits the readings from a country. O(m + n/64) for {@code m} sensors there.
   *
   * @param country ISO 3166-1 alpha-2 code, compared exactly; empty for an unknown country
   */
  public void inCountry(String country, Consumer<Reading> visitor) {
    places().inCountry(country, sensor -> visitor.accept(readings[sensor]));
  }

  /**
   * The snapshot after these readings, in any order and possibly several of one sensor: of each
   * sensor the newest stays. Among readings of the same sensor and instant the first one known
   * stays, for a later capture of the same identity does not overwrite. This snapshot itself when
   * nothing changes. O(k log n + n) for {@code k} readings of known sensors; newcomers are sorted.
   */
  LatestSnapshot with(List<Reading> newer) {
    Reading[] renewed = readings;
    List<Reading> newcomers = new ArrayList<>();
    boolean changed = false;
    boolean placesHold = true;
    Instant newestNow = newest;
    for (Reading reading : newer) {
      int at = Arrays.binarySearch(ids, reading.sensor().id());
      if (at < 0) {
        newcomers.add(reading);
        newestNow = later(newestNow, reading.timestamp());
        continue;
      }
      Reading old = renewed[at];
      if (reading.timestamp().isAfter(old.timestamp())) {
        if (!changed) {
          renewed = readings.clone();
          changed = true;
        }
        renewed[at] = reading;
        newestNow = later(newestNow, reading.timestamp());
        placesHold &= isSamePlace(old.location(), reading.location());
      }
    }
    if (!newcomers.isEmpty()) {
      Reading[] merged = merge(renewed, newestOfEach(newcomers));
      return new LatestSnapshot(version + 1, idsOf(merged), merged, newestNow, null);
    }
    return changed
        ? new LatestSnapshot(version + 1, ids, renewed, newestNow, placesHold ? places : null)
        : this;
  }

  /** The snapshot without the sensors whose newest reading is older; itself when none is. O(n). */
  LatestSnapshot since(Instant oldest) {
    Reading[] kept =
        Arrays.stream(readings)
            .filter(reading -> !reading.timestamp().isBefore(oldest))
            .toArray(Reading[]::new);
    return kept.length == readings.length
        ? this
        : new LatestSnapshot(
            version + 1, idsOf(kept), kept, kept.length == 0 ? Instant.MIN : newest, null);
  }

  private static long[] idsOf(Reading[] readings) {
    long[] ids = new long[readings.length];
    for (int i = 0; i < readings.length; i++) {
      ids[i] = readings[i].sensor().id();
    }
    return ids;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** Whether {@link PlaceIndex} would be the same. */
  private static boolean isSamePlace(Location one, Location other) {
    return one.position().equals(other.position()) && one.country().equals(other.country());
  }

  /** One reading a sensor, ascending; sorts the list. The sort is stable, so ties keep order. */
  private static List<Reading> newestOfEach(List<Reading> readings) {
    readings.sort(BY_SENSOR_NEWEST_FIRST);
    List<Reading> newest = new ArrayList<>(readings.size());
    for (Reading reading : readings) {
      if (newest.isEmpty() || newest.getLast().sensor().id() != reading.sensor().id()) {
        newest.add(reading);
      }
    }
    return newest;
  }

  /** Both are ascending and have no sensor in common. */
  private static Reading[] merge(Reading[] known, List<Reading> newcomers) {
    Reading[] merged = new Reading[known.length + newcomers.size()];
    int nextKnown = 0;
    int at = 0;
    for (Reading newcomer : newcomers) {
      while (nextKnown < known.length && known[nextKnown].sensor().id() < newcomer.sensor().id()) {
        merged[at++] = known[nextKnown++];
      }
      merged[at++] = newcomer;
    }
    System.arraycopy(known, nextKnown, merged, at, known.length - nextKnown);
    return merged;
  }

  private PlaceIndex places() {
    PlaceIndex built = places;
    if (built == null) {
      built = PlaceIndex.of(readings);
      places = built;
    }
    return built;
  }
}
