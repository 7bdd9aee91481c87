package org.airlens.server;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.airlens.model.BoundingBox;
import org.airlens.model.Measures;
import org.airlens.store.ReadingFilter;

/** Reads the filters that most routes share. */
final class Filters {

  private static final Duration DEFAULT_WINDOW = Duration.ofHours(24);

  private Filters() {}

  /** The conditions of a query, without its times. */
  static ReadingFilter conditions(Query query) {
    ReadingFilter filter =
        ReadingFilter.all()
            .withSensorIds(query.ids("sensor_id"))
            .withLocationIds(query.ids("location_id"))
            .withCountries(countries(query))
            .withSensorTypes(Set.copyOf(query.list("sensor_type")));
    Optional<String> measure = query.text("measure");
    if (measure.isPresent()) {
      filter = filter.withMeasure(measure(measure.get()));
    }
    Optional<String> bbox = query.text("bbox");
    return bbox.isPresent() ? filter.withBbox(box(bbox.get())) : filter;
  }

  /**
   * The window of a query: {@code [from, to)}; without times, the 24 hours up to the newest
   * reading, this included.
   *
   * @param newest the newest reading's instant; empty in an empty store
   */
  static Window window(Query query, Optional<Instant> newest, Instant now) {
    Optional<Instant> from = instant(query, "from", now);
    Optional<Instant> to = instant(query, "to", now);
    if (from.isPresent() && to.isPresent()) {
      if (!from.get().isBefore(to.get())) {
        throw Query.wrong("from", "it must lie before to, which is " + to.get());
      }
      return new Window(from.get(), to.get());
    }
    if (to.isPresent()) {
      return new Window(to.get().minus(DEFAULT_WINDOW), to.get());
    }
    Instant end = newest.orElse(now).plusSeconds(1);
    if (from.isEmpty()) {
      return new Window(end.minus(DEFAULT_WINDOW), end);
    }
    Instant after = from.get().plusSeconds(1);
    return new Window(from.get(), end.isAfter(after) ? end : after);
  }

  /** A time window: {@code from} inclusive, {@code to} exclusive. */
  record Window(Instant from, Instant to) {
    Duration length() {
      return Duration.between(from, to);
    }
  }

  private static Optional<Instant> instant(Query query, String name, Instant now) {
    Optional<String> text = query.text(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<Instant> instant = Times.instant(text.get(), now);
    if (instant.isEmpty()) {
      throw Query.wrong(
          name,
          "'%s' is no time; write 2026-11-23T10:00:00Z, 2026-11-23 or -24h"
              .formatted(Query.shown(text.get())));
    }
    return instant;
  }

  private static String measure(String name) {
    if (!name.equals(Measures.AQI) && !Measures.isAcceptableName(name)) {
      throw Query.wrong(
          "measure", "'" + Query.shown(name) + "' can't be a measure; see /api/v1/measures");
    }
    return name;
  }

  private static Set<String> countries(Query query) {
    Set<String> codes = new LinkedHashSet<>();
    for (String code : query.list("country")) {
      if (!code.matches("[A-Za-z]{2}")) {
        throw Query.wrong(
            "country", "'" + Query.shown(code) + "' is no ISO 3166-1 alpha-2 code, as in GB");
      }
      codes.add(code.toUpperCase(Locale.ROOT));
    }
    return codes;
  }

  private static BoundingBox box(String text) {
    try {
      return BoundingBox.parse(text);
    } catch (IllegalArgumentException e) {
      throw Query.wrong("bbox", String.valueOf(e.getMessage()));
    }
  }
}
