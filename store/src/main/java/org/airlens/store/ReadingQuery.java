package org.airlens.store;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which readings, in which order.
 *
 * @param filter which readings
 * @param sort their order
 * @param after only what comes after this reading's place in the order
 * @param limit at most so many
 */
public record ReadingQuery(
    ReadingFilter filter, ReadingSort sort, Optional<PageKey> after, OptionalLong limit) {

  /** All readings of a filter, newest first. */
  public static ReadingQuery of(ReadingFilter filter) {
    return new ReadingQuery(
        filter, ReadingSort.NEWEST_FIRST, Optional.empty(), OptionalLong.empty());
  }
}
