package org.airlens.store.embedded;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
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

  private static final List<String> COMMON =
      List.of("P1", "P2", "temperature", "humidity", "pressure");

  private static final Set<String> CATALOGUE = new LinkedHashSet<>(Measures.reported());

  private static final String NAME = "measures.tsv";

  private static final Pattern COLUMN = Pattern.compile("[A-Za-z0-9_]+");

  private final Path root;
  private volatile Map<String, String> columns;

  private MeasureColumns(Path root, Map<String, String> columns) {
    this.root = root;
    this.columns = columns;
  }

  /**
   * Begins with what most sensors measure. A column costs every row eight bytes, and every write a
   * file to be made durable, so the catalogue's others get theirs when they first come.
   */
  static MeasureColumns begin(Path root) {
    MeasureColumns fresh = new MeasureColumns(root, Map.of());
    fresh.use(fresh.noted(COMMON));
    return fresh;
  }

  /**
   * Reads the file.
   *
   * @throws StoreException when it is missing or damaged
   */
  static MeasureColumns read(Path root) {
    Path file = root.resolve(NAME);
    Map<String, String> columns = new LinkedHashMap<>();
    Set<String> taken = new HashSet<>(ReadingsTable.FIXED);
    try {
      for (String line : Files.readAllLines(file)) {
        String[] parts = line.split("\t", -1);
        if (parts.length != 2
            || !Measures.isAcceptableName(parts[0])
            || !COLUMN.matcher(parts[1]).matches()
            || !taken.add(parts[1].toLowerCase(Locale.ROOT))
            || columns.put(parts[0], parts[1]) != null) {
          throw damaged(file);
        }
      }
    } catch (NoSuchFileException e) {
      throw new StoreException(file + " is missing; " + StoreFile.REMEDY, e);
    } catch (CharacterCodingException e) {
      throw damaged(file);
    } catch (IOException e) {
      throw new StoreException(file + " can't be read: " + e, e);
    }
    return new MeasureColumns(root, columns);
  }

  private static StoreException damaged(Path file) {
    return new StoreException(file + " is damaged; " + StoreFile.REMEDY);
  }

  /** The store's folder. */
  Path root() {
    return root;
  }

  /** The file in which the columns stand. */
  Path file() {
    return root.resolve(NAME);
  }

  /** The column of a measure that has one. */
  Optional<String> column(String measure) {
    return Optional.ofNullable(columns.get(measure));
  }

  /** Measure to column, in the order of the columns. */
  Map<String, String> all() {
    return columns;
  }

  /** The catalogue's measures in its order, with a column or not, then the others that have one. */
  List<String> measures() {
    Set<String> measures = new LinkedHashSet<>(CATALOGUE);
    measures.addAll(columns.keySet());
    return List.copyOf(measures);
  }

  /** Those of these measures that may have a column: the catalogue's, and others while few. */
  List<String> accepted(Set<String> measures) {
    long unknown = columns.keySet().stream().filter(name -> !CATALOGUE.contains(name)).count();
    List<String> accepted = new ArrayList<>();
    for (String measure : measures) {
      if (CATALOGUE.contains(measure)) {
        accepted.add(measure);
      } else if (unknown < MAX_UNKNOWN && Measures.isAcceptableName(measure)) {
        accepted.add(measure);
        unknown++;
      }
    }
    return accepted;
  }

  /** These columns and those of further measures, durably noted, in use after {@link #use}. */
  MeasureColumns noted(List<String> measures) {
    Map<String, String> grown = new LinkedHashMap<>(columns);
    Set<String> taken = new HashSet<>(ReadingsTable.FIXED);
    grown.values().forEach(column -> taken.add(column.toLowerCase(Locale.ROOT)));
    for (String measure : measures) {
      String base = measure.replaceAll("[^A-Za-z0-9_]", "_");
      String column = base;
      for (int i = 2; !taken.add(column.toLowerCase(Locale.ROOT)); i++) {
        column = base + "_" + i;
      }
      grown.put(measure, column);
    }
    StringBuilder text = new StringBuilder();
    grown.forEach(
        (measure, column) -> text.append(measure).append('\t').append(column).append('\n'));
    try {
      StoreFolder.replace(root, NAME, text.toString());
    } catch (IOException e) {
      throw StoreFile.unwritable(root, root.resolve(NAME), e);
    }
    return new MeasureColumns(root, grown);
  }

  /** Uses what was noted: once the table has the columns, so that no reader asks for one before. */
  void use(MeasureColumns noted) {
    columns = noted.columns;
  }
}
