package org.airlens.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.airlens.model.MeasureValues;
import org.airlens.model.Measures;
import org.airlens.model.Reading;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The names of measures that the catalogue does not know and some reading had. Values are kept
 * whatever their names; the list of names is bounded, for a hostile feed could invent them forever.
 * Thread-safe.
 */
final class OtherNames {

  /** So many names are listed; it makes so many columns of a CSV. */
  static final int MOST = 256;

  private static final Logger LOG = LoggerFactory.getLogger(OtherNames.class);

  private final Connections connections;
  private final Set<String> noted = new HashSet<>();
  private boolean toldThatFull;

  OtherNames(Connections connections) {
    this.connections = connections;
  }

  /** The catalogue's measures, then the noted ones in the order they came. */
  List<String> measures() {
    List<String> names = new ArrayList<>(MeasureColumns.CATALOGUE);
    names.addAll(
        connections.list(
            "list the measures",
            Sql.of("SELECT name FROM other_measures ORDER BY position"),
            row -> row.getString(1)));
    return List.copyOf(names);
  }

  /** Whether any reading may have the measure. */
  boolean mayBe(String measure) {
    return MeasureColumns.value(measure).isPresent()
        && (measure.equals(Measures.AQI)
            || MeasureColumns.hasColumn(measure)
            || isNotedOrUnlisted(measure));
  }

  private boolean isNotedOrUnlisted(String measure) {
    return connections
        .first(
            "look for a measure",
            Sql.of(
                "SELECT count(*) >= ? OR coalesce(bool_or(name = ?), false) FROM other_measures",
                MOST,
                measure),
            row -> row.getBoolean(1))
        .orElse(false);
  }

  /** Notes the names that are new; the connection commits by itself. */
  synchronized void note(Connection connection, List<Reading> readings) throws SQLException {
    Set<String> fresh = new LinkedHashSet<>();
    for (Reading reading : readings) {
      MeasureValues values = reading.values();
      for (int i = 0; i < values.size(); i++) {
        String name = values.name(i);
        if (!MeasureColumns.hasColumn(name) && !noted.contains(name)) {
          fresh.add(name);
        }
      }
    }
    if (fresh.isEmpty() || noted.size() >= MOST) {
      return;
    }
    for (String name : fresh) {
      if (noted.size() >= MOST) {
        tellThatFull(name);
        return;
      }
      Connections.list(
          connection,
          Sql.of(
              """
              INSERT INTO other_measures (name)
              SELECT ? WHERE (SELECT count(*) FROM other_measures) < ?
              ON CONFLICT DO NOTHING RETURNING 0
              """,
              name,
              MOST),
          row -> 0);
      noted.add(name);
    }
  }

  private void tellThatFull(String name) {
    if (!toldThatFull) {
      toldThatFull = true;
      LOG.warn("{} measures are listed; {} and further ones are kept but not listed", MOST, name);
    }
  }
}
