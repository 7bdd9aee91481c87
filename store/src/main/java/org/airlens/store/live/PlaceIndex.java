package org.airlens.store.live;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.airlens.model.BoundingBox;
import org.airlens.model.Position;
import org.airlens.model.Reading;

/**
 * Finds sensors by place: a grid of 1° cells in compressed rows, and a set for each country. Knows
 * sensors by their index in the array it was made from, so it serves every array with the same
 * sensors in the same places. Immutable.
 *
 * <p>Answers are sets of indices: their order is the array's, and a cell met twice, as by a box
 * that wraps around the world into its own first column, counts once.
 */
final class PlaceIndex {

  private static final int COLUMNS = 360;
  private static final int ROWS = 180;

  /** Where each cell begins in the arrays below, from south-west, eastwards first; then the end. */
  private final int[] cellStarts;

  private final int[] sensors;
  private final double[] latitudes;
  private final double[] longitudes;
  private final Map<String, BitSet> byCountry;

  private PlaceIndex(
      int[] cellStarts,
      int[] sensors,
      double[] latitudes,
      double[] longitudes,
      Map<String, BitSet> byCountry) {
    this.cellStarts = cellStarts;
    this.sensors = sensors;
    this.latitudes = latitudes;
    this.longitudes = longitudes;
    this.byCountry = byCountry;
  }

  /** Indexes where the readings were taken. O(n + cells), a counting sort. */
  static PlaceIndex of(Reading[] readings) {
    int[] cells = new int[readings.length];
    int[] starts = new int[ROWS * COLUMNS + 1];
    Map<String, BitSet> byCountry = new HashMap<>();
    for (int i = 0; i < readings.length; i++) {
      cells[i] = readings[i].location().position().map(PlaceIndex::cell).orElse(-1);
      if (cells[i] >= 0) {
        starts[cells[i] + 1]++;
      }
      byCountry.computeIfAbsent(readings[i].location().country(), _ -> new BitSet()).set(i);
    }
    for (int cell = 0; cell < ROWS * COLUMNS; cell++) {
      starts[cell + 1] += starts[cell];
    }

    int placed = starts[ROWS * COLUMNS];
    int[] sensors = new int[placed];
    double[] latitudes = new double[placed];
    double[] longitudes = new double[placed];
    int[] next = starts.clone();
    for (int i = 0; i < readings.length; i++) {
      Optional<Position> position = readings[i].location().position();
      if (position.isPresent()) {
        int at = next[cells[i]]++;
        sensors[at] = i;
        latitudes[at] = position.get().latitude();
        longitudes[at] = position.get().longitude();
      }
    }
    return new PlaceIndex(starts, sensors, latitudes, longitudes, byCountry);
  }

  /** The sensors inside the box or on its edge. */
  BitSet within(BoundingBox box) {
    BitSet found = new BitSet();
    if (box.crossesAntimeridian()) {
      collect(found, box.west(), box.south(), 180, box.north());
      collect(found, -180, box.south(), box.east(), box.north());
    } else {
      collect(found, box.west(), box.south(), box.east(), box.north());
    }
    return found;
  }

  /** The sensors of a country; the caller must not change the set. */
  BitSet inCountry(String country) {
    return byCountry.getOrDefault(country, new BitSet());
  }

  private void collect(BitSet found, double west, double south, double east, double north) {
    for (int row = row(south); row <= row(north); row++) {
      int from = cellStarts[row * COLUMNS + column(west)];
      int to = cellStarts[row * COLUMNS + column(east) + 1];
      for (int i = from; i < to; i++) {
        if (longitudes[i] >= west
            && longitudes[i] <= east
            && latitudes[i] >= south
            && latitudes[i] <= north) {
          found.set(sensors[i]);
        }
      }
    }
  }

  private static int cell(Position position) {
    return row(position.latitude()) * COLUMNS + column(position.longitude());
  }

  /** The pole lies in the last row and the antimeridian's eastern end in the last column. */
  private static int row(double latitude) {
    return Math.min((int) (latitude + 90), ROWS - 1);
  }

  private static int column(double longitude) {
    return Math.min((int) (longitude + 180), COLUMNS - 1);
  }
}
