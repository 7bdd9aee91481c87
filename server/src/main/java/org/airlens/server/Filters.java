package org.airlens.server;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.airlens.model.BoundingBox;
import org.airlens.model.Measures;
import org.airlens.store.Condition;
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
    if (bbox.isPresent()) {
      filter = filter.withBbox(box(bbox.get()));
    }
    for (Condition condition : moreConditions(query)) {
      filter = filter.with(condition);
    }
    return filter;
  }

  private static List<Condition> moreConditions(Query query) {
    List<Condition> conditions = new ArrayList<>();
    query
        .text("circle")
        .ifPresent(text -> conditions.add(read("circle", text, ConditionText::circle)));
    query
        .text("polygon")
        .ifPresent(text -> conditions.add(read("polygon", text, ConditionText::polygon)));
    for (String range : query.list("range")) {
      conditions.add(read("range", range, ConditionText::range));
    }
    query
        .text("indoor")
        .ifPresent(text -> conditions.add(new Condition.Indoor(Boolean.parseBoolean(text))));
    if (query.has("sensor_pin")) {
      conditions.add(new Condition.Pins(Set.copyOf(query.list("sensor_pin"))));
    }
    if (query.has("sensor_type_id")) {
      conditions.add(new Condition.TypeIds(typeIds(query)));
    }
    if (query.has("sensor_type_manufacturer")) {
      conditions.add(
          new Condition.Manufacturers(Set.copyOf(query.list("sensor_type_manufacturer"))));
    }
    if (query.text("quality").filter("plausible"::equals).isPresent()) {
      conditions.add(new Condition.Plausible());
    }
    return conditions;
  }

  private static Condition read(String name, String text, Function<String, Condition> reader) {
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException e) {
      throw Query.wrong(name, String.valueOf(e.getMessage()));
    }
  }

  private static Set<Integer> typeIds(Query query) {
    Set<Integer> ids = new HashSet<>();
    for (String text : query.list("sensor_type_id")) {
      try {
        ids.add(Integer.parseInt(text));
      } catch (NumberFormatException e) {
        throw Query.wrong("sensor_type_id", "'" + Query.shown(text) + "' is no number of a type");
      }
    }
    return ids;
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

  /** A name that a measure can have. */
  static String measure(String name) {
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
