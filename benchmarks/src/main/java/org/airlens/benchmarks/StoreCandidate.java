package org.airlens.benchmarks;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.airlens.model.Reading;

/** A store in the comparison, with just the operations compared. Made open. */
interface StoreCandidate extends AutoCloseable {

  /** What it is called in the results. */
  String name();

  /** Keeps a batch, durable and visible on return; a known identity is not doubled. */
  void write(List<Reading> batch) throws Exception;

  /** Reads the newest reading of every sensor; how many there are. */
  int latest() throws Exception;

  /** Reads the hourly means of P2 of one sensor; how many points there are. */
  int series(long sensorId, Instant from, Instant to) throws Exception;

  /** Reads the newest 1,000 readings of a country; how many there are. */
  int table(String country, Instant from, Instant to) throws Exception;

  /** How many readings it keeps. */
  long count() throws Exception;

  /** Bytes on disk. */
  long bytes() throws Exception;

  /** Opens it again after it was closed, ready for questions. */
  void open() throws Exception;

  @Override
  void close() throws SQLException;
}
