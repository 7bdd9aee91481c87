package org.airlens.model;

/** The range of sensor and location ids. */
public final class Identifiers {

  /**
   * The largest id, 2⁵¹ − 1: exact as a JSON number in every language, and small enough to pack
   * with the second of an hour into a {@code long}.
   */
  public static final long MAX_ID = (1L << 51) - 1;

  private Identifiers() {}

  /** Whether this can be the id of a sensor or a location. */
  public static boolean isValid(long id) {
    return id > 0 && id <= MAX_ID;
  }
}
