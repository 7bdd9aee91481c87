package org.airlens.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why a record, or one value of it, was not taken. */
public enum RejectionReason {
  /** The text around the record is not JSON or CSV of the expected shape. */
  MALFORMED,
  /** The feed ended in the middle. */
  TRUNCATED,
  /** The record is larger or deeper than any honest one. */
  TOO_LARGE,
  /** The entry is not an object. */
  NOT_AN_OBJECT,
  /** The sensor, or its id, is missing. */
  MISSING_SENSOR,
  /** The location, or its id, is missing. */
  MISSING_LOCATION,
  /** The timestamp is missing. */
  MISSING_TIMESTAMP,
  /** An id is no number from 1 to {@link Identifiers#MAX_ID}. */
  INVALID_ID,
  /** The timestamp can't be read. */
  INVALID_TIMESTAMP,
  /** The timestamp lies before the network's first day, 2015-01-01. */
  TIMESTAMP_TOO_OLD,
  /** The timestamp lies in the future by more than clocks differ. */
  TIMESTAMP_IN_FUTURE,
  /** The coordinates are no point on Earth. */
  INVALID_COORDINATES,
  /** No value of the record could be taken. */
  NO_VALUES,
  /** One value: its type's name can't be a measure's. */
  INVALID_VALUE_TYPE,
  /** One value: not a finite number. */
  INVALID_VALUE,
  /** One value: its type stands in the record twice; the first is kept. */
  REPEATED_VALUE_TYPE,
  /** One value: the record, or the store, has too many measures already. */
  TOO_MANY_MEASURES;

  /** Whether the whole record was not taken, and not just one value of it. */
  public boolean costsTheReading() {
    return switch (this) {
      case INVALID_VALUE_TYPE, INVALID_VALUE, REPEATED_VALUE_TYPE, TOO_MANY_MEASURES -> false;
      default -> true;
    };
  }

  /** The name in metrics, status and dead letters: {@code invalid_value}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The reason with this label. */
  public static Optional<RejectionReason> find(String label) {
    return Arrays.stream(values()).filter(reason -> reason.label().equals(label)).findFirst();
  }
}
