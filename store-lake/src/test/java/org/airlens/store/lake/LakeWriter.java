package org.airlens.store.lake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.airlens.model.Location;
import org.airlens.model.Position;
import org.airlens.model.Reading;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Writes a lake as the Spark engine does: each batch a commit of the partitions it touches, then a
 * new list, and the version before the former goes. Thread-safe.
 */
final class LakeWriter implements AutoCloseable {

  private static final int VERSIONS_KEPT = 2;

  private final Path folder;
  private final Set<String> columns;
  private final Map<Identity, Reading> readings = new TreeMap<>();
  private final Map<String, String> partitions = new TreeMap<>();
  private final DuckDBConnection connection;
  private int version;
  private int commits;

  private record Identity(Instant timestamp, long sensor) implements Comparable<Identity> {
    @Override
    public int compareTo(Identity other) {
      return Comparator.comparing(Identity::timestamp)
          .thenComparingLong(Identity::sensor)
          .compare(this, other);
    }
  }

  /** A lake of no readings in this folder. */
  LakeWriter(Path folder) {
    this(folder, Columns.all().keySet());
  }

  /** A lake whose files have these columns only. */
  LakeWriter(Path folder, Set<String> columns) {
    this.folder = folder;
    this.columns = columns;
    try {
      connection = DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    publish();
  }

  /** What the lake holds. */
  synchronized List<Reading> readings() {
    return List.copyOf(readings.values());
  }

  synchronized void write(List<Reading> batch) {
    Set<String> touched = new TreeSet<>();
    for (Reading reading : batch) {
      Reading former =
          readings.put(new Identity(reading.timestamp(), reading.sensor().id()), reading);
      touched.add(slot(reading));
      if (former != null) {
        touched.add(slot(former));
      }
    }
    rewrite(touched);
  }

  synchronized int dropBefore(Instant cutoff) {
    String day = "day=" + cutoff.atZone(ZoneOffset.UTC).toLocalDate();
    Set<String> dropped =
        partitions.keySet().stream()
            .filter(slot -> slot.substring(0, slot.indexOf('/')).compareTo(day) < 0)
            .collect(Collectors.toSet());
    readings.values().removeIf(reading -> dropped.contains(slot(reading)));
    rewrite(dropped);
    return (int)
        dropped.stream().map(slot -> slot.substring(0, slot.indexOf('/'))).distinct().count();
  }

  private void rewrite(Set<String> slots) {
    if (slots.isEmpty()) {
      return;
    }
    String commit = "commit=%08d".formatted(++commits);
    Map<String, List<Reading>> rows =
        readings.values().stream()
            .filter(reading -> slots.contains(slot(reading)))
            .collect(Collectors.groupingBy(LakeWriter::slot));
    try {
      for (String slot : slots) {
        partitions.remove(slot);
        if (rows.containsKey(slot)) {
          partitions.put(slot, commit + "/" + slot);
          Path part = folder.resolve(LakeLayout.DATA).resolve(commit).resolve(slot);
          Files.createDirectories(part);
          copy(rows.getOrDefault(slot, List.of()), part.resolve("part-0.zstd.parquet"));
        }
      }
    } catch (SQLException | IOException e) {
      throw new IllegalStateException(e);
    }
    publish();
  }

  private void copy(List<Reading> rows, Path file) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          Columns.all().entrySet().stream()
              .map(column -> Sql.identifier(column.getKey()) + " " + column.getValue())
              .collect(Collectors.joining(", ", "CREATE OR REPLACE TABLE rows (", ")")));
      try (DuckDBAppender appender = connection.createAppender("rows")) {
        for (Reading row : rows) {
          append(appender, row);
        }
      }
      String selected = columns.stream().map(Sql::identifier).collect(Collectors.joining(", "));
      statement.execute(
          "COPY (SELECT %s FROM rows) TO %s (FORMAT parquet, COMPRESSION zstd)"
              .formatted(selected, Sql.text(file.toString())));
    }
  }

  private static void append(DuckDBAppender row, Reading reading) throws SQLException {
    Location place = reading.location();
    row.beginRow();
    row.append(reading.sensor().id());
    row.appendEpochMicros(reading.timestamp().getEpochSecond() * 1_000_000);
    row.append(place.id());
    row.append(place.position().map(Position::latitude).orElse(null));
    row.append(place.position().map(Position::longitude).orElse(null));
    append(row, place.altitude());
    row.append(place.country());
    row.append(place.exact());
    row.append(place.indoor().orElse(null));
    row.append(reading.sensor().type().id());
    row.append(reading.sensor().type().name());
    row.append(reading.sensor().type().manufacturer());
    row.append(reading.sensor().pin());
    row.append(reading.aqi().isPresent() ? (Integer) reading.aqi().getAsInt() : null);
    for (String measure : Columns.MEASURES) {
      append(row, reading.values().get(measure));
    }
    Map<String, Double> others = new LinkedHashMap<>(reading.values().toMap());
    others.keySet().removeAll(Columns.MEASURES);
    row.append(others);
    row.endRow();
  }

  private static void append(DuckDBAppender row, OptionalDouble value) throws SQLException {
    @Nullable Double number = value.isPresent() ? (Double) value.getAsDouble() : null;
    row.append(number);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Day and make, as Spark names folders. */
  static String slot(Reading reading) {
    String make = reading.sensor().type().name().toLowerCase(Locale.ROOT);
    StringBuilder folder = new StringBuilder();
    make.chars()
        .forEach(c -> {
          if (c < ' ' || "\"#%'*/:=?\\{[]^\u007f".indexOf(c) >= 0) {
            folder.append("%%%02X".formatted(c));
          } else {
            folder.append((char) c);
          }
        });
    return "day=%s/sensor_type=%s"
        .formatted(
            reading.timestamp().atZone(ZoneOffset.UTC).toLocalDate(),
            make.isEmpty() ? "unknown" : folder);
  }

  private void publish() {
    try {
      Path versions = Files.createDirectories(folder.resolve(LakeLayout.VERSIONS));
      Files.createDirectories(folder.resolve(LakeLayout.DATA));
      version++;
      Path draft = versions.resolve(".draft");
      Files.write(draft, partitions.values(), UTF_8);
      Files.move(draft, versions.resolve(LakeLayout.list(version)), StandardCopyOption.ATOMIC_MOVE);
      prune(versions);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void prune(Path versions) throws IOException {
    Files.deleteIfExists(versions.resolve(LakeLayout.list(version - VERSIONS_KEPT)));
    Set<Path> named = new TreeSet<>();
    for (int kept = Math.max(1, version - VERSIONS_KEPT + 1); kept <= version; kept++) {
      for (String line : Files.readAllLines(versions.resolve(LakeLayout.list(kept)), UTF_8)) {
        named.add(folder.resolve(LakeLayout.DATA).resolve(line));
      }
    }
    try (Stream<Path> all = Files.walk(folder.resolve(LakeLayout.DATA))) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Path part = file.getParent();
        if (part != null && !named.contains(part)) {
          Files.delete(file);
        }
      }
    }
  }
}
