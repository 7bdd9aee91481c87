package org.airlens.collect.feed;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsTest {

  @Property
  void readsEveryDoubleBack(@ForAll double value) {
    assertThat(Decimals.parse(Double.toString(value))).isEqualTo(value);
  }

  @Property
  void readsWhatSensorsSend(@ForAll long whole, @ForAll @IntRange(max = 999_999) int fraction) {
    String text = whole + "." + fraction;
    assertThat(Decimals.parse(text)).isEqualTo(Double.parseDouble(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0.0",
        "007",
        "+1.5",
        " 12.30 ",
        ".5",
        "5.",
        "1e3",
        "1E-3",
        "123456789012345678901",
        "0.000000000000000000000000000001",
        "4.9e-324",
        "1e400",
        "-1e400",
        "1e99999999999"
      })
  void agreesWithJava(String text) {
    assertThat(Decimals.parse(text)).isEqualTo(Double.parseDouble(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "-", "+", ".", "e5", "1e", "1e+", "1.2.3", "NaN", "1d", "0x1", "1 2", "١"
      })
  void refusesWhatIsNoDecimal(String text) {
    assertThat(Decimals.parse(text)).isNaN();
  }

  @Test
  void refusesMoreDigitsThanAnySensorSends() {
    assertThat(Decimals.parse("1".repeat(65))).isNaN();
  }

  @Test
  void readsWholeNumbers() {
    assertThat(whole("123456789012345678")).isEqualTo(123456789012345678L);
    assertThat(whole("0")).isZero();
    assertThat(whole("")).isEqualTo(-1);
    assertThat(whole("-1")).isEqualTo(-1);
    assertThat(whole("1.0")).isEqualTo(-1);
    assertThat(whole("1234567890123456789")).isEqualTo(-1);
  }

  private static long whole(String text) {
    return Decimals.parseWhole(text.toCharArray(), 0, text.length());
  }
}
