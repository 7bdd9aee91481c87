package org.airlens.aqi;

import static org.airlens.aqi.AqiStandard.NO_INDEX;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AqiStandardPropertiesTest {

  private static final double PLAUSIBLE = 2_000;

  /** A standard with one of its pollutants. */
  record Case(AqiStandard standard, Pollutant pollutant) {

    double indexOf(double concentration) {
      return standard.indexOf(pollutant, concentration);
    }
  }

  @Provide
  Arbitrary<Case> cases() {
    return Arbitraries.of(AqiStandards.all())
        .flatMap(standard ->
            Arbitraries.of(standard.pollutants()).map(pollutant -> new Case(standard, pollutant)));
  }

  /** Every bit pattern can come; edges and plausible values come often. */
  @Provide
  Arbitrary<Double> anyDouble() {
    return Arbitraries.oneOf(
        Arbitraries.longs().map(Double::longBitsToDouble),
        Arbitraries.doubles().between(-PLAUSIBLE, PLAUSIBLE).ofScale(1),
        Arbitraries.of(
            0.0,
            -0.0,
            Double.MIN_VALUE,
            -Double.MIN_VALUE,
            Double.MIN_NORMAL,
            Double.MAX_VALUE,
            -Double.MAX_VALUE,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY));
  }

  /** Concentrations near each other and far apart, among them the steps of a band's edge. */
  @Provide
  Arbitrary<double[]> ascendingPairs() {
    Arbitrary<Double> concentration =
        Arbitraries.oneOf(
            Arbitraries.doubles().between(0, PLAUSIBLE).ofScale(1),
            Arbitraries.doubles().between(0, Double.MAX_VALUE));
    Arbitrary<Double> steps =
        Arbitraries.oneOf(
            Arbitraries.just(0.0),
            Arbitraries.doubles().between(0, 2).ofScale(2),
            Arbitraries.doubles().between(0, Double.MAX_VALUE));
    return Combinators.combine(concentration, steps)
        .as((low, step) ->
            new double[] {low, Math.min(Math.max(Math.nextUp(low), low + step), Double.MAX_VALUE)});
  }

  @Property
  void isTotal(@ForAll("cases") Case c, @ForAll("anyDouble") double concentration) {
    double index = c.indexOf(concentration);
    if (Double.isFinite(concentration) && concentration >= 0) {
      assertThat(index).isFinite().isGreaterThanOrEqualTo(0);
    } else {
      assertThat(index).isEqualTo(NO_INDEX);
      assertThat(c.standard().assess(c.pollutant(), concentration)).isEmpty();
    }
  }

  @Property
  void isMonotone(@ForAll("cases") Case c, @ForAll("ascendingPairs") double[] pair) {
    assertThat(c.indexOf(pair[1])).isGreaterThanOrEqualTo(c.indexOf(pair[0]));
  }

  @Property
  void liesInsideTheIndicesOfItsBand(
      @ForAll("cases") Case c, @ForAll("anyDouble") double concentration) {
    c.standard()
        .assess(c.pollutant(), concentration)
        .ifPresent(assessment -> {
          assertThat(assessment.index())
              .isEqualTo(c.indexOf(concentration))
              .isBetween(assessment.band().indexLower(), assessment.band().indexUpper());
          assertThat(c.standard().bands(c.pollutant())).contains(assessment.band());
        });
  }
}
