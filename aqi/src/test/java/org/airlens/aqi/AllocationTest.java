package org.airlens.aqi;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A cycle looks up tens of thousands of indices; none of that may cost memory. */
class AllocationTest {

  private static final int LOOK_UPS = 50_000;

  /** What the measuring itself may allocate, far below one object a look-up. */
  private static final long NOISE_BYTES = LOOK_UPS / 2;

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("org.airlens.aqi.BoundsTest#everyPollutant")
  void looksUpWithoutAllocating(AqiStandard standard, Pollutant pollutant) {
    assertAllocatesNothing(concentration -> standard.indexOf(pollutant, concentration));
  }

  @Test
  void indexesReadingsWithoutAllocating() {
    assertAllocatesNothing(concentration -> ReadingIndex.of(concentration, 39, false));
  }

  @Test
  void averagesWithoutAllocating() {
    double[] hours = new double[24];
    Arrays.fill(hours, 11.5);
    assertAllocatesNothing(concentration -> NowCast.of(hours));
    assertAllocatesNothing(concentration -> RunningMean.OF_24_HOURS.ending(hours, 23));
  }

  private static void assertAllocatesNothing(DoubleUnaryOperator lookUp) {
    sumOf(lookUp);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    double sum = sumOf(lookUp);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(sum).isPositive();
    assertThat(allocated).isLessThan(NOISE_BYTES);
  }

  private static double sumOf(DoubleUnaryOperator lookUp) {
    double sum = 0;
    for (int i = 0; i < LOOK_UPS; i++) {
      sum += lookUp.applyAsDouble(i / 100.0);
    }
    return sum;
  }
}
