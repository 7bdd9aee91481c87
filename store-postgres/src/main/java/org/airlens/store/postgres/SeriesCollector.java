package org.airlens.store.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.airlens.store.SensorSeries;
import org.airlens.store.SeriesPage;

/** Rows in order of sensor and time become series, until there are enough points. */
final class SeriesCollector {

  private final int maxPoints;
  private final List<Ending> endings = new ArrayList<>();
  private Columns points = new Columns();
  private Ending ending = new Ending(0, 0, 0, 0, points);
  private long collected;
  private boolean cut;

  SeriesCollector(int maxPoints) {
    this.maxPoints = maxPoints;
  }

  /** Whether further series were left out. */
  boolean isCut() {
    return cut;
  }

  /**
   * Takes a bucket; false when no more are wanted.
   *
   * @param firstOrigin the lowest id among its readings' origins
   * @param lastOrigin the highest
   */
  boolean take(long sensor, long second, double value, int firstOrigin, int lastOrigin) {
    if (points.size() > 0 && sensor != ending.sensorId) {
      finish();
      if (collected >= maxPoints) {
        cut = true;
        return false;
      }
    }
    if (Double.isFinite(value)) { // A sum may leave what a double can hold.
      points.add(second, value);
      ending = new Ending(sensor, second, firstOrigin, lastOrigin, points);
    }
    return true;
  }

  private void finish() {
    endings.add(ending);
    collected += points.size();
    points = new Columns();
  }

  /**
   * What was collected.
   *
   * @param origins finds origins by their ids
   * @param lastOrigin finds the last origin of a series where the last bucket has several
   */
  SeriesPage page(
      Finding<Set<Integer>, Map<Integer, Origin>> origins, Finding<Ending, Integer> lastOrigin)
      throws SQLException {
    if (!cut && points.size() > 0) {
      finish();
    }
    List<Integer> last = new ArrayList<>(endings.size());
    for (Ending one : endings) {
      last.add(one.firstOrigin == one.lastOrigin ? (Integer) one.lastOrigin : lastOrigin.find(one));
    }
    Map<Integer, Origin> found = origins.find(last.stream().collect(Collectors.toSet()));
    List<SensorSeries> series = new ArrayList<>(endings.size());
    for (int i = 0; i < endings.size(); i++) {
      Ending one = endings.get(i);
      Origin origin = found.get(last.get(i));
      if (origin == null) {
        throw new SQLException("the row " + last.get(i) + " of origins is missing");
      }
      series.add(
          new SensorSeries(
              one.sensorId, origin.location().id(), one.points.numbers(), one.points.values()));
    }
    return new SeriesPage(
        series, cut ? OptionalLong.of(endings.getLast().sensorId) : OptionalLong.empty());
  }

  /** Where a series ends. */
  record Ending(
      long sensorId, long bucketSecond, int firstOrigin, int lastOrigin, Columns points) {}

  /** Asks the database. */
  @FunctionalInterface
  interface Finding<Q, A> {
    /** Answers. */
    A find(Q question) throws SQLException;
  }
}
