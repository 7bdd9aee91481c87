package org.airlens.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DistributionTest {

  private static final Distribution OF_1_2_2_3_10 =
      new Distribution(new double[] {1, 2, 3, 10}, new long[] {1, 2, 1, 1}, 1);

  @Test
  void quantilesInterpolateAsPandasDoes() {
    assertThat(OF_1_2_2_3_10.quantile(0.5)).hasValue(2);
    assertThat(OF_1_2_2_3_10.quantile(0.95).getAsDouble()).isCloseTo(8.6, within(1e-12));
    assertThat(OF_1_2_2_3_10.quantile(0)).hasValue(1);
    assertThat(OF_1_2_2_3_10.quantile(1)).hasValue(10);
  }

  @Test
  void meanWeighsByCount() {
    assertThat(OF_1_2_2_3_10.mean().getAsDouble()).isCloseTo(3.6, within(1e-12));
    assertThat(OF_1_2_2_3_10.count()).isEqualTo(5);
  }

  @Test
  void nothingHasNoStatistics() {
    Distribution nothing = new Distribution(new double[0], new long[0], 0);
    assertThat(nothing.quantile(0.5)).isEmpty();
    assertThat(nothing.mean()).isEmpty();
    assertThat(nothing.min()).isEmpty();
  }
}
