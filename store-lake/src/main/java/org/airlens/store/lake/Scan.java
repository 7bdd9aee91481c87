package org.airlens.store.lake;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.airlens.store.ReadingFilter;

/** A statement over the readings {@code r} of some partitions. */
final class Scan {

  private final String from;
  private final List<String> conditions;

  private Scan(String from, List<String> conditions) {
    this.from = from;
    this.conditions = conditions;
  }

  /** The filter's readings in these partitions; empty when none can pass. */
  static Optional<Scan> of(List<Snapshot.Part> parts, ReadingFilter filter) {
    return parts.isEmpty()
        ? Optional.empty()
        : Conditions.of(filter)
            .map(conditions -> new Scan(from(parts), new ArrayList<>(conditions)));
  }

  /** Adds a condition. */
  Scan where(String condition) {
    conditions.add(condition);
    return this;
  }

  /** The statement that selects something, with what stands behind the conditions. */
  String sql(String selected, String behind) {
    String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    return "SELECT " + selected + " FROM " + from + where + " " + behind;
  }

  /** The readings of partitions, of which there is one at least. */
  static String from(List<Snapshot.Part> parts) {
    Map<Set<String>, List<Path>> byColumns = new LinkedHashMap<>();
    for (Snapshot.Part part : parts) {
      byColumns
          .computeIfAbsent(part.missing(), _ -> new ArrayList<>())
          .addAll(part.folder().files());
    }
    return byColumns.entrySet().stream()
        .map(group -> read(group.getValue(), group.getKey()))
        .collect(Collectors.joining(" UNION ALL ", "(", ") r"));
  }

  private static String read(List<Path> files, Set<String> missing) {
    String columns =
        Columns.all().entrySet().stream()
            .map(column -> {
              String name = Sql.identifier(column.getKey());
              return missing.contains(column.getKey())
                  ? "NULL::" + column.getValue() + " AS " + name
                  : name;
            })
            .collect(Collectors.joining(", "));
    return "SELECT %s FROM %s".formatted(columns, table(files));
  }

  /** The rows of files; {@code filename} tells whose they are. */
  static String table(List<Path> files) {
    return "read_parquet(%s, hive_partitioning = false)".formatted(Sql.files(files));
  }
}
