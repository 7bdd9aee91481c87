package org.airlens.store;

import java.time.Duration;
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

  /**
   * Aggregates the readings of one day (UTC) ahead of the questions that will be asked about them,
   * so that long series and distributions need not read each; the answers stay the same. A write to
   * that day makes it due again. Called again and again by the process that writes, on a thread of
   * its own; {@link #close} ends it early.
   *
   * @param quiet days to which something was written more recently are left for later
   * @return whether a day was aggregated, and there may be another
   * @throws StoreException when the store can't
   */
  default boolean rollUp(Duration quiet) {
    return false;
  }

  /** Releases files, threads and connections; pending writes are durable before it returns. */
  @Override
  void close();
}
