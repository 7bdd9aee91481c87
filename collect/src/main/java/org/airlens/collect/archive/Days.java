package org.airlens.collect.archive;

import java.time.LocalDate;

/**
 * The days wanted of an archive.
 *
 * @param from the first of them
 * @param to the day after the last of them
 */
public record Days(LocalDate from, LocalDate to) {

  /** All days. */
  public static final Days ALL = new Days(LocalDate.MIN, LocalDate.MAX);

  /** Whether any day from one to another, both included, is wanted. */
  public boolean overlap(LocalDate first, LocalDate last) {
    return first.isBefore(to) && !last.isBefore(from);
  }
}
