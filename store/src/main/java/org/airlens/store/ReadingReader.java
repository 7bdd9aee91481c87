package org.airlens.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.airlens.model.Reading;

/** Finds readings. All methods throw {@link StoreException} when the store can't answer. */
public interface ReadingReader {

  /** The newest reading of every sensor, in no order. */
  List<Reading> latest();

  /** The instant of the newest reading in the store. */
  Optional<Instant> newest();

  /**
   * Readings in the query's order, streamed in bounded memory. Readings at the same place of the
   * order are told apart by descending timestamp, then ascending sensor id, so that the order is
   * total. A reading without the measure sorted by comes last.
   *
   * @return a stream the caller closes
   */
  Stream<Reading> find(ReadingQuery query);

  /**
   * The names of the measures that readings in the store may have, {@code aqi} not among them: the
   * catalogue's in its order, then others in the order they first came.
   */
  List<String> measures();

  /** Visits the identity of each reading with {@code from <= timestamp < to}, in no order. */
  void identities(Instant from, Instant to, IdentityVisitor visitor);

  /** Takes a reading's identity. */
  @FunctionalInterface
  interface IdentityVisitor {
    /** One identity: a sensor's id and the seconds since 1970. */
    void visit(long sensorId, long epochSecond);
  }
}
