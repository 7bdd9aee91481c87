package org.airlens.store.timestream;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.airlens.model.MeasureValues;
import org.airlens.model.Measures;
import org.airlens.model.Reading;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves out of readings the measures that the service has no room for, and says so once for each
 * name: those beyond the table's names, beyond a record's values or beyond a record's size. A
 * reading's own order decides.
 */
final class MeasureRoom {

  private static final Logger LOG = LoggerFactory.getLogger(MeasureRoom.class);

  private static final int OTHERS = Columns.ATTRIBUTES.size();
  private static final int NUMBER_BYTES = 8;

  /** So many names that are left out are remembered, not to be said again. */
  private static final int MOST_SAID = 10_000;

  private final TableColumns columns;
  private final Set<String> names = ConcurrentHashMap.newKeySet();
  private final Set<String> said = ConcurrentHashMap.newKeySet();

  MeasureRoom(TableColumns columns) {
    this.columns = columns;
  }

  /** The reading with the measures there is room for. */
  Reading fit(Reading reading) {
    MeasureValues values = reading.values();
    int bytes = RecordForm.bytesWithoutMeasures(reading);
    MeasureValues.Builder kept = MeasureValues.builder();
    for (int i = 0; i < values.size(); i++) {
      String name = values.name(i);
      // Its column, its value, and its name among those reported.
      int size = bytes(MeasureColumns.column(name)) + NUMBER_BYTES + bytes(name) + 1;
      if (!Measures.isAcceptableName(name)) {
        leftOut(name, "its name is not acceptable");
      } else if (kept.size() >= Limits.RECORD_MEASURES - OTHERS) {
        leftOut(name, "a record holds at most " + Limits.RECORD_MEASURES + " values");
      } else if (bytes + size > Limits.RECORD_BYTES) {
        leftOut(name, "a record holds at most " + Limits.RECORD_BYTES + " bytes");
      } else if (!hasName(name)) {
        leftOut(name, "a table holds at most " + Limits.TABLE_MEASURES + " names of values");
      } else {
        bytes += size;
        kept.add(name, values.value(i));
      }
    }
    return kept.size() == values.size()
        ? reading
        : new Reading(
            reading.sensor(), reading.location(), reading.timestamp(), kept.build(), reading.aqi());
  }

  private boolean hasName(String name) {
    if (names.contains(name)) {
      return true;
    }
    synchronized (this) {
      if (names.isEmpty()) {
        names.addAll(columns.stored());
      }
      if (!names.contains(name) && names.size() >= Limits.TABLE_MEASURES - OTHERS) {
        return false;
      }
      names.add(name);
      return true;
    }
  }

  private void leftOut(String name, String reason) {
    if (said.size() < MOST_SAID && said.add(name)) {
      LOG.atWarn()
          .addKeyValue("measure", name)
          .addKeyValue("reason", reason)
          .log("a measure is left out");
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
