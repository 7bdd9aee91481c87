package org.airlens.collect.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.airlens.model.Identifiers;
import org.airlens.model.MeasureValues;
import org.airlens.model.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AirrohrPushTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final Map<String, String> DUST =
      Map.of("x-sensor", "esp8266-1234567", "x-pin", "1");

  @Test
  void takesTheDustSensorOfAStation() throws RefusedPushException {
    Reading only =
        push(
                DUST,
                """
                {"software_version": "NRZ-2020-133", "sensordatavalues": [
                  {"value_type": "P1", "value": "12.30"}, {"value_type": "P2", "value": "4.56"}]}
                """)
            .getFirst();
    assertThat(only.values()).isEqualTo(MeasureValues.of("P1", 12.3, "P2", 4.56));
    assertThat(only.timestamp()).isEqualTo("2026-01-02T03:04:05Z");
    assertThat(only.sensor().pin()).isEqualTo("1");
    assertThat(only.sensor().type().name()).isEqualTo("SDS011");
    assertThat(only.sensor().id()).isGreaterThanOrEqualTo(AirrohrPush.FIRST_ID);
    assertThat(Identifiers.isValid(only.sensor().id())).isTrue();
    assertThat(Identifiers.isValid(only.location().id())).isTrue();
    assertThat(only.location().position()).isEmpty();
  }

  @Test
  void splitsABodyWithAllSensorsOfAStation() throws RefusedPushException {
    List<Reading> readings =
        push(
            Map.of("sensor", "esp8266-1234567"),
            """
            {"sensordatavalues": [
              {"value_type": "SDS_P1", "value": "12.30"}, {"value_type": "SDS_P2", "value": "4.5"},
              {"value_type": "BME280_temperature", "value": "20.1"},
              {"value_type": "BME280_pressure", "value": "98765.4"},
              {"value_type": "temperature", "value": "19.5"},
              {"value_type": "signal", "value": "-71"}, {"value_type": "min_micro", "value": 31}]}
            """);
    assertThat(readings)
        .extracting(r -> r.sensor().type().name())
        .containsExactly("SDS011", "BME280", "DHT22");
    assertThat(readings)
        .extracting(r -> r.location().id())
        .hasSize(3)
        .containsOnly(readings.getFirst().location().id());
    assertThat(readings).extracting(r -> r.sensor().id()).doesNotHaveDuplicates();
    assertThat(readings.get(1).values())
        .isEqualTo(MeasureValues.of("temperature", 20.1, "pressure", 98765.4));
  }

  @Test
  void givesAStationTheSameIdsAlways() throws RefusedPushException {
    String body = "{\"sensordatavalues\":[{\"value_type\":\"P1\",\"value\":1}]}";
    long direct = push(DUST, body).getFirst().sensor().id();
    long prefixed =
        push(Map.of("x-sensor", "esp8266-1234567"), body.replace("P1", "SDS_P1"))
            .getFirst()
            .sensor()
            .id();
    assertThat(prefixed).isEqualTo(direct);
  }

  @Test
  void takesParticleCountsForWhatTheyAre() throws RefusedPushException {
    Reading counts =
        push(
                Map.of("x-sensor", "esp8266-1", "x-pin", "5"),
                "{\"sensordatavalues\":[{\"value_type\":\"P1\",\"value\":\"300\"}]}")
            .getFirst();
    assertThat(counts.sensor().type().countsParticles()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "sensordatavalues | {}",
        "sensordatavalues | {\"sensordatavalues\":{}}",
        "sensordatavalues | {\"sensordatavalues\":[]}",
        "sensordatavalues | {\"sensordatavalues\":[1]}",
        "sensordatavalues | {\"sensordatavalues\":[],\"sensordatavalues\":[]}",
        "sensordatavalues | {\"sensordatavalues\":[{\"value_type\":\"signal\",\"value\":\"1\"}]}",
        "value | {\"sensordatavalues\":[{\"value_type\":\"P1\",\"value\":\"unknown\"}]}",
        "value | {\"sensordatavalues\":[{\"value_type\":\"P1\",\"value\":\"\"}]}",
        "value | {\"sensordatavalues\":[{\"value_type\":\"P1\",\"value\":1e400}]}",
        "value | {\"sensordatavalues\":[{\"value_type\":\"P1\"}]}",
        "value_type | {\"sensordatavalues\":[{\"value\":\"1\"}]}",
        "value_type | {\"sensordatavalues\":[{\"value_type\":\"a b\",\"value\":\"1\"}]}",
        "value_type | {\"sensordatavalues\":[{\"value_type\":\"P1\",\"value\":1},{\"value_type\":\"P1\",\"value\":2}]}",
        "body | []",
        "body | nonsense",
        "body | {\"sensordatavalues\":[",
        "body | {} {}",
        "body | ``",
      })
  void refusesAndNamesWhatIsWrong(String parameter, String body) {
    assertThatThrownBy(() -> push(DUST, body))
        .isInstanceOfSatisfying(
            RefusedPushException.class, e -> assertThat(e.parameter()).isEqualTo(parameter));
  }

  @ParameterizedTest
  @CsvSource({"X-Sensor,x-pin,1", "X-Sensor,x-sensor,a b", "X-Pin,x-pin,one"})
  void refusesWrongHeaders(String parameter, String header, String value) {
    Map<String, String> headers =
        parameter.equals("X-Pin")
            ? Map.of("x-sensor", "esp8266-1", header, value)
            : Map.of(header, value);
    assertThatThrownBy(
            () -> push(headers, "{\"sensordatavalues\":[{\"value_type\":\"P1\",\"value\":1}]}"))
        .isInstanceOfSatisfying(
            RefusedPushException.class, e -> assertThat(e.parameter()).isEqualTo(parameter));
  }

  private static List<Reading> push(Map<String, String> headers, String body)
      throws RefusedPushException {
    return AirrohrPush.readings(headers, body.getBytes(UTF_8), NOW);
  }
}
