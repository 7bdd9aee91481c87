package org.airlens.aqi;

import java.util.List;

/**
 * How a scale's bands turn a rounded concentration into an index: as data, so that it can be
 * computed elsewhere than here, by a database for example, without being written twice.
 */
public sealed interface IndexFormula {

  /**
   * Each band is one index.
   *
   * @param indices by band
   */
  record Steps(List<Double> indices) implements IndexFormula {
    /** Copies the indices. */
    public Steps {
      indices = List.copyOf(indices);
    }
  }

  /**
   * Each band has a line.
   *
   * @param lines by band
   */
  record Lines(List<Line> lines) implements IndexFormula {
    /** Copies the lines. */
    public Lines {
      lines = List.copyOf(lines);
    }
  }

  /**
   * The index is how many times a level the concentration is, whatever the band.
   *
   * @param level µg/m³
   */
  record Share(double level) implements IndexFormula {}
}
