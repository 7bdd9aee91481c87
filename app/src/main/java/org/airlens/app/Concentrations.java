package org.airlens.app;

import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Concentrations as people and other programs write them. */
final class Concentrations {

  /** Decimal only: {@link Double#parseDouble} would also take {@code 39f} and hexadecimal. */
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?:(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?|NaN|Infinity)");

  private Concentrations() {}

  /** The number a text is, spaces around it aside, NaN and infinity included; empty for others. */
  static OptionalDouble parse(String text) {
    String stripped = text.strip();
    if (stripped.equalsIgnoreCase("nan")) {
      return OptionalDouble.of(Double.NaN);
    }
    return NUMBER.matcher(stripped).matches()
        ? OptionalDouble.of(Double.parseDouble(stripped))
        : OptionalDouble.empty();
  }

  /** Why a standard has no index of a number. */
  static String whyNoIndex(double value) {
    if (Double.isNaN(value)) {
      return "the concentration is not a number";
    }
    return value < 0 ? "the concentration is negative" : "the concentration is not finite";
  }
}
