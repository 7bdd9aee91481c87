package org.airlens.server;

import io.helidon.common.uri.UriQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.airlens.model.Identifiers;

/** A request's query, held against the parameters of its route. Reports what is wrong by name. */
final class Query {

  private static final int LONGEST_VALUE = 12_000; // A polygon; the request line has 16 KiB.
  private static final int LONGEST_LIST = 1_000;
  private static final int LONGEST_SHOWN = 60;

  private final TreeMap<String, String> values = new TreeMap<>();

  /**
   * Reads a query.
   *
   * @throws ProblemException when a parameter is unknown, comes twice, is too long or is none of
   *     the values it may have
   */
  Query(UriQuery query, List<Parameter> known) {
    if (known.contains(Parameter.ANYTHING)) {
      return;
    }
    for (String name : new TreeSet<>(query.names())) {
      if (name.isEmpty() && query.all(name).stream().allMatch(String::isEmpty)) {
        continue; // An ampersand too many.
      }
      Parameter parameter =
          known.stream()
              .filter(one -> one.place().equals("query") && one.name().equals(name))
              .findFirst()
              .orElseThrow(() -> unknown(name, known));
      List<String> all = query.all(name);
      if (all.size() != 1) {
        throw wrong(name, "it stands there " + all.size() + " times; give it once");
      }
      String value = all.getFirst();
      if (value.length() > LONGEST_VALUE) {
        throw wrong(name, "it is longer than " + LONGEST_VALUE + " characters");
      }
      if (value.codePoints().anyMatch(Query::isUnreadable)) {
        throw wrong(name, "it holds characters that are no text; write it in UTF-8, %-encoded");
      }
      if (value.isBlank()) {
        throw wrong(name, "it is empty; leave it out or give it a value");
      }
      if (!parameter.values().isEmpty() && !parameter.values().contains(value)) {
        throw wrong(
            name,
            "'%s' is none of %s".formatted(shown(value), String.join(", ", parameter.values())));
      }
      values.put(name, value);
    }
    for (Parameter parameter : known) {
      if (parameter.required()
          && parameter.place().equals("query")
          && !values.containsKey(parameter.name())) {
        throw wrong(parameter.name(), "it is missing; " + parameter.description());
      }
    }
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** All parameters but these, as one text in the order of their names. */
  String without(String... names) {
    TreeMap<String, String> rest = new TreeMap<>(values);
    rest.keySet().removeAll(Set.of(names));
    return rest.toString();
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** The texts of a list separated by commas. */
  List<String> list(String name) {
    String value = values.get(name);
    if (value == null) {
      return List.of();
    }
    List<String> elements = new ArrayList<>();
    for (String element : value.split(",", -1)) {
      if (element.isBlank()) {
        throw wrong(name, "there is an empty element in it");
      }
      elements.add(element.strip());
    }
    if (elements.size() > LONGEST_LIST) {
      throw wrong(name, "it has more than " + LONGEST_LIST + " elements");
    }
    return elements;
  }

  /** The ids of a list separated by commas. */
  Set<Long> ids(String name) {
    return list(name).stream().map(text -> id(name, text)).collect(Collectors.toSet());
  }

  /** A whole number within bounds. */
  OptionalLong whole(String name, long min, long max) {
    String value = values.get(name);
    if (value == null) {
      return OptionalLong.empty();
    }
    try {
      long number = Long.parseLong(value);
      if (number >= min && number <= max) {
        return OptionalLong.of(number);
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw wrong(name, "'%s' is no whole number from %d to %d".formatted(shown(value), min, max));
  }

  /** The id that a text names. */
  static long id(String name, String text) {
    try {
      long id = Long.parseLong(text);
      if (Identifiers.isValid(id)) {
        return id;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw wrong(name, "'" + shown(text) + "' is no id");
  }

  static ProblemException wrong(String name, String detail) {
    return ProblemException.parameter(name, name + ": " + detail);
  }

  static String shown(String text) {
    return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
  }

  /** Control characters, and what stands for bytes that were no UTF-8. */
  private static boolean isUnreadable(int character) {
    return Character.isISOControl(character) || character == 0xFFFD;
  }

  private static ProblemException unknown(String name, List<Parameter> known) {
    String names =
        known.stream()
            .filter(parameter -> parameter.place().equals("query"))
            .map(Parameter::name)
            .collect(Collectors.joining(", "));
    return ProblemException.parameter(
        shown(name),
        "unknown parameter '%s'; this route knows %s"
            .formatted(shown(name), names.isEmpty() ? "none" : names));
  }
}
