package org.airlens.pipeline.backfill;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.airlens.collect.archive.ArchiveFile;
import org.airlens.collect.archive.Days;
import org.airlens.model.BoundingBox;
import org.airlens.model.Reading;

/**
 * Which part of an archive is loaded. Files are told by their names, readings by what they hold.
 *
 * @param days readings of these days (UTC)
 * @param sensorTypes only files of these makes, whatever their case; all when empty
 * @param countries only readings known to be from these countries' codes; all when empty
 * @param bbox only readings with a position in this box
 */
public record Selection(
    Days days, Set<String> sensorTypes, Set<String> countries, Optional<BoundingBox> bbox) {

  /** Everything. */
  public static final Selection ALL = new Selection(Days.ALL, Set.of(), Set.of(), Optional.empty());

  /** A selection, the types in lower case as files' names have them. */
  public Selection {
    sensorTypes =
        sensorTypes.stream()
            .map(type -> type.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    countries = Set.copyOf(countries);
  }

  /** Whether a file may hold what is wanted. */
  public boolean wants(ArchiveFile file) {
    return days.overlap(file.first(), file.last())
        && (sensorTypes.isEmpty()
            || sensorTypes.contains(file.sensorType().toLowerCase(Locale.ROOT)));
  }

  /** The test that readings must pass. */
  Readings readings() {
    return new Readings(this);
  }

  /** What decides, of the readings of a file, which are taken. */
  String text() {
    return "%s/%s/%s/%s"
        .formatted(
            days.from().equals(LocalDate.MIN) ? "" : days.from(),
            days.to().equals(LocalDate.MAX) ? "" : days.to(),
            String.join(",", new TreeSet<>(countries)),
            bbox.map(BoundingBox::toString).orElse(""));
  }

  /** The readings that are wanted. Not thread-safe. */
  static final class Readings {

    private final Set<String> countries;
    private final Optional<BoundingBox> bbox;
    private final long from;
    private final long to;

    Readings(Selection selection) {
      countries = selection.countries();
      bbox = selection.bbox();
      from = second(selection.days().from());
      to = second(selection.days().to());
    }

    boolean want(Reading reading) {
      long second = reading.timestamp().getEpochSecond();
      return second >= from
          && second < to
          && (countries.isEmpty() || countries.contains(reading.location().country()))
          && (bbox.isEmpty()
              || reading.location().position().filter(bbox.get()::contains).isPresent());
    }

    private static long second(LocalDate date) {
      if (date.equals(LocalDate.MIN)) {
        return Long.MIN_VALUE;
      }
      return date.equals(LocalDate.MAX)
          ? Long.MAX_VALUE
          : date.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    }
  }
}
