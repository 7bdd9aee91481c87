package org.airlens.aqi;

import java.util.List;

/**
 * All that a standard says about a pollutant: what {@link AqiStandard#indexOf} computes with. A
 * concentration that is finite and not negative is rounded; its band is the first whose upper bound
 * is not below that; the formula tells the index.
 *
 * @param rounding what is done to a concentration first
 * @param bands cleanest air first
 * @param formula from the band and the rounded concentration to the index
 */
public record IndexTable(Rounding rounding, List<Band> bands, IndexFormula formula) {

  /** Copies the bands. */
  public IndexTable {
    bands = List.copyOf(bands);
  }
}
