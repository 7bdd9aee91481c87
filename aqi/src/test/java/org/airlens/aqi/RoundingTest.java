package org.airlens.aqi;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class RoundingTest {

  private static final int TENTHS = 20_000;

  @Test
  void keepsEveryTenthWhenItCutsToTenths() {
    for (int tenths = 0; tenths <= TENTHS; tenths++) {
      double decimal = Double.parseDouble(BigDecimal.valueOf(tenths, 1).toString());
      assertThat(Rounding.DOWN_TO_TENTH.apply(decimal)).isEqualTo(decimal);
    }
  }

  @Test
  void cutsWhatLiesJustBelowATenthToTheTenthBefore() {
    for (int tenths = 1; tenths <= TENTHS; tenths++) {
      assertThat(Rounding.DOWN_TO_TENTH.apply(Math.nextDown(tenths / 10.0)))
          .isEqualTo((tenths - 1) / 10.0);
      double hundredth = BigDecimal.valueOf(tenths * 10L + 9, 2).doubleValue();
      assertThat(Rounding.DOWN_TO_TENTH.apply(hundredth)).isEqualTo(tenths / 10.0);
    }
  }

  @Property
  void cutsDecimalsAsDecimals(@ForAll @DoubleRange(min = 0, max = 1e9) double concentration) {
    // What a person writes is the shortest decimal, which need not be the double's exact value.
    BigDecimal written = new BigDecimal(Double.toString(concentration));
    assertThat(Rounding.DOWN_TO_TENTH.apply(concentration))
        .isEqualTo(written.setScale(1, RoundingMode.FLOOR).doubleValue());
  }

  @Property
  void roundsTheExactValueHalfUp(@ForAll @DoubleRange(min = 0, max = 1e15) double concentration) {
    assertThat(Rounding.HALF_UP_TO_WHOLE.apply(concentration))
        .isEqualTo(new BigDecimal(concentration).setScale(0, RoundingMode.HALF_UP).doubleValue());
  }

  @Test
  void roundsHalvesUpAndTheirNeighboursAway() {
    for (int whole = 0; whole < 2_000; whole++) {
      double half = whole + 0.5;
      assertThat(Rounding.HALF_UP_TO_WHOLE.apply(half)).isEqualTo(whole + 1);
      assertThat(Rounding.HALF_UP_TO_WHOLE.apply(Math.nextDown(half))).isEqualTo(whole);
    }
  }
}
