package org.airlens.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.airlens.model.Reading;
import org.airlens.store.Durability;
import org.airlens.store.ReadingWriter;
import org.airlens.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * Writes batches, each in one transaction: copied into a table of the session, moved from there to
 * where they belong, noted for followers. Thread-safe, one batch at a time.
 */
final class TableWriting implements ReadingWriter, AutoCloseable {

  /** A reading for which there is no partition, say because somebody dropped it by hand. */
  private static final String NO_PARTITION = "23514";

  private static final Comparator<Reading> BY_DAY_AND_SENSOR =
      Comparator.comparing(TableWriting::day)
          .thenComparingLong(reading -> reading.sensor().id())
          .thenComparing(Reading::timestamp);

  private final Connections connections;
  private final Origins origins;
  private final OtherNames otherNames;
  private final Durability durability;
  private final ReentrantLock turn = new ReentrantLock();

  /** Guarded by {@link #turn}, as the days known to have room. */
  private @Nullable WriterSession session;

  private final Set<LocalDate> days = new HashSet<>();
  private volatile Optional<String> problem = Optional.empty();

  TableWriting(
      Connections connections, Origins origins, OtherNames otherNames, Durability durability) {
    this.connections = connections;
    this.origins = origins;
    this.otherNames = otherNames;
    this.durability = durability;
  }

  /**
   * Takes the right to write.
   *
   * @throws StoreException when another process has it
   */
  void begin() {
    inTurn("open the store to write", _ -> 0);
  }

  /** Why the last write failed; empty when it did not. */
  Optional<String> problem() {
    return problem;
  }

  @Override
  public void write(List<Reading> batch) {
    List<Reading> readings = lastOfEachIdentity(batch);
    inTurn(
        "write",
        connection -> {
          if (!readings.isEmpty()) {
            write(connection, readings);
          }
          return 0;
        });
  }

  /** Drops the days before this one and returns how many there were. */
  int dropBefore(LocalDate day) {
    return inTurn("drop old days", connection -> dropBefore(connection, day));
  }

  @Override
  public void close() {
    turn.lock();
    try {
      discardSession();
    } finally {
      turn.unlock();
    }
  }

  private void write(Connection connection, List<Reading> readings) throws SQLException {
    connection.setAutoCommit(true);
    makeRoom(connection, readings);
    Map<Origin, Integer> ids = origins.ids(connection, readings);
    otherNames.note(connection, readings);
    connection.setAutoCommit(false);
    CopyRows.send(connection, readings, ids);
    WriteStatements.move(connection, readings, Changes.channel(connections.address().schema()));
    connection.commit();
  }

  /**
   * Sees to it that each day has a partition, and tomorrow, too: a query that is being planned when
   * a day's partition is made, and runs after the day's first write, would overlook that.
   */
  private void makeRoom(Connection connection, List<Reading> readings) throws SQLException {
    Set<LocalDate> missing =
        readings.stream().map(TableWriting::day).collect(Collectors.toCollection(TreeSet::new));
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    if (missing.contains(today)) {
      missing.add(today.plusDays(1));
    }
    missing.removeAll(days);
    for (LocalDate day : missing) {
      Connections.list(connection, Sql.of("SELECT ensure_day(?)", day), row -> 0);
      days.add(day);
    }
  }

  private int dropBefore(Connection connection, LocalDate day) throws SQLException {
    connection.setAutoCommit(false);
    List<LocalDate> old =
        Connections.list(
            connection,
            Sql.of("SELECT day FROM days WHERE day < ? ORDER BY day", day),
            row -> row.getObject(1, LocalDate.class));
    if (!old.isEmpty()) {
      OffsetDateTime cutoff = day.atStartOfDay().atOffset(ZoneOffset.UTC);
      WriteStatements.forget(connection, old, cutoff);
    }
    connection.commit();
    days.removeAll(old);
    return old.size();
  }

  /**
   * Does work with the session. Where the server was away since, a new session does it: all work
   * here may be done twice.
   */
  private int inTurn(String doing, Connections.Work<Integer> work) {
    turn.lock();
    try {
      int result;
      try {
        result = work.on(session().connection());
      } catch (SQLException e) {
        discardAfter(e);
        if (!Failures.isConnectionLost(e) && !NO_PARTITION.equals(e.getSQLState())) {
          throw e;
        }
        result = work.on(session().connection());
      }
      problem = Optional.empty();
      return result;
    } catch (SQLException e) {
      discardAfter(e);
      StoreException failure = connections.failure(doing, e);
      problem = Optional.of(String.valueOf(failure.getMessage()));
      throw failure;
    } catch (StoreException e) {
      problem = Optional.of(String.valueOf(e.getMessage()));
      throw e;
    } catch (RuntimeException | Error e) {
      discardSession();
      throw e;
    } finally {
      turn.unlock();
    }
  }

  private WriterSession session() throws SQLException {
    if (connections.isClosed()) {
      throw connections.closed();
    }
    WriterSession open = session;
    if (open == null) {
      open = WriterSession.open(connections, durability);
      session = open;
    }
    return open;
  }

  private void discardAfter(SQLException failure) {
    days.clear();
    if (session != null && (Failures.isConnectionLost(failure) || !session.rollback())) {
      discardSession();
    }
  }

  private void discardSession() {
    if (session != null) {
      session.close();
      session = null;
    }
    days.clear();
  }

  /** As many as there are identities, in an order in which few pages are touched. */
  private static List<Reading> lastOfEachIdentity(List<Reading> batch) {
    Map<Identity, Reading> last = LinkedHashMap.newLinkedHashMap(batch.size());
    for (Reading reading : batch) {
      last.put(new Identity(reading.sensor().id(), reading.timestamp()), reading);
    }
    List<Reading> readings = new ArrayList<>(last.values());
    readings.sort(BY_DAY_AND_SENSOR);
    return readings;
  }

  private static LocalDate day(Reading reading) {
    return LocalDate.ofEpochDay(Math.floorDiv(reading.timestamp().getEpochSecond(), 86_400L));
  }

  private record Identity(long sensorId, Instant timestamp) {}
}
