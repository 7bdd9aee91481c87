package org.airlens.aqi;

import static org.airlens.aqi.AqiStandard.NO_INDEX;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every standard at both edges of each band of each pollutant and half-way to the next. */
class BoundsTest {

  /** The bounds as published, written down here once more. */
  private static final List<String> PUBLISHED =
      List.of(
          "uk-daqi pm25 11 23 35 41 47 53 58 64 70",
          "uk-daqi pm10 16 33 50 58 66 75 83 91 100",
          "uk-daqi o3 33 66 100 120 140 160 187 213 240",
          "uk-daqi no2 67 134 200 267 334 400 467 534 600",
          "uk-daqi so2 88 177 266 354 443 532 710 887 1064",
          "eu-eaqi pm25 5 15 50 90 140",
          "eu-eaqi pm10 15 45 120 195 270",
          "eu-eaqi o3 60 100 120 160 180",
          "eu-eaqi no2 10 25 60 100 150",
          "eu-eaqi so2 20 40 125 190 275",
          "eu-eaqi-2024 pm25 10 20 25 50 75",
          "eu-eaqi-2024 pm10 20 40 50 100 150",
          "eu-eaqi-2024 o3 50 100 130 240 380",
          "eu-eaqi-2024 no2 40 90 120 230 340",
          "eu-eaqi-2024 so2 100 200 350 500 750",
          "us-epa pm25 9.0 35.4 55.4 125.4 225.4",
          "us-epa pm10 54 154 254 354 424",
          "who-2021 pm25 15 25 37.5 50 75",
          "who-2021 pm10 45 50 75 100 150",
          "in-naqi pm25 30 60 90 120 250",
          "in-naqi pm10 50 100 250 350 430");

  /** A published bound between the band with number {@code below}, from 0, and the next. */
  record Bound(AqiStandard standard, Pollutant pollutant, int below, double upper) {

    Band bandAt(double concentration) {
      return standard.assess(pollutant, concentration).orElseThrow().band();
    }

    Band bandBelow() {
      return standard.bands(pollutant).get(below);
    }

    Band bandAbove() {
      return standard.bands(pollutant).get(below + 1);
    }

    double indexAt(double concentration) {
      return standard.indexOf(pollutant, concentration);
    }

    @Override
    public String toString() {
      return standard + " " + pollutant.id() + " " + upper;
    }
  }

  static Stream<Arguments> bounds() {
    return PUBLISHED.stream()
        .flatMap(line -> {
          List<String> words = List.of(line.split(" ", -1));
          AqiStandard standard = AqiStandards.find(words.get(0)).orElseThrow();
          Pollutant pollutant = Pollutant.find(words.get(1)).orElseThrow();
          return Stream.iterate(2, i -> i < words.size(), i -> i + 1)
              .map(i ->
                  Arguments.of(
                      new Bound(standard, pollutant, i - 2, Double.parseDouble(words.get(i)))));
        });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bounds")
  void belongsToTheBandBelow(Bound bound) {
    assertThat(bound.bandAt(bound.upper())).isEqualTo(bound.bandBelow());
    assertThat(bound.bandAt(Math.nextDown(bound.upper()))).isEqualTo(bound.bandBelow());
    assertThat(bound.indexAt(bound.upper())).isEqualTo(bound.bandBelow().indexUpper());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bounds")
  void endsAtTheNextBandsPublishedLowerEdge(Bound bound) {
    double edge = bound.bandAbove().lower();
    double first = edge == bound.upper() ? Math.nextUp(edge) : edge;
    assertThat(bound.bandAt(first)).isEqualTo(bound.bandAbove());
    assertThat(bound.indexAt(first))
        .isBetween(bound.bandAbove().indexLower(), Math.nextUp(bound.bandAbove().indexLower()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bounds")
  void decidesTheHalfBetweenAsTheStandardRounds(Bound bound) {
    double half = bound.upper() + 0.5;
    switch (bound.standard().id()) {
      case "uk-daqi" -> {
        assertThat(bound.bandAt(half)).isEqualTo(bound.bandAbove());
        assertThat(bound.bandAt(Math.nextDown(half))).isEqualTo(bound.bandBelow());
      }
      case "us-epa" -> {
        double step = bound.pollutant() == Pollutant.PM25 ? 0.1 : 1;
        assertThat(bound.bandAt(bound.upper() + step / 2)).isEqualTo(bound.bandBelow());
        assertThat(bound.bandAt(Math.nextDown(bound.bandAbove().lower())))
            .isEqualTo(bound.bandBelow());
      }
      default -> assertThat(bound.bandAt(half)).isEqualTo(bound.bandAbove());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("everyPollutant")
  void hasAsManyBandsAsPublishedAndTheFirstFromZero(AqiStandard standard, Pollutant pollutant) {
    List<Band> bands = standard.bands(pollutant);
    assertThat(bands.getFirst().lower()).isZero();
    assertThat(bands.getLast().isOpen()).isTrue();
    String prefix = standard.id() + " " + pollutant.id() + " ";
    assertThat(PUBLISHED)
        .filteredOn(line -> line.startsWith(prefix))
        .singleElement()
        .satisfies(line -> assertThat(line.split(" ", -1)).hasSize(bands.size() + 1));
    assertThat(standard.assess(pollutant, 0).orElseThrow().band()).isEqualTo(bands.getFirst());
    assertThat(standard.assess(pollutant, Double.MAX_VALUE).orElseThrow().band())
        .isEqualTo(bands.getLast());
    assertThat(Double.doubleToLongBits(standard.indexOf(pollutant, -0.0)))
        .isEqualTo(Double.doubleToLongBits(standard.indexOf(pollutant, 0)));
    assertThat(standard.indexOf(pollutant, -0.4)).isEqualTo(NO_INDEX);
  }

  static Stream<Arguments> everyPollutant() {
    return AqiStandards.all().stream()
        .flatMap(standard ->
            standard.pollutants().stream().map(pollutant -> Arguments.of(standard, pollutant)));
  }

  @ParameterizedTest(name = "{0} {1} {2} → {3}")
  @CsvSource({
    "uk-daqi, pm25, 11.4, 1",
    "uk-daqi, pm25, 11.499999999999998, 1",
    "uk-daqi, pm25, 11.5, 2",
    "uk-daqi, pm25, 0.49999999999999994, 1",
    "uk-daqi, pm25, 39, 4",
    "uk-daqi, pm10, 36, 3",
    "uk-daqi, pm10, 100.4, 9",
    "uk-daqi, pm10, 100.5, 10",
    "us-epa, pm25, 9.0, 50",
    "us-epa, pm25, 9.09, 50",
    "us-epa, pm25, 9.1, 51",
    "us-epa, pm25, 35.4, 100",
    "us-epa, pm25, 35.5, 101",
    "us-epa, pm25, 325.4, 500",
    "us-epa, pm25, 425.3, 699",
    "us-epa, pm10, 604, 500",
    "us-epa, pm10, 604.9, 500",
    "us-epa, pm10, 783, 699",
    "eu-eaqi, pm25, 5.0, 1",
    "eu-eaqi, pm25, 5.0000001, 2",
    "who-2021, pm25, 37.5, 2.5",
    "who-2021, pm10, 90, 2",
    "in-naqi, pm25, 30.1, 51",
    "in-naqi, pm25, 30.9, 52",
    "in-naqi, pm25, 45, 75",
    "in-naqi, pm25, 75, 150",
    "in-naqi, pm25, 380, 500",
    "in-naqi, pm25, 381, 500",
    "in-naqi, pm10, 175, 150",
    "in-naqi, pm10, 470, 450"
  })
  void hasTheWorkedIndex(String id, String pollutant, double concentration, double index) {
    assertThat(
            AqiStandards.find(id)
                .orElseThrow()
                .indexOf(Pollutant.find(pollutant).orElseThrow(), concentration))
        .isEqualTo(index);
  }
}
