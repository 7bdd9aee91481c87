package org.airlens.store;

import java.time.Instant;
import java.util.Optional;

/**
 * A place that keeps readings: one component, small roles. Every implementation passes the contract
 * kit in this module's test jar. Thread-safe; the one who opened it closes it.
 */
public interface Store extends AutoCloseable {

  /** Keeps readings. */
  ReadingWriter writer();

  /** Finds readings. */
  ReadingReader readings();

  /** Aggregates readings over time. */
  SeriesReader series();

  /** Tells what is known of sensors and locations. */
  SensorDirectory sensors();

  /**
   * What other processes write to this store; empty when it belongs to one process alone, which
   * knows what it writes.
   */
  default Optional<ReadingChanges> changes() {
    return Optional.empty();
  }

  /** How the store is doing. */
  StoreStatus status();

  /**
   * Forgets readings older than {@code cutoff}, in whole storage units (a day at most), so that
   * none at or after it is lost.
   *
   * @return how many units were dropped
   * @throws StoreException when the store can't
   */
  int dropBefore(Instant cutoff);

  /** Releases files, threads and connections; pending writes are durable before it returns. */
  @Override
  void close();
}
