package org.airlens.store.postgres;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.airlens.store.ReadingChanges;

/** Lets this process follow what another one writes. Thread-safe. */
final class Changes implements ReadingChanges, AutoCloseable {

  private final Connections connections;
  private final RowReading rows;
  private final TableReadings readings;
  private final Set<Follower> followers = ConcurrentHashMap.newKeySet();

  Changes(Connections connections, RowReading rows, TableReadings readings) {
    this.connections = connections;
    this.rows = rows;
    this.readings = readings;
  }

  /** On what a writer of a schema notifies; names of schemas may be as long as a channel's. */
  static String channel(String schema) {
    return "airlens_" + Integer.toHexString(schema.hashCode());
  }

  @Override
  public Following follow(Listener listener) {
    try {
      Follower follower = Follower.start(connections, rows, readings, listener);
      followers.add(follower);
      return () -> {
        followers.remove(follower);
        follower.close();
      };
    } catch (SQLException e) {
      throw connections.failure("follow the writer", e);
    }
  }

  /** Why a follower lags behind; empty when none does. */
  Optional<String> problem() {
    return followers.stream().flatMap(follower -> follower.problem().stream()).findFirst();
  }

  @Override
  public void close() {
    followers.forEach(Follower::close);
  }
}
