package org.airlens.store.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.airlens.store.Distribution;
import org.airlens.store.DistributionCollector;
import org.airlens.store.StoreException;
import org.airlens.store.embedded.rollup.GroupCounts;
import org.airlens.store.embedded.rollup.GroupCounts.Group;
import org.airlens.store.embedded.rollup.RolledDays;
import org.airlens.store.embedded.rollup.RolledDays.Due;
import org.airlens.store.embedded.rollup.Rolling;
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
          "the readings of %s can't be rolled up (%s)".formatted(start(due.get().day()), e), e);
    }
    return true;
  }

  /** Ends what is under way, soon. */
  void stop() {
    stopped = true;
  }

  private void rollUp(Due due, Rolling rolling) throws IOException {
    String ofDay = "ts >= '%s' AND ts < '%s'".formatted(start(due.day()), start(due.day() + 1));
    long readings = 0;
    long after = Long.MIN_VALUE;
    for (Portion portion : portions(ofDay)) {
      String ofPortion =
          "%s AND sensor_id > %d AND sensor_id <= %d".formatted(ofDay, after, portion.lastSensor);
      if (!write(rolling, ofPortion)) {
        if (!stopped) {
          LOG.warn("{} is not rolled up: its sensors stood at too many places", start(due.day()));
          days.leave(due);
        }
        return;
      }
      readings += portion.readings;
      after = portion.lastSensor;
    }
    for (String measure : new TreeSet<>(rolling.measures())) {
      if (stopped) {
        return;
      }
      rolling.counts(measure, counts(measure, ofDay));
    }
    rolling.finish(readings);
  }

  private List<Portion> portions(String ofDay) {
    List<Portion> portions = new ArrayList<>();
    long[] open = new long[2]; // How many readings, and the last sensor.
    database.query(
        "SELECT sensor_id, count() FROM readings WHERE %s GROUP BY sensor_id ORDER BY sensor_id"
            .formatted(ofDay),
        row -> {
          open[0] += row.getLong(1);
          open[1] = row.getLong(0);
          if (open[0] >= READINGS_AT_ONCE) {
            portions.add(new Portion(open[1], open[0]));
            open[0] = 0;
          }
          return true;
        });
    if (open[0] > 0) {
      portions.add(new Portion(open[1], open[0]));
    }
    return portions;
  }

  /** Whether the portion is written whole. */
  private boolean write(Rolling rolling, String ofPortion) throws IOException {
    RowReading.Shape shape = rows.shape();
    Rolling.Portion portion = rolling.portion();
    boolean[] whole = {true};
    try {
      database.query(
          "SELECT %s FROM readings WHERE %s ORDER BY ts".formatted(shape.selected(), ofPortion),
          row -> {
            try {
              whole[0] = !stopped && portion.add(shape.read(row));
              return whole[0];
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw new IOException(e.getCause());
    }
    if (whole[0]) {
      portion.write();
    }
    return whole[0];
  }

  private List<GroupCounts> counts(String measure, String ofDay) {
    String value = Sql.measure(columns, measure).orElseThrow();
    String where = "%s AND %s IS NOT NULL".formatted(ofDay, value);
    List<GroupCounts> groups = new ArrayList<>();
    DistributionCollector all = new DistributionCollector();
    database.query(
        "SELECT cast(%s AS DOUBLE), count() FROM readings WHERE %s GROUP BY 1 ORDER BY 1"
            .formatted(value, where),
        row -> {
          all.take(row.getDouble(0), row.getLong(1));
          return true;
        });
    groups.add(counts(Optional.empty(), all));
    Groups open = new Groups(groups);
    database.query(
        """
        SELECT country, sensor_type_name, cast(%s AS DOUBLE), count() FROM readings WHERE %s
        GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        """
            .formatted(value, where),
        row -> {
          open.take(
              new Group(String.valueOf(row.getSymA(0)), String.valueOf(row.getSymA(1))),
              row.getDouble(2),
              row.getLong(3));
          return true;
        });
    open.finish();
    return groups;
  }

  private static GroupCounts counts(Optional<Group> group, DistributionCollector collected) {
    Distribution distribution = collected.of(0);
    return new GroupCounts(group, distribution.values(), distribution.counts());
  }

  private static Instant start(long day) {
    return Instant.ofEpochSecond(day * 86_400);
  }

  /**
   * Some sensors.
   *
   * @param lastSensor the highest id
   * @param readings how many readings they have
   */
  private record Portion(long lastSensor, long readings) {}

  /** Makes lists of values that come group by group. */
  private static final class Groups {

    private final List<GroupCounts> finished;
    private Optional<Group> open = Optional.empty();
    private DistributionCollector collected = new DistributionCollector();

    Groups(List<GroupCounts> finished) {
      this.finished = finished;
    }

    void take(Group group, double value, long count) {
      if (open.isPresent() && !open.get().equals(group)) {
        finish();
      }
      open = Optional.of(group);
      collected.take(value, count);
    }

    void finish() {
      if (open.isPresent()) {
        finished.add(counts(open, collected));
        collected = new DistributionCollector();
      }
    }
  }
}
