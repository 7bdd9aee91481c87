package org.airlens.aqi;

import java.util.List;

/** The bands of one pollutant, with what turns a concentration into an index. Immutable. */
final class Scale {

  /** The index of a concentration that lies in a band. */
  @FunctionalInterface
  interface IndexRule {
    /**
     * Computes an index.
     *
     * @param band the band's place, from 0
     * @param concentration µg/m³, rounded as the standard rounds
     */
    double index(int band, double concentration);
  }

  private final Averaging averaging;
  private final Rounding rounding;
  private final List<Band> bands;
  private final IndexFormula formula;
  private final double[] upper;
  private final IndexRule rule;

  private Scale(
      Averaging averaging,
      Rounding rounding,
      List<Band> bands,
      IndexFormula formula,
      IndexRule rule) {
    this.averaging = averaging;
    this.rounding = rounding;
    this.bands = List.copyOf(bands);
    this.upper = bands.stream().mapToDouble(Band::upper).toArray();
    this.formula = formula;
    this.rule = rule;
  }

  /** A scale on which each band is one index. */
  static Scale ofSteps(Averaging averaging, Rounding rounding, List<Band> bands) {
    double[] indices = bands.stream().mapToDouble(Band::indexLower).toArray();
    IndexFormula formula = new IndexFormula.Steps(bands.stream().map(Band::indexLower).toList());
    return new Scale(averaging, rounding, bands, formula, (band, concentration) -> indices[band]);
  }

  /** A scale on which each band has a line. */
  static Scale ofLines(Averaging averaging, Rounding rounding, List<Band> bands, Line[] lines) {
    return new Scale(
        averaging,
        rounding,
        bands,
        new IndexFormula.Lines(List.of(lines)),
        (band, concentration) -> lines[band].index(concentration));
  }

  /** A scale that tells how many times a level a concentration is. */
  static Scale ofShares(Averaging averaging, Rounding rounding, List<Band> bands, double level) {
    return new Scale(
        averaging,
        rounding,
        bands,
        new IndexFormula.Share(level),
        (band, concentration) -> concentration / level);
  }

  Averaging averaging() {
    return averaging;
  }

  List<Band> bands() {
    return bands;
  }

  IndexTable table() {
    return new IndexTable(rounding, bands, formula);
  }

  /** The index of a concentration, {@link AqiStandard#NO_INDEX} when it is no concentration. */
  double indexOf(double concentration) {
    if (!isConcentration(concentration)) {
      return AqiStandard.NO_INDEX;
    }
    // Adding zero makes negative zero positive, so that no index is a negative zero.
    double rounded = rounding.apply(concentration + 0.0);
    return rule.index(bandAt(rounded), rounded);
  }

  /** The band of a concentration, for which {@link #isConcentration} holds. */
  Band bandOf(double concentration) {
    return bands.get(bandAt(rounding.apply(concentration)));
  }

  /** Whether there can be an index: finite and not negative; negative zero is zero. */
  static boolean isConcentration(double concentration) {
    return concentration >= 0 && concentration < Double.POSITIVE_INFINITY;
  }

  private int bandAt(double rounded) {
    int band = 0;
    while (rounded > upper[band]) {
      band++;
    }
    return band;
  }
}
