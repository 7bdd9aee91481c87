package org.airlens.store.timestream;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import org.airlens.model.Measure;
import org.airlens.model.Measures;

/**
 * Which columns the table has. It has none of ours in the beginning: each comes with the first
 * record that has a value for it, and a query that names one before fails. Asked for when the store
 * opens, after a write that brought a new one, and now and then for those of other nodes.
 */
final class TableColumns {

  private final Table table;
  private SequencedSet<String> columns = new LinkedHashSet<>();
  private Instant read = Instant.MIN;
  private boolean isStale = true;

  TableColumns(Table table) {
    this.table = table;
  }

  /** What there is now. */
  synchronized Set<String> current() {
    if (isStale || !table.now().isBefore(read.plus(table.address().refresh()))) {
      SequencedSet<String> fresh = new LinkedHashSet<>();
      table.query(
          "DESCRIBE " + table.address().sqlName(), row -> fresh.add(row.getFirst().scalarValue()));
      columns = fresh;
      isStale = false;
      read = table.now();
    }
    return columns;
  }

  /** Learns of the columns of records that are in the table now. */
  synchronized void written(Set<String> names) {
    isStale |= !columns.containsAll(names);
  }

  /** The measures that readings may have: the catalogue's, then others in the table's order. */
  List<String> measures() {
    LinkedHashSet<String> names = new LinkedHashSet<>();
    for (Measure measure : Measures.all()) {
      if (!measure.name().equals(Measures.AQI)) {
        names.add(measure.name());
      }
    }
    names.addAll(stored());
    return new ArrayList<>(names);
  }

  /** The measures that the table has a column for. */
  List<String> stored() {
    return current().stream().map(MeasureColumns::measure).flatMap(Optional::stream).toList();
  }
}
