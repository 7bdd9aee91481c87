package org.airlens.aqi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Indices that independent public implementations gave; each file says which. */
class PublishedImplementationsTest {

  @ParameterizedTest(name = "{0} {1} → {2}")
  @CsvFileSource(resources = "uk-daqi-vectors.csv", numLinesToSkip = 4)
  void agreeOnTheUkIndex(String pollutant, double concentration, double expected) {
    agree("uk-daqi", pollutant, concentration, expected);
  }

  @ParameterizedTest(name = "{0} {1} → {2}")
  @CsvFileSource(resources = "us-epa-vectors.csv", numLinesToSkip = 5)
  void agreeOnTheUsIndex(String pollutant, double concentration, double expected) {
    agree("us-epa", pollutant, concentration, expected);
  }

  @ParameterizedTest(name = "{0} {1} → {2}")
  @CsvFileSource(resources = "eu-eaqi-vectors.csv", numLinesToSkip = 4)
  void agreeOnTheEuropeanIndex(String pollutant, double concentration, double expected) {
    agree("eu-eaqi", pollutant, concentration, expected);
  }

  @ParameterizedTest(name = "{0} {1} → {2}")
  @CsvFileSource(resources = "in-naqi-vectors.csv", numLinesToSkip = 3)
  void agreeOnTheIndianIndex(String pollutant, double concentration, double expected) {
    agree("in-naqi", pollutant, concentration, expected);
  }

  @ParameterizedTest
  @CsvFileSource(resources = "nowcast-vectors.csv", numLinesToSkip = 3)
  void agreeOnTheNowCast(ArgumentsAccessor row) {
    double[] hours = new double[NowCast.HOURS];
    Arrays.setAll(hours, hour -> orMissing(row, hour));
    double expected = orMissing(row, NowCast.HOURS);
    if (Double.isNaN(expected)) {
      assertThat(NowCast.of(hours)).isNaN();
    } else {
      assertThat(NowCast.of(hours)).isEqualTo(expected, within(1e-6));
    }
  }

  private static double orMissing(ArgumentsAccessor row, int column) {
    String cell = row.getString(column);
    return cell == null ? NowCast.MISSING : Double.parseDouble(cell);
  }

  private static void agree(String id, String pollutant, double concentration, double expected) {
    assertThat(
            AqiStandards.find(id)
                .orElseThrow()
                .indexOf(Pollutant.find(pollutant).orElseThrow(), concentration))
        .isEqualTo(expected);
  }
}
