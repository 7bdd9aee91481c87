package org.airlens.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.airlens.model.Measure;
import org.airlens.model.Measures;
import org.airlens.store.StoreException;

/**
 * Which measure stands in which column. Columns are named like their measures wherever QuestDB,
 * which does not tell upper from lower case, allows it. Changed by the one writer; read by any
 * thread.
 */
final class MeasureColumns {

  /**
   * So many measures beyond the catalogue get a column; a hostile feed could invent them forever.
   */
  static final int MAX_UNKNOWN = 256;

  private static final Set<String> TAKEN =
      Set.of(
          "ts",
          "sensor_id",
          "location_id",
          "latitude",
          "longitude",
          "altitude",
          "country",
          "exact_location",
          "indoor",
          "sensor_pin",
          "sensor_type_id",
          "sensor_type_name",
          "sensor_type_manufacturer",
          "aqi");

  private static final String NAME = "measures.tsv";

  private final Path root;
  private volatile Map<String, String> columns;

  private MeasureColumns(Path root, Map<String, String> columns) {
    this.root = root;
    this.columns = columns;
  }

  /** Reads the file, or begins with the catalogue where there is none. */
  static MeasureColumns open(Path root) {
    Path file = root.resolve(NAME);
    try {
      if (!Files.exists(file)) {
        MeasureColumns fresh = new MeasureColumns(root, Map.of());
        List<String> catalogue = new ArrayList<>();
        for (Measure measure : Measures.all()) {
          if (!measure.name().equals(Measures.AQI)) {
            catalogue.add(measure.name());
          }
        }
        fresh.add(catalogue);
        return fresh;
      }
      Map<String, String> columns = new LinkedHashMap<>();
      for (String line : Files.readAllLines(file)) {
        String[] parts = line.split("\t", -1);
        if (parts.length != 2) {
          throw new StoreException(
              file + " is damaged; restore the store folder from a backup, or choose another");
        }
        columns.put(parts[0], parts[1]);
      }
      return new MeasureColumns(root, columns);
    } catch (IOException e) {
      throw new StoreException(file + " can't be read: " + e.getMessage(), e);
    }
  }

  /** The column of a measure that has one. */
  Optional<String> column(String measure) {
    return Optional.ofNullable(columns.get(measure));
  }

  /** Measure to column, in the order of the columns. */
  Map<String, String> all() {
    return columns;
  }

  /** How many measures may have a column. */
  static int capacity() {
    return Measures.all().size() - 1 + MAX_UNKNOWN;
  }

  /** Gives the measures columns, durably, and returns these. */
  List<String> add(List<String> measures) {
    Map<String, String> grown = new LinkedHashMap<>(columns);
    Set<String> taken = new HashSet<>(TAKEN);
    grown.values().forEach(column -> taken.add(column.toLowerCase(Locale.ROOT)));
    List<String> added = new ArrayList<>();
    for (String measure : measures) {
      String base = measure.replaceAll("[^A-Za-z0-9_]", "_");
      String column = base;
      for (int i = 2; !taken.add(column.toLowerCase(Locale.ROOT)); i++) {
        column = base + "_" + i;
      }
      grown.put(measure, column);
      added.add(column);
    }
    StringBuilder text = new StringBuilder();
    grown.forEach(
        (measure, column) -> text.append(measure).append('\t').append(column).append('\n'));
    try {
      StoreFolder.replace(root, NAME, text.toString());
    } catch (IOException e) {
      throw new StoreException(root.resolve(NAME) + " can't be written: " + e.getMessage(), e);
    }
    columns = grown;
    return added;
  }
}
