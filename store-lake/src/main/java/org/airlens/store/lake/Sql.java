package org.airlens.store.lake;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.airlens.store.WholeSeconds;

/** Literals. Numbers and quoted text only: no input reaches a statement unescaped. */
final class Sql {

  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private Sql() {}

  /** A text literal. */
  static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  /** A double literal: without an exponent it would be a decimal. */
  static String number(double value) {
    String text = Double.toString(value);
    return text.indexOf('E') < 0 ? text + "E0" : text;
  }

  /** A column's name. */
  static String identifier(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** An instant literal: the first whole second not before it. */
  static String instant(Instant value) {
    return "TIMESTAMPTZ '%s+00'".formatted(SECOND.format(WholeSeconds.bound(value)));
  }

  /** A list of texts. */
  static String texts(Stream<String> values) {
    return values.map(Sql::text).collect(Collectors.joining(","));
  }

  /** A list literal of files. */
  static String files(Collection<Path> files) {
    return "[" + texts(files.stream().map(Path::toString)) + "]";
  }

  /** The column is one of these texts. */
  static String isOneOf(String column, Collection<String> values) {
    return column + " IN (" + texts(values.stream().sorted()) + ")";
  }

  /** The column is one of these whole numbers. */
  static String isNumberOf(String column, Collection<? extends Number> values) {
    return column
        + values.stream()
            .map(String::valueOf)
            .sorted()
            .collect(Collectors.joining(",", " IN (", ")"));
  }
}
