package org.airlens.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.airlens.server.Histogram.Bin;
import org.airlens.store.Distribution;
import org.junit.jupiter.api.Test;

class HistogramTest {

  @Test
  void edgesAreRound() {
    assertThat(Histogram.of(once(0.4, 3.1, 11.9), 6))
        .containsExactly(
            new Bin(0, 2, 1),
            new Bin(2, 4, 1),
            new Bin(4, 6, 0),
            new Bin(6, 8, 0),
            new Bin(8, 10, 0),
            new Bin(10, 12, 1));
    assertThat(Histogram.of(once(0.1, 0.3), 3))
        .containsExactly(new Bin(0.1, 0.2, 1), new Bin(0.2, 0.3, 0), new Bin(0.3, 0.4, 1));
  }

  @Test
  void oneValueIsOneBinAndNoneIsNoBin() {
    assertThat(Histogram.of(once(7), 10)).containsExactly(new Bin(7, 8, 1));
    assertThat(Histogram.of(once(), 10)).isEmpty();
  }

  @Property
  void countsEveryValueOnceInNoMoreThanSoManyBins(
      @ForAll @Size(min = 1, max = 30) List<Double> values,
      @ForAll @IntRange(min = 2, max = 200) int most) {
    double[] sorted =
        values.stream().mapToDouble(Double::doubleValue).sorted().distinct().toArray();
    List<Bin> bins = Histogram.of(once(sorted), most);
    assertThat(bins).hasSizeBetween(1, most);
    assertThat(bins.stream().mapToLong(Bin::count).sum()).isEqualTo(sorted.length);
  }

  private static Distribution once(double... values) {
    long[] counts = new long[values.length];
    Arrays.fill(counts, 1);
    return new Distribution(values, counts, 1);
  }
}
