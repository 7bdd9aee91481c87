package org.airlens.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TimingsTest {

  private static final long MILLISECOND = 1_000_000;

  @Test
  void quantilesAreMeasuredDurations() {
    Timings timings = shuffledMillisUpTo(100);
    assertThat(timings.quantileMillis(0)).isEqualTo(1);
    assertThat(timings.quantileMillis(0.01)).isEqualTo(1);
    assertThat(timings.quantileMillis(0.011)).isEqualTo(2);
    assertThat(timings.medianMillis()).isEqualTo(50);
    assertThat(timings.quantileMillis(0.95)).isEqualTo(95);
    assertThat(timings.quantileMillis(0.99)).isEqualTo(99);
    assertThat(timings.quantileMillis(0.999)).isEqualTo(100);
    assertThat(timings.quantileMillis(1)).isEqualTo(100);
  }

  @Test
  void oneDurationIsEveryQuantile() {
    Timings timings = new Timings();
    timings.add(7 * MILLISECOND);
    assertThat(timings.quantileMillis(0)).isEqualTo(7);
    assertThat(timings.medianMillis()).isEqualTo(7);
    assertThat(timings.quantileMillis(1)).isEqualTo(7);
  }

  @Test
  void nothingTimedHasNoQuantile() {
    assertThatIllegalStateException().isThrownBy(() -> new Timings().medianMillis());
  }

  @Test
  void countsTheShareBelowALimitWithoutTheLimit() {
    Timings timings = shuffledMillisUpTo(1_000);
    assertThat(timings.shareBelowMillis(10)).isEqualTo(0.009);
    assertThat(timings.shareBelowMillis(2_000)).isEqualTo(1);
  }

  @Test
  void timesAnOperationOnceAndKeepsHowLongItTook() throws Exception {
    Timings timings = new Timings();
    List<String> runs = new ArrayList<>();
    timings.time(() -> runs.add("run"));
    assertThat(runs).containsExactly("run");
    assertThat(timings.count()).isEqualTo(1);
    assertThat(timings.medianMillis()).isPositive();
  }

  @Property
  void atLeastTheShareIsNotAboveAQuantileAndLessIsBelowIt(
      @ForAll @Size(min = 1, max = 300) List<@LongRange(min = 0, max = 1_000) Long> millis,
      @ForAll @DoubleRange(min = 0.01, max = 1) double q) {
    Timings timings = new Timings();
    millis.forEach(each -> timings.add(each * MILLISECOND));
    double quantile = timings.quantileMillis(q);
    long notAbove = millis.stream().filter(each -> each <= quantile).count();
    long below = millis.stream().filter(each -> each < quantile).count();
    assertThat(notAbove).isGreaterThanOrEqualTo((long) Math.ceil(q * millis.size()));
    assertThat(below).isLessThan((long) Math.ceil(q * millis.size()));
  }

  private static Timings shuffledMillisUpTo(int last) {
    List<Long> millis = new ArrayList<>();
    for (long i = 1; i <= last; i++) {
      millis.add(i);
    }
    Collections.shuffle(millis, new Random(3));
    Timings timings = new Timings();
    millis.forEach(each -> timings.add(each * MILLISECOND));
    return timings;
  }
}
