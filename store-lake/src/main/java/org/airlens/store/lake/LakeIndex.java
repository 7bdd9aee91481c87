package org.airlens.store.lake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.airlens.store.lake.Snapshot.Part;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was seen of the lake's partitions, as tables of a database called {@code kept}: in a file,
 * so that a partition need be looked at only once, or in memory where there is none to be had. What
 * is there can be lost at any time. Not thread-safe.
 */
final class LakeIndex {

  private static final Logger LOG = LoggerFactory.getLogger(LakeIndex.class);

  /** With a number that changes when the tables do. */
  private static final String FILE = "lake-index-1.duckdb";

  /** DuckDB keeps other processes from a file, but not another instance in this one. */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private static final List<String> TABLES =
      List.of(
          "kept.seen (part INTEGER, sensor_id BIGINT, location_id BIGINT, first BIGINT,"
              + " newest BIGINT, readings BIGINT)",
          "kept.named (part INTEGER, name VARCHAR, first BIGINT)",
          "kept.parts (id INTEGER, path VARCHAR, files VARCHAR, missing VARCHAR)");

  private LakeIndex() {}

  /**
   * Has DuckDB open the file in a folder, or memory where that can't be.
   *
   * @return the file, for {@link #release}; empty when it is in memory
   */
  static Optional<Path> attach(Connection connection, Optional<Path> folder) throws SQLException {
    Optional<Path> file = folder.map(place -> place.toAbsolutePath().normalize().resolve(FILE));
    if (file.isPresent() && HELD.add(file.get())) {
      if (isAttached(connection, file.get())) {
        return file;
      }
      HELD.remove(file.get());
    }
    attach(connection, ":memory:");
    return Optional.empty();
  }

  /** Lets another store in this process use the file. */
  static void release(Path file) {
    HELD.remove(file);
  }

  private static boolean isAttached(Connection connection, Path file) {
    try {
      Files.createDirectories(file.getParent());
      attach(connection, file.toString());
      return true;
    } catch (IOException e) {
      LOG.info("{} can't be kept, so each start reads the whole lake: {}", file, e.getMessage());
    } catch (SQLException e) {
      if (Database.said(e).contains("lock")) {
        LOG.info("{} is another process's, so this one reads the whole lake", file);
      } else {
        return isAttachedAnew(connection, file, e);
      }
    }
    return false;
  }

  private static boolean isAttachedAnew(Connection connection, Path file, SQLException failure) {
    LOG.warn("{} is made anew: {}", file, Database.said(failure));
    try {
      delete(file);
      attach(connection, file.toString());
      return true;
    } catch (SQLException e) {
      LOG.warn("{} can't be made: {}", file, Database.said(e));
      return false;
    }
  }

  /** Deletes a file that nobody uses. */
  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
      Files.deleteIfExists(Path.of(file + ".wal"));
    } catch (IOException e) {
      LOG.warn("{} can't be deleted: {}", file, e.getMessage());
    }
  }

  private static void attach(Connection connection, String file) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("ATTACH %s AS kept".formatted(Sql.text(file)));
    }
  }

  /** Makes the tables. */
  static void begin(Database database, Statement statement) throws SQLException {
    for (String table : TABLES) {
      database.execute(statement, "CREATE TABLE IF NOT EXISTS " + table);
    }
  }

  /** Those of these folders that were looked at before, as they are; by path. */
  static Map<String, Part> known(
      Database database, Statement statement, List<LakeFolder.Part> folders) throws SQLException {
    Map<String, LakeFolder.Part> there =
        folders.stream()
            .collect(
                Collectors.toMap(
                    folder -> folder.partition().path(), folder -> folder, (one, _) -> one));
    Map<String, Part> known = new HashMap<>();
    String sql = "SELECT id, path, files, missing FROM kept.parts ORDER BY id";
    try (ResultSet rows = database.unlimited(statement, sql)) {
      while (rows.next()) {
        LakeFolder.Part folder = there.get(rows.getString(2));
        if (folder != null && files(folder).equals(rows.getString(3))) {
          Set<String> missing = new TreeSet<>(Arrays.asList(rows.getString(4).split(",")));
          missing.remove("");
          known.put(rows.getString(2), new Part(rows.getInt(1), folder, missing));
        }
      }
    }
    return known;
  }

  /** Keeps partitions, of which all else is in the tables. */
  static void keep(Database database, Statement statement, List<Part> parts) throws SQLException {
    List<String> rows = new ArrayList<>();
    for (Part part : parts) {
      rows.add(
          "(%d, %s, %s, %s)"
              .formatted(
                  part.id(),
                  Sql.text(part.folder().partition().path()),
                  Sql.text(files(part.folder())),
                  Sql.text(String.join(",", part.missing()))));
    }
    database.execute(statement, "INSERT INTO kept.parts VALUES " + String.join(", ", rows));
  }

  /**
   * Forgets all partitions but some, and what a process did not get done.
   *
   * @param ids a query of their numbers
   */
  static void forgetOthers(Database database, Statement statement, String ids) throws SQLException {
    for (String column : List.of("seen WHERE part", "named WHERE part", "parts WHERE id")) {
      database.execute(statement, "DELETE FROM kept.%s NOT IN (%s)".formatted(column, ids));
    }
  }

  /** Files never change under their names; the size tells a file that was cut off. */
  private static String files(LakeFolder.Part folder) {
    return folder.files().stream()
        .map(file -> file.getFileName().toString())
        .collect(Collectors.joining(",", "", ":" + folder.bytes()));
  }
}
