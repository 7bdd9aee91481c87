package org.airlens.store.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.airlens.model.BoundingBox;
import org.airlens.model.Reading;
import org.airlens.store.Condition;
import org.airlens.store.ReadingFilter;
import org.airlens.store.Store;

/**
 * Questions of any kind to a store that holds odd readings, answered beside the reference. The
 * readings are written in batches out of order, and the store is reopened between them, once a
 * property; the questions differ.
 */
@SuppressWarnings("NullAway.Init") // Set before each property, which jqwik knows and NullAway not.
public abstract class StoreProperties {

  private static final int BATCHES = 6;
  private static final int BATCH = 150;

  private StorePlace place;
  private Store store;
  private ReferenceStore reference;

  /** A new, empty place. */
  protected abstract StorePlace newPlace() throws Exception;

  @BeforeProperty
  final void open() throws Exception {
    place = newPlace();
    store = place.open();
    reference = new ReferenceStore();
    SplittableRandom random = new SplittableRandom(2018);
    for (int i = 0; i < BATCHES; i++) {
      if (i == BATCHES / 2) {
        store.close();
        store = place.open();
      }
      List<Reading> batch = OddReadings.some(BATCH, random);
      store.writer().write(batch);
      reference.write(batch);
    }
  }

  @AfterProperty
  final void close() {
    store.close();
    place.close();
  }

  /** The store under test. */
  protected final Store store() {
    return store;
  }

  /** What the store should answer. */
  protected final ReferenceStore reference() {
    return reference;
  }

  /** Filters of any conditions; about every second condition is there. */
  protected static Arbitrary<ReadingFilter> anyFilter() {
    return Combinators.combine(plainFilter(), AnyCondition.some())
        .as((plain, conditions) -> {
          ReadingFilter filter = plain;
          for (Condition condition : conditions) {
            filter = filter.with(condition);
          }
          return filter;
        });
  }

  private static Arbitrary<ReadingFilter> plainFilter() {
    return Combinators.combine(
            Arbitraries.of(names()).optional(0.3),
            subset(OddReadings.SENSORS, 5L),
            subset(OddReadings.LOCATIONS, 5L),
            subset(OddReadings.COUNTRIES, "XX"),
            subset(OddReadings.TYPES, "SDS01_"),
            boxes().optional(0.4),
            Arbitraries.randomValue(OddReadings::instant).optional(0.4),
            Arbitraries.randomValue(OddReadings::instant).optional(0.4))
        .as((measure, sensors, locations, countries, types, box, from, to) ->
            new ReadingFilter(
                measure, sensors, locations, countries, types, box, from, to, Set.of()));
  }

  /** Measures that some have, that none have and that are computed. */
  protected static List<String> names() {
    return Stream.concat(
            OddReadings.MEASURES.stream(),
            Stream.of("aqi", "P1", "P1", "P1", "humidity", "unheard_of"))
        .toList();
  }

  private static Arbitrary<BoundingBox> boxes() {
    return Combinators.combine(
            Arbitraries.of(OddReadings.LONGITUDES),
            Arbitraries.of(OddReadings.LATITUDES),
            Arbitraries.of(OddReadings.LONGITUDES),
            Arbitraries.of(OddReadings.LATITUDES))
        .as((west, one, east, other) ->
            new BoundingBox(west, Math.min(one, other), east, Math.max(one, other)));
  }

  /** Mostly no condition, else some of the values and one that nobody has. */
  private static <T> Arbitrary<Set<T>> subset(List<T> values, T foreign) {
    List<T> all = new ArrayList<>(values);
    all.add(foreign);
    return Arbitraries.frequencyOf(
        Tuple.of(3, Arbitraries.just(Set.of())),
        Tuple.of(2, Arbitraries.of(all).set().ofMinSize(1).ofMaxSize(all.size() - 1)));
  }
}
