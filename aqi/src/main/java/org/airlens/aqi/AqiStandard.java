package org.airlens.aqi;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An air-quality index: from concentrations to an index, a band, a colour and advice. Immutable and
 * safe for any number of threads. Found by id in {@link AqiStandards}.
 */
public sealed interface AqiStandard permits BandedStandard {

  /**
   * What {@link #indexOf} returns when there is no index. It is below every index, so {@link
   * Math#max(double, double)} of several look-ups is the overall index.
   */
  double NO_INDEX = -1;

  /** The name a person types: {@code uk-daqi}. */
  String id();

  /** The name a person reads. */
  String label();

  /** Which edition this is, with its year. */
  String edition();

  /** The published documents the numbers come from, at least two. */
  List<String> sources();

  /** The pollutants this standard is defined on, in the order of {@link Pollutant}. */
  List<Pollutant> pollutants();

  /**
   * Over which time the pollutant's concentration must be averaged before the look-up.
   *
   * @throws IllegalArgumentException when the standard is not defined on the pollutant
   */
  Averaging averaging(Pollutant pollutant);

  /**
   * The bands of a pollutant, cleanest air first; they cover every concentration from 0.
   *
   * @throws IllegalArgumentException when the standard is not defined on the pollutant
   */
  List<Band> bands(Pollutant pollutant);

  /**
   * What the standard says about a pollutant, as data.
   *
   * @throws IllegalArgumentException when the standard is not defined on the pollutant
   */
  IndexTable table(Pollutant pollutant);

  /**
   * The index of a concentration. Never lower for a higher concentration. Allocates nothing.
   *
   * @param concentration µg/m³, any {@code double}
   * @return the index, or {@link #NO_INDEX} when the concentration is negative, NaN or infinite, or
   *     the standard is not defined on the pollutant. Negative zero is zero
   */
  double indexOf(Pollutant pollutant, double concentration);

  /** The index of a concentration with its band; empty where {@link #indexOf} finds none. */
  Optional<Assessment> assess(Pollutant pollutant, double concentration);

  /**
   * The overall index of a place: that of its worst pollutant, the first of them in the order of
   * {@link Pollutant} when several are equal. A concentration without an index does not count.
   *
   * @param concentrations µg/m³ by pollutant
   * @return empty when no concentration has an index
   */
  default Optional<Assessment> assess(Map<Pollutant, Double> concentrations) {
    return concentrations.entrySet().stream()
        .flatMap(entry -> assess(entry.getKey(), entry.getValue()).stream())
        .max(
            Comparator.comparingDouble(Assessment::index)
                .thenComparing(Assessment::pollutant, Comparator.reverseOrder()));
  }
}
