package org.airlens.store.live;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntConsumer;
import org.airlens.model.BoundingBox;
import org.airlens.model.Location;
import org.airlens.model.Position;
import org.airlens.model.Reading;

/**
 * Finds sensors by place: a grid of 1° cells in compressed rows, and a set for each country. Knows
 * sensors by their index in the array it was made from, so it serves every array with the same
 * sensors in the same places. Immutable.
 */
final class PlaceIndex {

  private static final int COLUMNS = 360;
  private static final int ROWS = 180;

  /** Where each cell begins in {@link #byCell}, from south-west, eastwards first; then the end. */
  private final int[] cellStarts;

  private final int[] byCell;

  /** By sensor; NaN, which is in no box, when there is no position. */
  private final double[] latitudes;

  private final double[] longitudes;
  private final Map<String, BitSet> byCountry;

  private PlaceIndex(
      int[] cellStarts,
      int[] byCell,
      double[] latitudes,
      double[] longitudes,
      Map<String, BitSet> byCountry) {
    this.cellStarts = cellStarts;
    this.byCell = byCell;
    this.latitudes = latitudes;
    this.longitudes = longitudes;
    this.byCountry = byCountry;
  }

  /** Indexes where the readings were taken. O(n + cells). */
  static PlaceIndex of(Reading[] readings) {
    double[] latitudes = new double[readings.length];
    double[] longitudes = new double[readings.length];
    Map<String, BitSet> byCountry = new HashMap<>();
    for (int i = 0; i < readings.length; i++) {
      Location location = readings[i].location();
      latitudes[i] = location.position().map(Position::latitude).orElse(Double.NaN);
      longitudes[i] = location.position().map(Position::longitude).orElse(Double.NaN);
      byCountry.computeIfAbsent(location.country(), _ -> new BitSet()).set(i);
    }
    int[] cellStarts = cellStarts(latitudes, longitudes);
    int[] byCell = byCell(cellStarts, latitudes, longitudes);
    return new PlaceIndex(cellStarts, byCell, latitudes, longitudes, byCountry);
  }

  private static int[] cellStarts(double[] latitudes, double[] longitudes) {
    int[] starts = new int[ROWS * COLUMNS + 1];
    for (int i = 0; i < latitudes.length; i++) {
      if (!Double.isNaN(latitudes[i])) {
        starts[cell(row(latitudes[i]), column(longitudes[i])) + 1]++;
      }
    }
    for (int cell = 0; cell < ROWS * COLUMNS; cell++) {
      starts[cell + 1] += starts[cell];
    }
    return starts;
  }

  /** Sorts by counting: each sensor goes where its cell's share has room next. */
  private static int[] byCell(int[] cellStarts, double[] latitudes, double[] longitudes) {
    int[] sorted = new int[cellStarts[ROWS * COLUMNS]];
    int[] next = cellStarts.clone();
    for (int i = 0; i < latitudes.length; i++) {
      if (!Double.isNaN(latitudes[i])) {
        sorted[next[cell(row(latitudes[i]), column(longitudes[i]))]++] = i;
      }
    }
    return sorted;
  }

  /** Visits the sensors inside the box or on its edge, ascending. */
  void within(BoundingBox box, IntConsumer visitor) {
    if (candidates(box) > latitudes.length / 2) {
      // Reading the whole arrays in order beats jumping about in most of them.
      for (int sensor = 0; sensor < latitudes.length; sensor++) {
        if (isInside(box, sensor)) {
          visitor.accept(sensor);
        }
      }
    } else {
      visitAll(found(box), visitor);
    }
  }

  /** Visits the sensors of a country, ascending. */
  void inCountry(String country, IntConsumer visitor) {
    visitAll(byCountry.getOrDefault(country, new BitSet()), visitor);
  }

  /** How many sensors are in the cells that the box touches. */
  private int candidates(BoundingBox box) {
    int count = 0;
    for (int row = row(box.south()); row <= row(box.north()); row++) {
      if (box.crossesAntimeridian()) {
        count += start(row + 1, 0) - start(row, column(box.west()));
        count += start(row, column(box.east()) + 1) - start(row, 0);
      } else {
        count += start(row, column(box.east()) + 1) - start(row, column(box.west()));
      }
    }
    return count;
  }

  /** A set, since its order is the sensors' and a cell that the box meets twice counts once. */
  private BitSet found(BoundingBox box) {
    BitSet found = new BitSet(latitudes.length);
    for (int row = row(box.south()); row <= row(box.north()); row++) {
      if (box.crossesAntimeridian()) {
        collect(found, box, start(row, column(box.west())), start(row + 1, 0));
        collect(found, box, start(row, 0), start(row, column(box.east()) + 1));
      } else {
        collect(found, box, start(row, column(box.west())), start(row, column(box.east()) + 1));
      }
    }
    return found;
  }

  private void collect(BitSet found, BoundingBox box, int from, int to) {
    for (int i = from; i < to; i++) {
      if (isInside(box, byCell[i])) {
        found.set(byCell[i]);
      }
    }
  }

  /** As {@link BoundingBox#contains}, without an object for each position. */
  private boolean isInside(BoundingBox box, int sensor) {
    double latitude = latitudes[sensor];
    double longitude = longitudes[sensor];
    return latitude >= box.south()
        && latitude <= box.north()
        && (box.crossesAntimeridian()
            ? longitude >= box.west() || longitude <= box.east()
            : longitude >= box.west() && longitude <= box.east());
  }

  private static void visitAll(BitSet sensors, IntConsumer visitor) {
    int sensor = sensors.nextSetBit(0);
    while (sensor >= 0) {
      visitor.accept(sensor);
      sensor = sensors.nextSetBit(sensor + 1);
    }
  }

  /** Where the cell begins in {@link #byCell}; column {@value #COLUMNS} is the next row's first. */
  private int start(int row, int column) {
    return cellStarts[cell(row, column)];
  }

  private static int cell(int row, int column) {
    return row * COLUMNS + column;
  }

  /** The pole lies in the last row and the antimeridian's eastern end in the last column. */
  private static int row(double latitude) {
    return Math.min((int) (latitude + 90), ROWS - 1);
  }

  private static int column(double longitude) {
    return Math.min((int) (longitude + 180), COLUMNS - 1);
  }
}
