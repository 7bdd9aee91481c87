package org.airlens.store.embedded;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.airlens.store.Distribution;
import org.airlens.store.DistributionCollector;
import org.airlens.store.StoreException;
import org.airlens.store.embedded.rollup.Days;
import org.airlens.store.embedded.rollup.GroupCounts;
import org.airlens.store.embedded.rollup.GroupCounts.Group;
import org.airlens.store.embedded.rollup.RolledDays;
import org.airlens.store.embedded.rollup.RolledDays.Due;
import org.airlens.store.embedded.rollup.Rolling;
import org.airlens.store.embedded.rollup.ValueCounts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rolls up days, beside those who read and write. */
final class RollingUp {

  private static final Logger LOG = LoggerFactory.getLogger(RollingUp.class);

  /** So many readings are in memory at a time: about 40 bytes for each of their values. */
  private static final long READINGS_AT_ONCE = 150_000;

  private final Database database;
  private final MeasureColumns columns;
  private final RowReading rows;
  private final RolledDays days;
  private volatile boolean stopped;

  RollingUp(Database database, MeasureColumns columns, RowReading rows, RolledDays days) {
    this.database = database;
    this.columns = columns;
    this.rows = rows;
    this.days = days;
  }

  /** Rolls up the next day that is due; false when there is none. */
  synchronized boolean next(Duration quiet) {
    Optional<Due> due = stopped ? Optional.empty() : days.due(quiet);
    if (due.isEmpty()) {
      return false;
    }
    try (Rolling rolling = days.roll(due.get())) {
      rollUp(due.get(), rolling);
    } catch (IOException e) {
      throw new StoreException(
          "the readings of %s can't be rolled up (%s)".formatted(Days.start(due.get().day()), e),
          e);
    }
    return true;
  }

  /** Ends what is under way, soon. */
  void stop() {
    stopped = true;
  }

  private void rollUp(Due due, Rolling rolling) throws IOException {
    Instant start = Days.start(due.day());
    Instant end = Days.start(due.day() + 1);
    List<String> ofDay = List.of("ts >= " + Sql.timestamp(start), "ts < " + Sql.timestamp(end));
    long readings = 0;
    for (SensorPortion portion :
        SensorPortion.of(database, ofDay, READINGS_AT_ONCE, Long.MAX_VALUE)) {
      if (!write(rolling, portion.of(ofDay))) {
        if (!stopped) {
          LOG.warn("{} is not rolled up: its sensors stood at too many places", start);
          days.leave(due);
        }
        return;
      }
      readings += portion.rows();
    }
    for (String measure : new TreeSet<>(rolling.measures())) {
      if (stopped) {
        return;
      }
      rolling.counts(measure, counts(measure, ofDay));
    }
    rolling.finish(readings);
  }

  /** Whether the portion is written whole. */
  private boolean write(Rolling rolling, List<String> ofPortion) throws IOException {
    RowReading.Shape shape = rows.shape();
    Rolling.Portion portion = rolling.portion();
    boolean[] whole = {true};
    database.query(
        "SELECT %s FROM readings%s ORDER BY ts".formatted(shape.selected(), Sql.where(ofPortion)),
        row -> {
          whole[0] = !stopped && portion.add(shape.read(row));
          return whole[0];
        });
    if (whole[0]) {
      portion.write();
    }
    return whole[0];
  }

  private List<GroupCounts> counts(String measure, List<String> ofDay) {
    String value = Sql.measure(columns, measure).orElseThrow();
    List<String> conditions = new ArrayList<>(ofDay);
    conditions.add(value + " IS NOT NULL");
    Groups groups = new Groups();
    database.query(
        """
        SELECT country, sensor_type_name, cast(%s AS DOUBLE), count() FROM readings%s
        GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        """
            .formatted(value, Sql.where(conditions)),
        row -> {
          groups.take(
              new Group(String.valueOf(row.getSymA(0)), String.valueOf(row.getSymA(1))),
              row.getDouble(2),
              row.getLong(3));
          return true;
        });
    return groups.all();
  }

  private static GroupCounts counts(Optional<Group> group, DistributionCollector collected) {
    Distribution distribution = collected.of(0);
    return new GroupCounts(group, distribution.values(), distribution.counts());
  }

  /** Makes lists of values that come group by group. */
  private static final class Groups {

    private final List<GroupCounts> finished = new ArrayList<>();
    private final ValueCounts sums = new ValueCounts();
    private Optional<Group> open = Optional.empty();
    private DistributionCollector collected = new DistributionCollector();

    void take(Group group, double value, long count) {
      if (open.isPresent() && !open.get().equals(group)) {
        finish();
      }
      open = Optional.of(group);
      collected.take(value, count);
    }

    /** All groups, and before them all together. */
    List<GroupCounts> all() {
      finish();
      DistributionCollector together = new DistributionCollector();
      sums.tell(together);
      finished.addFirst(counts(Optional.empty(), together));
      return finished;
    }

    private void finish() {
      if (open.isPresent()) {
        GroupCounts group = counts(open, collected);
        finished.add(group);
        sums.add(group.values(), group.counts());
        collected = new DistributionCollector();
      }
    }
  }
}
