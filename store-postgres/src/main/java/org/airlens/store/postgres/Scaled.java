package org.airlens.store.postgres;

/**
 * Sums are made of values divided by 2⁶⁴, which loses nothing: PostgreSQL fails where a sum leaves
 * what a double can hold, as it also does where a division leaves nothing of a value.
 */
final class Scaled {

  /** What a sum of scaled values is multiplied by. */
  static final double SCALE = 0x1p64;

  private Scaled() {}

  /** The scaled value of an expression. */
  static String of(String value) {
    return "CASE WHEN abs(%1$s) > 1e-250 THEN %1$s * %2$s ELSE 0 END"
        .formatted(value, literal(1 / SCALE));
  }

  /** A number in a statement. */
  static String literal(double number) {
    return number + "::double precision";
  }
}
