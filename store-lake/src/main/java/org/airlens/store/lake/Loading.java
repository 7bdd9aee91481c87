package org.airlens.store.lake;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.airlens.model.Measures;
import org.airlens.model.Reading;
import org.airlens.store.SensorSummary;
import org.airlens.store.lake.Snapshot.Known;
import org.airlens.store.lake.Snapshot.Part;
import org.jspecify.annotations.Nullable;

/**
 * Makes a snapshot of a version. Files never change, so each partition is looked at once: which
 * sensors it has, at which locations, from when to when. The {@link LakeIndex} keeps that. Not
 * thread-safe.
 */
final class Loading {

  private static final String DOING = "read the lake";

  /** So many files are looked at together. */
  private static final int FILES = 500;

  /** So many names of measures are listed; it makes so many columns of a CSV. */
  private static final int MOST_NAMES = 256;

  private final Database database;
  private final Map<String, Part> known = new HashMap<>();
  private int ids;

  Loading(Database database) {
    this.database = database;
    database.use(
        DOING,
        connection -> {
          try (Statement statement = connection.createStatement()) {
            LakeIndex.begin(database, statement);
            return true;
          }
        });
  }

  /**
   * Makes the snapshot.
   *
   * @param former the one before, whose partitions stay known; empty for the first
   * @throws org.airlens.store.StoreException when a file can't be read or is none of a lake's
   */
  Snapshot load(int number, List<LakeFolder.Part> folders, Optional<Snapshot> former) {
    return database.use(
        DOING,
        connection -> {
          try (Statement statement = connection.createStatement()) {
            return load(statement, number, folders, former);
          }
        });
  }

  private Snapshot load(
      Statement statement, int number, List<LakeFolder.Part> folders, Optional<Snapshot> former)
      throws SQLException {
    if (former.isEmpty()) {
      known.putAll(LakeIndex.known(database, statement, folders));
      ids = known.values().stream().mapToInt(part -> part.id() + 1).max().orElse(0);
      forgetOthers(statement, known.values());
    }
    look(statement, folders);
    List<Part> parts = new ArrayList<>();
    for (LakeFolder.Part folder : folders) {
      Part part = known.get(folder.partition().path());
      if (part != null) {
        parts.add(part);
      }
    }
    parts.sort(Comparator.comparing(Part::day));
    fill(
        statement,
        "live (part INTEGER)",
        parts.stream().map(part -> "(" + part.id() + ")").toList());
    SortedMap<Long, Known> sensors =
        sensors(statement, parts, former.map(Snapshot::sensors).orElse(new TreeMap<>()));
    Snapshot snapshot = counted(statement, number, parts, sensors);
    forget(statement, parts, former.map(Snapshot::parts).orElse(List.of()));
    return snapshot;
  }

  /** Looks at the partitions that are new. */
  private void look(Statement statement, List<LakeFolder.Part> folders) throws SQLException {
    List<LakeFolder.Part> some = new ArrayList<>();
    int files = 0;
    for (LakeFolder.Part folder : folders) {
      if (!known.containsKey(folder.partition().path())) {
        some.add(folder);
        files += folder.files().size();
      }
      if (files >= FILES) {
        lookAt(statement, some);
        some.clear();
        files = 0;
      }
    }
    if (!some.isEmpty()) {
      lookAt(statement, some);
    }
  }

  private void lookAt(Statement statement, List<LakeFolder.Part> folders) throws SQLException {
    List<Path> files = folders.stream().flatMap(folder -> folder.files().stream()).toList();
    Map<Path, Set<String>> missing = missing(statement, files);
    Map<String, Part> fresh = new LinkedHashMap<>();
    List<String> owners = new ArrayList<>();
    for (LakeFolder.Part folder : folders) {
      Set<String> lacks = new TreeSet<>();
      folder.files().forEach(file -> lacks.addAll(missing.getOrDefault(file, Set.of())));
      Part part = new Part(ids++, folder, lacks);
      fresh.put(folder.partition().path(), part);
      for (Path file : folder.files()) {
        owners.add("(%s, %d)".formatted(Sql.text(file.toString()), part.id()));
      }
    }
    String rows = Scan.table(files) + " r";
    String owned =
        " JOIN (VALUES %s) owner (file, part) ON owner.file = filename"
            .formatted(String.join(", ", owners));
    database.execute(
        statement,
        """
        INSERT INTO kept.seen SELECT part, r.sensor_id, r.location_id,
          CASE WHEN count(r.timestamp) = count(*) THEN min(%1$s) END, max(%1$s), count(*)
        FROM %2$s GROUP BY ALL
        """
            .formatted(Columns.SECOND, rows + owned));
    database.execute(
        statement,
        """
        INSERT INTO kept.named SELECT part, name, min(second) FROM (
          SELECT filename, %s AS second, unnest(map_keys(r.%s)) AS name FROM %s)%s GROUP BY ALL
        """
            .formatted(Columns.SECOND, Columns.OTHERS, rows, owned));
    refuseNameless(statement, fresh);
    LakeIndex.keep(database, statement, List.copyOf(fresh.values()));
    known.putAll(fresh);
  }

  /**
   * The measures that files have no column for.
   *
   * @throws SQLException when they lack another column, or have one of another type
   */
  private Map<Path, Set<String>> missing(Statement statement, List<Path> files)
      throws SQLException {
    Map<String, String> types = Columns.all();
    Map<Path, Set<String>> missing = new HashMap<>();
    Map<Path, Map<String, String>> found = new HashMap<>();
    String sql =
        "SELECT file_name, name, duckdb_type FROM parquet_schema(%s) WHERE %s"
            .formatted(Sql.files(files), Sql.isOneOf("name", types.keySet()));
    try (ResultSet rows = database.unlimited(statement, sql)) {
      while (rows.next()) {
        found
            .computeIfAbsent(Path.of(rows.getString(1)), _ -> new HashMap<>())
            .put(rows.getString(2), rows.getString(3));
      }
    }
    for (Path file : files) {
      Map<String, String> there = found.getOrDefault(file, Map.of());
      for (Map.Entry<String, String> column : types.entrySet()) {
        @Nullable String type = there.get(column.getKey());
        if (type == null && Columns.MEASURES.contains(column.getKey())) {
          missing.computeIfAbsent(file, _ -> new HashSet<>()).add(column.getKey());
        } else if (!column.getValue().equals(type)) {
          throw new SQLException(
              "%s is no file of a lake: its column %s is %s and not %s"
                  .formatted(
                      file, column.getKey(), type == null ? "missing" : type, column.getValue()));
        }
      }
    }
    return missing;
  }

  private void refuseNameless(Statement statement, Map<String, Part> parts) throws SQLException {
    String sql =
        "SELECT DISTINCT part FROM kept.seen"
            + " WHERE sensor_id IS NULL OR location_id IS NULL OR first IS NULL";
    try (ResultSet rows = database.unlimited(statement, sql)) {
      while (rows.next()) {
        int id = rows.getInt(1);
        for (Map.Entry<String, Part> part : parts.entrySet()) {
          if (part.getValue().id() == id) {
            throw new SQLException(
                "%s is no folder of a lake: rows have no sensor, no place or no time"
                    .formatted(part.getKey()));
          }
        }
      }
    }
  }

  /** What is known of each sensor: the newest readings that are not known yet are read. */
  private SortedMap<Long, Known> sensors(
      Statement statement, List<Part> parts, SortedMap<Long, Known> former) throws SQLException {
    Map<Long, Span> spans = new HashMap<>();
    String sql =
        """
        SELECT sensor_id, min(first), max(newest), arg_max(part, newest)
        FROM kept.seen JOIN live USING (part) GROUP BY sensor_id
        """;
    try (ResultSet rows = database.unlimited(statement, sql)) {
      while (rows.next()) {
        spans.put(rows.getLong(1), new Span(rows.getLong(2), rows.getLong(3), rows.getInt(4)));
      }
    }
    SortedMap<Long, Known> sensors = new TreeMap<>();
    Map<Long, Span> unknown = new HashMap<>();
    spans.forEach((sensor, span) -> {
      Known before = former.get(sensor);
      if (before != null
          && before.part() == span.part
          && before.summary().lastSeen().getEpochSecond() == span.newest) {
        sensors.put(sensor, span.with(before.summary().newest()));
      } else {
        unknown.put(sensor, span);
      }
    });
    if (!unknown.isEmpty()) {
      Set<Integer> holding = unknown.values().stream().map(Span::part).collect(Collectors.toSet());
      List<Part> from = parts.stream().filter(part -> holding.contains(part.id())).toList();
      newest(statement, from, unknown)
          .forEach(reading -> {
            Span span = unknown.get(reading.sensor().id());
            if (span != null) {
              sensors.put(reading.sensor().id(), span.with(reading));
            }
          });
    }
    return sensors;
  }

  private List<Reading> newest(Statement statement, List<Part> parts, Map<Long, Span> spans)
      throws SQLException {
    fill(
        statement,
        "wanted (sensor BIGINT, second BIGINT)",
        spans.entrySet().stream()
            .map(span -> "(%d, %d)".formatted(span.getKey(), span.getValue().newest))
            .toList());
    List<Reading> readings = new ArrayList<>();
    String sql =
        "SELECT %s FROM %s JOIN wanted ON r.sensor_id = wanted.sensor AND %s = wanted.second"
            .formatted(Columns.selected(), Scan.from(parts), Columns.SECOND);
    try (ResultSet rows = database.unlimited(statement, sql)) {
      while (rows.next()) {
        readings.add(RowReading.read(rows));
      }
    }
    return readings;
  }

  private Snapshot counted(
      Statement statement, int number, List<Part> parts, SortedMap<Long, Known> sensors)
      throws SQLException {
    List<String> others = new ArrayList<>();
    String names =
        "SELECT name FROM kept.named JOIN live USING (part) GROUP BY name ORDER BY min(first), name";
    try (ResultSet rows = database.unlimited(statement, names + " LIMIT " + MOST_NAMES)) {
      while (rows.next()) {
        if (Measures.isAcceptableName(rows.getString(1))) {
          others.add(rows.getString(1));
        }
      }
    }
    String amount =
        "SELECT coalesce(sum(readings), 0)::BIGINT, min(first) FROM kept.seen JOIN live USING (part)";
    try (ResultSet rows = database.unlimited(statement, amount)) {
      rows.next();
      long readings = rows.getLong(1);
      long oldest = rows.getLong(2);
      return new Snapshot(
          number,
          List.copyOf(parts),
          sensors,
          List.copyOf(others),
          readings,
          rows.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochSecond(oldest)));
    }
  }

  /** Forgets the partitions that neither this version nor the one before has. */
  private void forget(Statement statement, List<Part> parts, List<Part> former)
      throws SQLException {
    Set<Part> kept = new HashSet<>(parts);
    kept.addAll(former);
    if (!known.values().retainAll(kept)) {
      return;
    }
    forgetOthers(statement, kept);
  }

  private void forgetOthers(Statement statement, Collection<Part> kept) throws SQLException {
    fill(
        statement,
        "remaining (part INTEGER)",
        kept.stream().map(part -> "(" + part.id() + ")").toList());
    LakeIndex.forgetOthers(database, statement, "SELECT part FROM remaining");
  }

  /** Makes a table of this connection's own. */
  private void fill(Statement statement, String table, List<String> rows) throws SQLException {
    String name = table.substring(0, table.indexOf(' '));
    database.execute(statement, "CREATE OR REPLACE TEMP TABLE " + table);
    if (!rows.isEmpty()) {
      database.execute(statement, "INSERT INTO " + name + " VALUES " + String.join(",", rows));
    }
  }

  /** From when to when a sensor reported, in seconds, and which partition has the newest. */
  private record Span(long first, long newest, int part) {

    Known with(Reading reading) {
      return new Known(part, new SensorSummary(reading, Instant.ofEpochSecond(first)));
    }
  }
}
