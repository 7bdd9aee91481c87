package org.airlens.store.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.airlens.model.Reading;
import org.airlens.store.ReadingChanges.Listener;
import org.airlens.store.StoreException;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one listener what is written. A notification wakes it; besides, it looks by itself each
 * second, which also finds out that the server is gone, and serves where nobody may listen, as on a
 * standby. What it has told, it knows by the number of the last write, so nothing is missed while
 * it has no connection.
 */
final class Follower implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final Duration SILENCE = Duration.ofSeconds(30);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  /** Behind by more than this, as after a backfill, who listens gets the newest readings only. */
  private static final long MOST_TOLD = 200_000;

  private static final String READ_ONLY = "25006";

  private final Connections connections;
  private final RowReading rows;
  private final TableReadings readings;
  private final Listener listener;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = Thread.ofVirtual().name("follower").unstarted(this::run);
  private volatile Optional<String> problem = Optional.empty();

  /** The number of the last write that was told; belongs to the thread once that runs. */
  private long told;

  private Follower(
      Connections connections, RowReading rows, TableReadings readings, Listener listener) {
    this.connections = connections;
    this.rows = rows;
    this.readings = readings;
    this.listener = listener;
  }

  /** Follows from now on. */
  static Follower start(
      Connections connections, RowReading rows, TableReadings readings, Listener listener)
      throws SQLException {
    Follower follower = new Follower(connections, rows, readings, listener);
    try (Connection connection = connections.borrow()) {
      follower.told = newest(connection);
    }
    follower.thread.start();
    return follower;
  }

  /** Why it lags behind; empty when it does not. */
  Optional<String> problem() {
    return problem;
  }

  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
  }

  private void run() {
    Duration pause = FIRST_PAUSE;
    while (isOpen()) {
      try (Connection connection = connections.single("follower", SILENCE)) {
        begin(connection);
        while (isOpen()) {
          catchUp(connection);
          if (problem.isPresent()) {
            LOG.info("follows {} again", connections.address().description());
            problem = Optional.empty();
          }
          pause = FIRST_PAUSE;
          connection.unwrap(PGConnection.class).getNotifications((int) LOOK_EVERY.toMillis());
        }
      } catch (SQLException e) {
        failed(connections.failure("follow the writer", e));
      } catch (RuntimeException e) {
        failed(e);
      }
      rest(pause);
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
              ? LONGEST_PAUSE
              : pause.multipliedBy(2);
    }
  }

  private void failed(RuntimeException failure) {
    if (isOpen()) {
      if (problem.isEmpty()) {
        LOG.warn("{}", failure.getMessage(), failure instanceof StoreException ? null : failure);
      }
      problem = Optional.of(String.valueOf(failure.getMessage()));
    }
  }

  private void rest(Duration pause) {
    try {
      closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      // Closed: the loop ends.
    }
  }

  private boolean isOpen() {
    return closed.getCount() > 0 && !connections.isClosed();
  }

  private void begin(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET default_transaction_read_only = on");
      statement.execute(
          "LISTEN " + Sql.identifier(Changes.channel(connections.address().schema())));
    } catch (SQLException e) {
      if (!READ_ONLY.equals(e.getSQLState())) {
        throw e;
      }
      LOG.info(
          "{} is a standby, which does not notify; looking each second",
          connections.address().description());
    }
  }

  /** Tells what was written since. */
  private void catchUp(Connection connection) throws SQLException {
    List<Day> days =
        Connections.list(
            connection,
            Sql.of(
                """
                SELECT max(number), sum(readings), min(first_ts), max(last_ts)
                FROM writes WHERE number > ? GROUP BY day
                """,
                told),
            Day::read);
    if (days.isEmpty() && isTold(connection)) {
      return;
    }
    long newest = days.stream().mapToLong(Day::number).max().orElse(0);
    long amount = days.stream().mapToLong(Day::readings).sum();
    if (amount > MOST_TOLD || !isTold(connection)) {
      long now = newest(connection);
      tell(() -> listener.missed(readings.latest()));
      told = now;
      return;
    }
    List<Reading> written = written(connection, days, newest);
    told = newest;
    if (!written.isEmpty()) {
      tell(() -> listener.written(written));
    }
  }

  /** A listener's failure is its own. */
  private static void tell(Runnable call) {
    try {
      call.run();
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.warn("who listens to writes failed, and goes on", e);
    }
  }

  /** Whether the list of writes reaches back to the last one told, so that none is missing. */
  private boolean isTold(Connection connection) throws SQLException {
    return told == 0
        || Connections.list(
                connection,
                Sql.of("SELECT EXISTS (SELECT FROM writes WHERE number = ?)", told),
                row -> row.getBoolean(1))
            .getFirst();
  }

  private static long newest(Connection connection) throws SQLException {
    return Connections.list(
            connection,
            Sql.of("SELECT coalesce(max(number), 0) FROM writes"),
            row -> row.getLong(1))
        .getFirst();
  }

  private List<Reading> written(Connection connection, List<Day> days, long newest)
      throws SQLException {
    List<Written> all = new ArrayList<>();
    for (Day day : days) {
      Conditions conditions =
          new Conditions()
              .and("r.ts BETWEEN ? AND ?", day.first, day.last)
              .and("r.write_number > ? AND r.write_number <= ?", told, newest);
      List<Long> numbers = new ArrayList<>();
      try (PreparedStatement statement =
              conditions
                  .select(MeasureColumns.SELECTED + ", r.write_number", "")
                  .prepare(connection);
          ResultSet found = statement.executeQuery()) {
        List<Reading> read =
            rows.read(
                connection,
                found,
                Integer.MAX_VALUE,
                row -> numbers.add(row.getLong(RowReading.NEXT_COLUMN)));
        for (int i = 0; i < read.size(); i++) {
          all.add(new Written(numbers.get(i), read.get(i)));
        }
      }
    }
    all.sort(
        Comparator.comparingLong(Written::number)
            .thenComparing(one -> one.reading().timestamp())
            .thenComparingLong(one -> one.reading().sensor().id()));
    return all.stream().map(Written::reading).toList();
  }

  private record Written(long number, Reading reading) {}

  /** What was written of a day: the last write, how much of it, and from when to when. */
  private record Day(long number, long readings, OffsetDateTime first, OffsetDateTime last) {

    static Day read(ResultSet row) throws SQLException {
      return new Day(
          row.getLong(1),
          row.getLong(2),
          row.getObject(3, OffsetDateTime.class),
          row.getObject(4, OffsetDateTime.class));
    }
  }
}
