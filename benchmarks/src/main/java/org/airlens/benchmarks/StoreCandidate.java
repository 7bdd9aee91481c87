package org.airlens.benchmarks;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.airlens.model.Reading;

/** A store in the comparison, with just the operations compared. Made open. */
interface StoreCandidate extends AutoCloseable {

  /** The measures that the network has, in the order in which answers tell them. */
  List<String> MEASURES = List.of("P1", "P2", "temperature", "humidity", "pressure");

  /** The share of the values that the quantile of {@link #stats} is not below. */
  double QUANTILE = 0.95;

  /** What it is called in the results. */
  String name();

  /** Keeps a batch, durable and visible on return; a known identity is not doubled. */
  void write(List<Reading> batch) throws Exception;

  /** Does what its manual advises after a long history was written, before it is asked. */
  void settle() throws Exception;

  /** Aggregates a day ahead of questions, in the background of its daily work; false when none. */
  default boolean rollUp() {
    return false;
  }

  /** Reads the newest reading of every sensor; how many there are. */
  int latest() throws Exception;

  /** Reads the means of P2 of one sensor: time and mean of each bucket, in order of time. */
  Answer series(long sensorId, Instant from, Instant to, Duration bucket) throws Exception;

  /**
   * Reads the means of P2 of every sensor of a country: sensor, time and mean of each bucket, in
   * order of these.
   */
  Answer series(String country, Instant from, Instant to, Duration bucket) throws Exception;

  /**
   * Reads the newest 1,000 readings of a country with all their fields: time, sensor, index and
   * {@link #MEASURES} of each, the newest first, then by sensor.
   */
  Answer table(String country, Instant from, Instant to) throws Exception;

  /** P2 of every sensor: how many values, least, mean, largest, quantile, how many sensors. */
  Answer stats(Instant from, Instant to) throws Exception;

  /** How many readings it keeps. */
  long count() throws Exception;

  /** Bytes on disk. */
  long bytes() throws Exception;

  /** Opens it again after it was closed, ready for questions. */
  void open() throws Exception;

  @Override
  void close() throws SQLException;
}
