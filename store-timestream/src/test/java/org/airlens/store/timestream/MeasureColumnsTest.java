package org.airlens.store.timestream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.airlens.model.Measures;
import org.junit.jupiter.api.Test;

class MeasureColumnsTest {

  private static final List<String> NEAR =
      List.of(
          "P1",
          "p1",
          "time",
          "Time",
          "ts",
          "TS",
          "m_",
          "m_p1",
          "m_70",
          "written",
          "reported",
          "aQi",
          "measure_name",
          "measure_value",
          "ts_x",
          "pm2.5",
          "pm2-5",
          "pm2_5",
          "A",
          "a");

  @Test
  void theCatalogueHasItsOwnNames() {
    assertThat(Measures.all())
        .allSatisfy(
            measure -> assertThat(MeasureColumns.column(measure.name())).isEqualTo(measure.name()));
  }

  @Test
  void whatTheServiceOrAnotherColumnNeedsIsSpelledOut() {
    assertThat(MeasureColumns.column("p1")).isEqualTo("m_p1");
    assertThat(MeasureColumns.column("pm2.5")).isEqualTo("m_pm2_2e5");
    assertThat(MeasureColumns.column("time")).isEqualTo("m_time");
    assertThat(MeasureColumns.column("ts_x")).isEqualTo("m_ts_5fx");
    assertThat(MeasureColumns.column("Latitude")).isEqualTo("m__4catitude");
    assertThat(MeasureColumns.column("voc_index")).isEqualTo("voc_index");
  }

  @Test
  void columnsOfOthersAreNoMeasures() {
    for (String column :
        List.of(
            "sensor_id",
            "aqi",
            "written",
            "reported",
            "time",
            "measure_name",
            "Foreign",
            "measure_value::double",
            "m_voc_index")) {
      assertThat(MeasureColumns.measure(column)).as(column).isEmpty();
    }
  }

  @Property(tries = 500)
  void aMeasureIsFoundAgainByItsColumn(@ForAll("names") String name) {
    String column = MeasureColumns.column(name);

    assertThat(MeasureColumns.measure(column)).contains(name);
    assertThat(column).matches("[A-Za-z][A-Za-z0-9_]{0,255}");
  }

  @Property(tries = 500)
  void columnsOfTwoMeasuresDifferInMoreThanCase(
      @ForAll("names") String one, @ForAll("names") String other) {
    Assume.that(!one.equals(other));

    assertThat(MeasureColumns.column(one).toLowerCase(Locale.ROOT))
        .isNotEqualTo(MeasureColumns.column(other).toLowerCase(Locale.ROOT));
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.oneOf(
            Arbitraries.of(NEAR),
            Arbitraries.strings().withChars("aAbP12_.-m").ofMinLength(1).ofMaxLength(64))
        .filter(Measures::isAcceptableName);
  }
}
