package org.airlens.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.airlens.aqi.ReadingIndex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeasuresTest {

  @ParameterizedTest(name = "{0} in {1}, {2} to {3}")
  @CsvSource({
    "aqi, 1, 1, 10",
    "P1, ug/m3, 0, 1999",
    "P2, ug/m3, 0, 999",
    "P0, ug/m3, 0, 1000",
    "P4, ug/m3, 0, 1000",
    "N05, /cm3, 0, 3000",
    "N1, /cm3, 0, 3000",
    "N25, /cm3, 0, 3000",
    "N4, /cm3, 0, 3000",
    "N10, /cm3, 0, 3000",
    "TS, um, 0, 10",
    "durP1, us, 0, 60000000",
    "durP2, us, 0, 60000000",
    "ratioP1, %, 0, 100",
    "ratioP2, %, 0, 100",
    "temperature, Cel, -40, 85",
    "humidity, %, 0, 100",
    "pressure, Pa, 30000, 110000",
    "pressure_at_sealevel, Pa, 80000, 110000",
    "noise_LAeq, dB[SPL]{A}, 20, 140",
    "noise_LA_min, dB[SPL]{A}, 20, 140",
    "noise_LA_max, dB[SPL]{A}, 20, 140",
    "counts_per_minute, /min, 0, 1000000",
    "hv_pulses, 1, 0, 1000000000",
    "counts, 1, 0, 1000000000",
    "sample_time_ms, ms, 0, 1000000000",
    "co2_ppm, [ppm], 0, 40000"
  })
  void knowTheNetworksValueTypes(String name, String unit, double min, double max) {
    Measure measure = Measures.find(name).orElseThrow();
    assertThat(measure.name()).isEqualTo(name);
    assertThat(measure.unit()).isEqualTo(unit);
    assertThat(measure.validMin()).isEqualTo(min);
    assertThat(measure.validMax()).isEqualTo(max);
    assertThat(measure.label()).isNotBlank();
    assertThat(measure.quantity()).isNotBlank();
  }

  @Test
  void areAllThatTheTestAboveNames() {
    Set<String> names = new HashSet<>();
    Measures.all().forEach(measure -> names.add(measure.name()));
    assertThat(names).hasSize(27);
    assertThat(Measures.all()).hasSize(27);
    assertThat(Measures.all().getFirst().name()).isEqualTo(Measures.AQI);
  }

  @Test
  void callP1Pm10AndP2Pm25() {
    assertThat(Measures.find(Measures.P1).orElseThrow().label()).isEqualTo("PM10");
    assertThat(Measures.find(Measures.P2).orElseThrow().label()).isEqualTo("PM2.5");
  }

  @Test
  void endWhereTheIndexTakesParticlesForSaturated() {
    assertThat(Measures.find("P1").orElseThrow().validMax()).isEqualTo(ReadingIndex.P1_SATURATION);
    assertThat(Measures.find("P2").orElseThrow().validMax()).isEqualTo(ReadingIndex.P2_SATURATION);
  }

  @Test
  void tellPlausibleValuesFromOthers() {
    Measure temperature = Measures.find("temperature").orElseThrow();
    assertThat(temperature.isPlausible(-40)).isTrue();
    assertThat(temperature.isPlausible(85)).isTrue();
    assertThat(temperature.isPlausible(-144)).isFalse();
    assertThat(temperature.isPlausible(85.1)).isFalse();
    assertThat(temperature.isPlausible(Double.NaN)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"P1", "pressure_at_sealevel", "new_type", "x", "A.b-c_9", "BME280_temperature"})
  void acceptKnownAndUnknownNames(String name) {
    assertThat(Measures.isAcceptableName(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "aqi",
        "AQI",
        "Aqi",
        "1st",
        "_x",
        "with space",
        "a;b",
        "a'b",
        "a\"b",
        "ä",
        "timestamp",
        "sensor_id",
        "location_id",
        "latitude",
        "longitude",
        "altitude",
        "country",
        "indoor",
        "exact_location",
        "sensor_type_id",
        "sensor_type_name",
        "sensor_type_manufacturer",
        "sensor_pin"
      })
  void refuseNamesThatCanNotStandInATable(String name) {
    assertThat(Measures.isAcceptableName(name)).isFalse();
  }

  @Test
  void boundTheLengthOfAName() {
    assertThat(Measures.isAcceptableName("x".repeat(64))).isTrue();
    assertThat(Measures.isAcceptableName("x".repeat(65))).isFalse();
  }

  @Test
  void doNotKnowEveryName() {
    assertThat(Measures.find("p1")).isEmpty();
    assertThat(Measures.find("new_type")).isEmpty();
  }
}
