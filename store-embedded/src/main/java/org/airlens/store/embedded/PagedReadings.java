package org.airlens.store.embedded;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalDouble;
import org.airlens.model.Reading;
import org.airlens.store.PageKey;
import org.airlens.store.ReadingQuery;
import org.airlens.store.ReadingSort;

/**
 * Reads a listing of any length page by page, each page going on behind the last row of the former:
 * no sort ever holds more than a page, no cursor stays open between pages.
 */
final class PagedReadings implements Iterator<Reading> {

  private static final int PAGE = 20_000;
  private static final Duration NARROWEST = Duration.ofMinutes(10);
  private static final Duration WIDEST = Duration.ofDays(128);

  /** No window is widened over more rows than may be looked through for one page. */
  private static final long WIDEST_ROWS = 500_000;

  private final Database database;
  private final RowReading.Shape shape;
  private final ReadingSort sort;
  private final String key;
  private final List<String> conditions;
  private final long pageRows;
  private final Deque<Reading> page = new ArrayDeque<>();

  private Optional<PageKey> after;
  private Phase phase;
  private Instant edge = Instant.EPOCH;
  private Instant last = Instant.EPOCH;
  private Duration window = NARROWEST;

  PagedReadings(
      Database database,
      MeasureColumns columns,
      RowReading rows,
      List<String> conditions,
      ReadingQuery query) {
    this.database = database;
    this.conditions = conditions;
    shape = rows.shape();
    sort = query.sort();
    after = query.after();
    pageRows = Math.min(PAGE, query.limit().orElse(PAGE));
    Optional<String> column =
        sort.key().equals(ReadingSort.TIMESTAMP)
            ? Optional.of("ts")
            : ReadingSort.FIELDS.contains(sort.key())
                ? Optional.of(sort.key()) // Their columns have their names.
                : Sql.measure(columns, sort.key());
    key = column.orElse("ts");
    if (sort.key().equals(ReadingSort.TIMESTAMP)) {
      phase = Phase.BY_TIME;
    } else if (column.isEmpty()) {
      phase = Phase.WITHOUT_VALUE; // Nobody has the measure: all come last, newest first.
    } else if (after.isPresent() && after.get().value().isEmpty()) {
      phase = Phase.WITHOUT_VALUE;
    } else {
      phase = Phase.WITH_VALUE;
    }
    if (phase != Phase.WITH_VALUE) {
      enterTime();
    }
  }

  @Override
  public boolean hasNext() {
    while (page.isEmpty() && phase != Phase.DONE) {
      if (phase == Phase.WITH_VALUE) {
        readByValue();
      } else {
        readWindow();
      }
    }
    return !page.isEmpty();
  }

  @Override
  public Reading next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return page.remove();
  }

  private void readByValue() {
    List<String> all = new ArrayList<>(conditions);
    all.add(key + " IS NOT NULL");
    after.ifPresent(place -> all.add(behindValue(place)));
    int read =
        read(all, "%s %s, ts DESC, sensor_id".formatted(key, sort.descending() ? "DESC" : "ASC"));
    if (read < pageRows) {
      after = Optional.empty();
      if (ReadingSort.IDS.contains(sort.key())) {
        phase = Phase.DONE;
      } else {
        phase = Phase.WITHOUT_VALUE;
        enterTime();
      }
    }
  }

  /** Sets the edge from which time windows go on, and the last instant there is. */
  private void enterTime() {
    database.query(
        "SELECT min(ts), max(ts) FROM readings" + Sql.where(timeConditions()),
        row -> {
          if (row.getTimestamp(0) == Long.MIN_VALUE) {
            phase = Phase.DONE;
          } else {
            Instant oldest = RowReading.instant(row.getTimestamp(0));
            Instant newest = RowReading.instant(row.getTimestamp(1));
            edge = descendingTime() ? newest : oldest;
            last = descendingTime() ? oldest : newest;
          }
          return false;
        });
    if (after.isPresent()) {
      Instant place = after.get().timestamp();
      if (descendingTime() ? place.isBefore(edge) : place.isAfter(edge)) {
        edge = place;
      }
    }
  }

  /** Reads the rows of one window of time, or its first page. */
  private void readWindow() {
    if (descendingTime() ? edge.isBefore(last) : edge.isAfter(last)) {
      phase = Phase.DONE;
      return;
    }
    List<String> all = new ArrayList<>(conditions);
    if (phase == Phase.WITHOUT_VALUE && !key.equals("ts")) {
      all.add(key + " IS NULL");
    }
    Instant far = descendingTime() ? edge.minus(window) : edge.plus(window);
    all.add((descendingTime() ? "ts <= " : "ts >= ") + Sql.timestamp(edge));
    all.add((descendingTime() ? "ts > " : "ts < ") + Sql.timestamp(far));
    after.ifPresent(place -> all.add(behindTime(place)));
    int read = read(all, descendingTime() ? "ts DESC, sensor_id" : "ts, sensor_id");
    if (read == pageRows) {
      edge = after.orElseThrow().timestamp();
      window = window.compareTo(NARROWEST) > 0 ? window.dividedBy(2) : window;
    } else {
      edge = far;
      after = Optional.empty();
      if (read * 4L < pageRows) {
        widen();
      }
    }
  }

  /** Goes over to the next row there is, which may be years away, with a window that is wider. */
  private void widen() {
    goToNextRow();
    Duration wider = window.multipliedBy(2);
    if (phase != Phase.DONE && wider.compareTo(WIDEST) <= 0) {
      Instant far = descendingTime() ? edge.minus(wider) : edge.plus(wider);
      String rows =
          "SELECT count() FROM readings WHERE ts >= %s AND ts <= %s"
              .formatted(
                  Sql.timestamp(descendingTime() ? far : edge),
                  Sql.timestamp(descendingTime() ? edge : far));
      if (database.list(rows, row -> row.getLong(0)).getFirst() <= WIDEST_ROWS) {
        window = wider;
      }
    }
  }

  private void goToNextRow() {
    String next =
        "SELECT ts FROM readings WHERE ts %s %s ORDER BY ts%s LIMIT 1"
            .formatted(
                descendingTime() ? "<=" : ">=",
                Sql.timestamp(edge),
                descendingTime() ? " DESC" : "");
    List<Instant> found = database.list(next, row -> RowReading.instant(row.getTimestamp(0)));
    if (found.isEmpty()) {
      phase = Phase.DONE;
    } else {
      edge = found.getFirst();
    }
  }

  private int read(List<String> all, String order) {
    List<Reading> read =
        database.list(
            "SELECT %s FROM readings%s ORDER BY %s LIMIT %d"
                .formatted(shape.selected(), Sql.where(all), order, pageRows),
            shape::read);
    page.addAll(read);
    if (!read.isEmpty()) {
      after = Optional.of(PageKey.of(read.getLast(), sort));
    }
    return read.size();
  }

  private boolean descendingTime() {
    return phase == Phase.WITHOUT_VALUE || sort.descending();
  }

  /** The conditions with their time bounds only, which the table answers from its partitions. */
  private List<String> timeConditions() {
    return conditions.stream().filter(condition -> condition.startsWith("ts ")).toList();
  }

  private String behindValue(PageKey place) {
    OptionalDouble value = place.value();
    String at =
        ReadingSort.IDS.contains(sort.key())
            ? Long.toString((long) value.orElseThrow())
            : Double.toString(value.orElseThrow());
    return "(%s %s %s OR (%s = %s AND %s))"
        .formatted(key, sort.descending() ? "<" : ">", at, key, at, behindTimeDescending(place));
  }

  private String behindTime(PageKey place) {
    return descendingTime()
        ? behindTimeDescending(place)
        : "(ts > %1$s OR (ts = %1$s AND sensor_id > %2$d))"
            .formatted(Sql.timestamp(place.timestamp()), place.sensorId());
  }

  private static String behindTimeDescending(PageKey place) {
    return "(ts < %1$s OR (ts = %1$s AND sensor_id > %2$d))"
        .formatted(Sql.timestamp(place.timestamp()), place.sensorId());
  }

  /** How far the listing has come. */
  private enum Phase {
    BY_TIME,
    WITH_VALUE,
    WITHOUT_VALUE,
    DONE
  }
}
