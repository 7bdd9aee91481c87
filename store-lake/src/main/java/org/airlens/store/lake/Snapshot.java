package org.airlens.store.lake;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.airlens.store.ReadingFilter;
import org.airlens.store.SensorSummary;
import org.airlens.store.WholeSeconds;

/**
 * One version of the lake, which never changes.
 *
 * @param number the version's number
 * @param parts its partitions in the order of days
 * @param sensors what is known of each sensor, by its id
 * @param others the measures that the catalogue does not know, in the order they first came
 * @param readings how many readings there are
 * @param oldest the instant of the oldest
 */
record Snapshot(
    int number,
    List<Part> parts,
    SortedMap<Long, Known> sensors,
    List<String> others,
    long readings,
    Optional<Instant> oldest) {

  /** Makes whose folders have the name that filters know, but for its case. */
  private static final String PLAIN = "[A-Za-z0-9_-]+";

  /**
   * A partition that was looked at.
   *
   * @param id a number that no other partition has while the store is open
   * @param folder where it lies
   * @param missing measures that its files have no column for
   */
  record Part(int id, LakeFolder.Part folder, Set<String> missing) {

    LocalDate day() {
      return folder.day();
    }
  }

  /**
   * What is known of a sensor.
   *
   * @param part the partition that has its newest reading
   */
  record Known(int part, SensorSummary summary) {}

  /** The instant of the newest reading. */
  Optional<Instant> newest() {
    return sensors.values().stream()
        .map(known -> known.summary().lastSeen())
        .max(Instant::compareTo);
  }

  /** The size of all files. */
  long bytes() {
    return parts.stream().mapToLong(part -> part.folder().bytes()).sum();
  }

  /** The partitions that may hold readings of a filter's days and makes. */
  List<Part> parts(ReadingFilter filter) {
    Optional<LocalDate> first = filter.from().map(from -> day(WholeSeconds.bound(from)));
    Optional<LocalDate> last = filter.to().map(to -> day(WholeSeconds.bound(to)));
    Set<String> makes = folders(filter.sensorTypes());
    List<Part> found = new ArrayList<>();
    for (Part part : parts) {
      if ((first.isEmpty() || !part.day().isBefore(first.get()))
          && (last.isEmpty() || !part.day().isAfter(last.get()))
          && (makes.isEmpty() || makes.contains(part.folder().partition().sensorType()))) {
        found.add(part);
      }
    }
    return found;
  }

  /** The folders of these makes; none when they don't follow from the names. */
  private static Set<String> folders(Set<String> makes) {
    return makes.stream().allMatch(make -> make.matches(PLAIN))
        ? makes.stream().map(make -> make.toLowerCase(Locale.ROOT)).collect(Collectors.toSet())
        : Set.of();
  }

  private static LocalDate day(Instant instant) {
    return instant.atZone(ZoneOffset.UTC).toLocalDate();
  }
}
