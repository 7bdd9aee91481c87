package org.airlens.store.timestream;

import java.util.Collection;
import java.util.stream.Collectors;

/** Literals. Numbers and quoted text only: no input reaches a statement unescaped. */
final class Sql {

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

  /** The column is one of these texts. */
  static String texts(String column, Collection<String> values) {
    return column
        + " IN ("
        + values.stream().sorted().map(Sql::text).collect(Collectors.joining(","))
        + ")";
  }

  /** The column is one of these whole numbers. */
  static String numbers(String column, Collection<? extends Number> values) {
    return column
        + " IN ("
        + values.stream().map(String::valueOf).sorted().collect(Collectors.joining(","))
        + ")";
  }
}
