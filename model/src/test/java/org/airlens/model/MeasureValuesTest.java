package org.airlens.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeasureValuesTest {

  @Test
  void keepTheOrderReported() {
    MeasureValues values = MeasureValues.of("b", 1, "a", 2);
    assertThat(values.size()).isEqualTo(2);
    assertThat(values.name(0)).isEqualTo("b");
    assertThat(values.value(0)).isEqualTo(1);
    assertThat(values.toMap()).containsExactly(entry("b", 1.0), entry("a", 2.0));
    assertThat(values).hasToString("{b=1.0, a=2.0}");
  }

  @Test
  void findByName() {
    MeasureValues values = MeasureValues.of("P1", 12.5);
    assertThat(values.get("P1")).hasValue(12.5);
    assertThat(values.has("P1")).isTrue();
    assertThat(values.get("p1")).isEmpty();
    assertThat(values.has("P2")).isFalse();
    assertThat(MeasureValues.none().get("P1")).isEmpty();
  }

  @Test
  void areEqualInWhateverOrder() {
    MeasureValues values = MeasureValues.of("a", 1, "b", 2);
    assertThat(values).isEqualTo(MeasureValues.of("b", 2, "a", 1));
    assertThat(values).hasSameHashCodeAs(MeasureValues.of("b", 2, "a", 1));
    assertThat(values).isNotEqualTo(MeasureValues.of("a", 2, "b", 1));
    assertThat(values).isNotEqualTo(MeasureValues.of("a", 1));
    assertThat(MeasureValues.builder().build()).isEqualTo(MeasureValues.none());
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void holdFiniteValuesOnly(double value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MeasureValues.of("P1", value))
        .withMessage("P1 is not finite: " + value);
  }

  @Test
  void holdAMeasureOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MeasureValues.of("P1", 1, "P1", 2))
        .withMessage("P1 is there already");
  }

  @Test
  void areNotChangedByTheBuildersNextOnes() {
    MeasureValues.Builder builder = MeasureValues.builder();
    MeasureValues first = builder.add("a", 1).build();
    assertThat(builder.size()).isZero();
    MeasureValues second = builder.add("a", 2).add("b", 3).build();
    builder.add("dropped", 4).clear();
    assertThat(builder.build()).isEqualTo(MeasureValues.none());
    assertThat(first).isEqualTo(MeasureValues.of("a", 1));
    assertThat(second).isEqualTo(MeasureValues.of("a", 2, "b", 3));
  }

  @Test
  void growBeyondAnyUsualReading() {
    MeasureValues.Builder builder = MeasureValues.builder();
    for (int i = 0; i < 100; i++) {
      builder.add("m" + i, i);
    }
    MeasureValues values = builder.build();
    assertThat(values.size()).isEqualTo(100);
    assertThat(values.get("m99")).hasValue(99);
  }
}
