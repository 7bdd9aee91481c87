package org.airlens.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Rolls up days beside the writer, on a connection of its own. Thread-safe, one day at a time. */
final class RollUps implements AutoCloseable {

  /** A day of all sensors takes minutes. */
  private static final Duration LONGEST_SILENCE = Duration.ofHours(3);

  /** It is done again if need be, and leaves processors and memory to those who wait for theirs. */
  private static final String SETTINGS =
      """
      SET statement_timeout = 0;
      SET synchronous_commit = off;
      SET work_mem = '64MB';
      SET max_parallel_workers_per_gather = 0;
      SET jit = off
      """;

  private final Connections connections;
  private final ReentrantLock turn = new ReentrantLock();
  private volatile @Nullable Connection working;

  /** How many wait for the roll-up under way to end. */
  private final AtomicInteger waiting = new AtomicInteger();

  RollUps(Connections connections) {
    this.connections = connections;
  }

  /** Rolls up a day; returns whether it did. */
  boolean rollUp(Duration quiet) {
    turn.lock();
    try {
      Optional<LocalDate> due =
          connections.first(
              "look for a day to roll up",
              RollUpStatements.due(quiet.toMillis() / 1e3),
              row -> row.getObject(1, LocalDate.class));
      return due.isPresent() && rollUp(due.get());
    } finally {
      turn.unlock();
    }
  }

  private boolean rollUp(LocalDate day) {
    try (Connection connection = connections.single("roll-up", LONGEST_SILENCE)) {
      working = connection;
      if (waiting.get() > 0) {
        return false;
      }
      try (Statement statement = connection.createStatement()) {
        statement.execute(SETTINGS);
      }
      return RollUpStatements.rollUp(connection, day);
    } catch (SQLException e) {
      if (waiting.get() > 0) {
        return false;
      }
      throw connections.failure("roll up " + day, e);
    } finally {
      working = null;
    }
  }

  /** Does what a roll-up would be in the way of; one that is under way is not finished. */
  int instead(IntSupplier work) {
    waiting.incrementAndGet();
    interrupt();
    turn.lock();
    try {
      return work.getAsInt();
    } finally {
      waiting.decrementAndGet();
      turn.unlock();
    }
  }

  private void interrupt() {
    Connection connection = working;
    if (connection != null) {
      try {
        connection.unwrap(PGConnection.class).cancelQuery();
        connection.abort(Runnable::run); // It might have been between two statements.
      } catch (SQLException e) {
        // It has ended, or the server has.
      }
    }
  }

  /** Ends the roll-up under way. */
  @Override
  public void close() {
    instead(() -> 0);
  }
}
