package org.airlens.store.embedded.rollup;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.airlens.model.Reading;
import org.airlens.store.embedded.rollup.RolledDays.Due;

/** Rolls up a day: first all sensors, portion by portion in ascending order, then the values. */
public final class Rolling implements AutoCloseable {

  private final Origins origins;
  private final DayWriter writer;
  private final RolledDays days;
  private final Due due;
  private final Set<String> measures = new HashSet<>();

  Rolling(RolledDays days, Due due, Origins origins, DayWriter writer) {
    this.days = days;
    this.due = due;
    this.origins = origins;
    this.writer = writer;
  }

  /** A portion of sensors. */
  public final class Portion {

    private final DayPortion values = new DayPortion();
    private final Map<Long, Known> known = new HashMap<>();

    private Portion() {}

    /**
     * Adds a reading, later than the sensor's one before.
     *
     * @return false when there are too many origins for a roll-up
     */
    public boolean add(Reading reading) {
      Known last = known.get(reading.sensor().id());
      if (last == null
          || !last.origin.sensor().equals(reading.sensor())
          || !last.origin.location().equals(reading.location())) {
        Origin origin = new Origin(reading.sensor(), reading.location());
        last = new Known(origin, origins.number(origin));
        if (last.number < 0) {
          return false;
        }
        known.put(reading.sensor().id(), last);
      }
      values.add(reading, last.number);
      return true;
    }

    /** Writes the portion. */
    public void write() throws IOException {
      writer.write(values);
      measures.addAll(values.measures().keySet());
    }
  }

  /** Begins a portion. */
  public Portion portion() {
    return new Portion();
  }

  /** The measures that were found. */
  public Set<String> measures() {
    return measures;
  }

  /** Writes how often each value of a measure occurs, of all and of each country and make. */
  public void counts(String measure, List<GroupCounts> groups) throws IOException {
    writer.writeCounts(measure, groups);
  }

  /** Ends it; the roll-up counts if nothing was written to the day since it was due. */
  public void finish(long rows) throws IOException {
    origins.force();
    writer.finish(rows, origins);
    days.publish(due);
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }

  private record Known(Origin origin, int number) {}
}
