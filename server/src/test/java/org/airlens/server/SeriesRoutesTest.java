package org.airlens.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class SeriesRoutesTest {

  private static TestNode node;

  @BeforeAll
  static void start() {
    node = TestNode.setup().readings(Network.hours30()).start();
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void statsCountReadingsInBinsWhereAsked() {
    JsonNode stats = node.json("/api/v1/stats?measure=P2&bins=7");
    long counted = 0;
    for (JsonNode bin : stats.get("histogram")) {
      assertThat(bin.get(0).doubleValue() % 10).isZero();
      counted += bin.get(2).longValue();
    }
    assertThat(counted).isEqualTo(stats.get("count").longValue());
    assertThat(node.json("/api/v1/stats?measure=P2").has("histogram")).isFalse();
  }

  @Test
  void csvHasALineForEachPointOfTheSeries() {
    String query = "/api/v1/series?measure=P2&interval=1h&agg=max&sensor_id=1,3";
    List<String> expected = new ArrayList<>(List.of("timestamp,sensor_id,location_id,P2"));
    for (JsonNode series : node.json(query).get("series")) {
      for (JsonNode point : series.get("points")) {
        expected.add(
            "%s,%s,%s,%s"
                .formatted(
                    Instant.ofEpochMilli(point.get(0).longValue()),
                    series.get("sensor_id"),
                    series.get("location_id"),
                    point.get(1).doubleValue()));
      }
    }
    assertThat(node.get(query + "&format=csv").body().split("\r\n"))
        .hasSizeGreaterThan(40)
        .containsExactlyElementsOf(expected);
    assertThat(node.get(query + "&format=csv&cursor=1").statusCode()).isEqualTo(400);
  }

  @Test
  void aSeriesHasMeasureUnitIntervalAndPointsOfMillisecondAndValue() {
    JsonNode answer =
        node.json(
            "/api/v1/series?measure=P2&sensor_id=2&interval=1h&from=2018-12-20T10:00:00Z"
                + "&to=2018-12-20T12:00:00Z");
    assertThat(answer.toString())
        .isEqualTo(
            "{\"measure\":\"P2\",\"unit\":\"ug/m3\",\"interval\":\"1h\",\"series\":[{"
                + "\"sensor_id\":2,\"location_id\":1002,\"points\":[[1545300000000,11.5],"
                + "[1545303600000,11.5]]}],\"next_cursor\":null}");
  }

  @Test
  void everySensorWithTheMeasureHasASeries() {
    assertThat(ReadingRoutesTest.sensorIds(node.json("/api/v1/series?measure=aqi").get("series")))
        .containsExactly(1L, 2L, 3L);
    assertThat(
            ReadingRoutesTest.sensorIds(
                node.json("/api/v1/series?measure=humidity&country=GB").get("series")))
        .containsExactly(4L);
  }

  @Test
  void theIndexIsAMeasureLikeTheOthers() {
    JsonNode answer =
        node.json("/api/v1/series?measure=aqi&sensor_id=1&interval=raw&from=2018-12-20T11:30:00Z");
    assertThat(answer.get("unit").asString()).isEqualTo("1");
    assertThat(answer.get("series").get(0).get("points").toString())
        .isEqualTo(
            "[[1545305400000,4.0],[1545306000000,3.0],[1545306600000,2.0],[1545307200000,1.0]]");
  }

  @ParameterizedTest
  @CsvSource({"mean,2.5", "min,1", "max,4", "sum,10", "count,4", "first,4", "last,1"})
  void aBucketIsAggregatedAsAsked(String aggregate, double expected) {
    JsonNode answer =
        node.json(
            "/api/v1/series?measure=aqi&sensor_id=1&interval=1d&from=2018-12-20T11:30:00Z&agg="
                + aggregate);
    assertThat(answer.get("series").get(0).get("points").get(0).get(1).asDouble())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "2018-12-20T11:00:00Z,2018-12-20T12:00:00Z",
    "2018-12-19T12:00:00Z,2018-12-20T12:00:00Z",
    "2018-12-13T12:00:00Z,2018-12-20T12:00:00Z",
    "2018-11-20T12:00:00Z,2018-12-20T12:00:00Z",
    "2017-12-20T12:00:00Z,2018-12-20T12:00:00Z",
    "2015-01-01T00:00:00Z,2025-01-01T00:00:00Z"
  })
  void autoFitsAboutFiveHundredPoints(String from, String to) {
    String interval =
        node.json("/api/v1/series?measure=P2&interval=auto&from=" + from + "&to=" + to)
            .get("interval")
            .asString();
    Duration window = Duration.between(Instant.parse(from), Instant.parse(to));
    assertThat(window.dividedBy(Times.duration(interval).orElseThrow())).isBetween(350L, 730L);
  }

  @Test
  void autoIsWhatIsMeantWithoutAnInterval() {
    assertThat(node.get("/api/v1/series?measure=P2").body())
        .isEqualTo(node.get("/api/v1/series?measure=P2&interval=auto&agg=mean").body());
    assertThat(node.json("/api/v1/series?measure=P2").get("interval").asString()).isEqualTo("3m");
  }

  @Test
  void seriesGoOnBehindTheCursor() {
    assertThat(
            ReadingRoutesTest.sensorIds(
                node.json("/api/v1/series?measure=P2&cursor=1").get("series")))
        .containsExactly(2L, 3L);
  }

  @Test
  void statsTellCountSensorsAndDistribution() {
    JsonNode stats = node.json("/api/v1/stats?measure=P2&sensor_id=2,3");
    assertThat(stats.toString())
        .isEqualTo(
            "{\"measure\":\"P2\",\"unit\":\"ug/m3\",\"from\":\"2018-12-19T12:00:01Z\","
                + "\"to\":\"2018-12-20T12:00:01Z\",\"count\":288,\"sensors\":2,\"min\":11.5,"
                + "\"mean\":25.25,\"max\":39.0,\"p50\":25.25,\"p95\":39.0,\"bands\":null}");
  }

  @Test
  void bandsCountReadingsInEachIndexValue() {
    JsonNode stats = node.json("/api/v1/stats?measure=aqi");
    assertThat(stats.get("count").asLong()).isEqualTo(432);
    List<Long> counts =
        IntStream.rangeClosed(1, 10)
            .mapToObj(index -> stats.get("bands").get(Integer.toString(index)).asLong())
            .toList();
    assertThat(counts).containsExactly(15L, 159L, 15L, 159L, 14L, 14L, 14L, 14L, 14L, 14L);
  }
}
