package org.airlens.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.airlens.model.Reading;
import org.airlens.store.ReadingFilter;
import org.airlens.store.ReadingQuery;
import org.airlens.store.ReadingSort;
import org.airlens.store.Store;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * One role of a store, as facts. A backend subclasses each contract and gives it a place; the store
 * is opened once a class and emptied between facts, because opening is dear.
 */
@TestInstance(Lifecycle.PER_CLASS)
public abstract class StoreContract {

  private static final Instant END_OF_TIME = Instant.parse("2200-01-01T00:00:00Z");

  private StorePlace place;
  private Store store;

  /** A new, empty place. */
  protected abstract StorePlace newPlace() throws Exception;

  @BeforeAll
  final void open() throws Exception {
    place = newPlace();
    store = place.open();
  }

  @AfterEach
  final void empty() {
    store.dropBefore(END_OF_TIME);
    assertThat(store.readings().latest()).isEmpty();
  }

  @AfterAll
  final void close() {
    store.close();
    place.close();
  }

  /** The store under test. */
  protected final Store store() {
    return store;
  }

  /** Closes the store and opens it again where it was. */
  protected final Store reopen() {
    store.close();
    store = place.open();
    return store;
  }

  /** Writes one batch. */
  protected final void write(Reading... batch) {
    store.writer().write(List.of(batch));
  }

  /** All readings, oldest first. */
  protected final List<Reading> all() {
    return all(store);
  }

  /** All readings of a store, oldest first. */
  protected static List<Reading> all(Store store) {
    return find(store, oldestFirst(ReadingFilter.all()));
  }

  /** The filter's readings, oldest first. */
  protected final List<Reading> find(ReadingFilter filter) {
    return find(store, oldestFirst(filter));
  }

  /** The query's readings. */
  protected final List<Reading> find(ReadingQuery query) {
    return find(store, query);
  }

  private static ReadingQuery oldestFirst(ReadingFilter filter) {
    return new ReadingQuery(
        filter, ReadingSort.OLDEST_FIRST, Optional.empty(), OptionalLong.empty());
  }

  private static List<Reading> find(Store store, ReadingQuery query) {
    try (Stream<Reading> found = store.readings().find(query)) {
      return found.toList();
    }
  }
}
