package org.airlens.store.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.airlens.model.Reading;

/**
 * The rows of {@code origins}, of which the ones used last are remembered: they never change.
 * Thread-safe.
 */
final class Origins {

  /** Several times the sensors of the whole network; about 60 MB when full. */
  private static final int REMEMBERED = 200_000;

  private final Map<Origin, Integer> ids = lastUsed();
  private final Map<Integer, Origin> origins = lastUsed();

  private static <K, V> Map<K, V> lastUsed() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > REMEMBERED;
      }
    };
  }

  /**
   * The ids of the readings' origins, of which the missing ones are added; the connection commits
   * by itself, so that what is remembered is there, whatever becomes of the readings.
   */
  Map<Origin, Integer> ids(Connection connection, List<Reading> readings) throws SQLException {
    Map<Origin, Integer> found = new HashMap<>();
    Set<Origin> missing = new LinkedHashSet<>();
    synchronized (this) {
      for (Reading reading : readings) {
        Origin origin = Origin.of(reading);
        Integer id = ids.get(origin);
        if (id == null) {
          missing.add(origin);
        } else {
          found.put(origin, id);
        }
      }
    }
    if (!missing.isEmpty()) {
      found.putAll(added(connection, missing));
    }
    return found;
  }

  private Map<Origin, Integer> added(Connection connection, Set<Origin> missing)
      throws SQLException {
    Map<UUID, Integer> known = known(connection, missing);
    try (PreparedStatement insert = connection.prepareStatement(Origin.INSERT)) {
      int added = 0;
      for (Origin origin : missing) {
        if (!known.containsKey(origin.fingerprint())) {
          origin.set(insert);
          insert.addBatch();
          added++;
        }
      }
      if (added > 0) {
        insert.executeBatch();
        known = known(connection, missing);
      }
    }
    Map<Origin, Integer> all = new HashMap<>();
    for (Origin origin : missing) {
      Integer id = known.get(origin.fingerprint());
      if (id == null) {
        throw new IllegalStateException("an origin was removed while it was added: " + origin);
      }
      all.put(origin, id);
    }
    synchronized (this) {
      ids.putAll(all);
    }
    return all;
  }

  private static Map<UUID, Integer> known(Connection connection, Set<Origin> wanted)
      throws SQLException {
    Map<UUID, Integer> known = new HashMap<>();
    Sql query =
        Sql.of(
            "SELECT fingerprint, id FROM origins WHERE fingerprint = ANY(?::uuid[])",
            (Object)
                wanted.stream()
                    .map(origin -> origin.fingerprint().toString())
                    .toArray(String[]::new));
    try (PreparedStatement statement = query.prepare(connection);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        known.put(rows.getObject(1, UUID.class), rows.getInt(2));
      }
    }
    return known;
  }

  /** The origins of these ids. */
  Map<Integer, Origin> of(Connection connection, Collection<Integer> wanted) throws SQLException {
    Map<Integer, Origin> found = new HashMap<>();
    Set<Integer> missing = new LinkedHashSet<>();
    synchronized (this) {
      for (Integer id : wanted) {
        Origin origin = origins.get(id);
        if (origin == null) {
          missing.add(id);
        } else {
          found.put(id, origin);
        }
      }
    }
    if (missing.isEmpty()) {
      return found;
    }
    Map<Integer, Origin> read = new HashMap<>();
    Sql query =
        Sql.of(
            "SELECT " + Origin.SELECTED + " FROM origins o WHERE o.id = ANY(?)",
            missing.stream().mapToInt(Integer::intValue).toArray());
    try (PreparedStatement statement = query.prepare(connection);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        read.put(rows.getInt(1), Origin.read(rows));
      }
    }
    synchronized (this) {
      origins.putAll(read);
    }
    found.putAll(read);
    return found;
  }
}
