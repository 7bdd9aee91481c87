package org.airlens.store.postgres;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.airlens.model.Measures;

/** Where a measure's value stands: the catalogue's in a column, another in {@code others}. */
final class MeasureColumns {

  /** The catalogue's measures, {@code aqi} not among them, in its order. */
  static final List<String> CATALOGUE = Measures.reported();

  private static final Set<String> COLUMNS = new LinkedHashSet<>(CATALOGUE);

  /** What is read of a reading, in the order that {@link RowReading} knows. */
  static final String SELECTED = selected();

  private MeasureColumns() {}

  /** Whether the measure has a column. */
  static boolean hasColumn(String measure) {
    return COLUMNS.contains(measure);
  }

  /** The expression of a measure's value in {@code readings r}, empty when none can have it. */
  static Optional<String> value(String measure) {
    if (measure.equals(Measures.AQI)) {
      return Optional.of("r.aqi");
    }
    if (hasColumn(measure)) {
      return Optional.of("r." + Sql.identifier(measure));
    }
    // An acceptable name holds neither quotes nor backslashes.
    return Measures.isAcceptableName(measure)
        ? Optional.of("(r.others ->> '" + measure + "')::double precision")
        : Optional.empty();
  }

  /** The expression of the value, as a double, of a measure that can have one. */
  static String number(String measure) {
    return value(measure).orElseThrow() + "::double precision";
  }

  private static String selected() {
    List<String> columns = new ArrayList<>(List.of("r.sensor_id", "r.ts", "r.origin_id", "r.aqi"));
    CATALOGUE.forEach(name -> columns.add("r." + Sql.identifier(name)));
    columns.add("r.others");
    return String.join(", ", columns);
  }
}
