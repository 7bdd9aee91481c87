package org.airlens.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.airlens.model.MeasureValues;
import org.airlens.model.Reading;
import org.airlens.model.Sensor;
import org.airlens.model.SensorType;
import org.airlens.model.TestReadings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code GET /}. */
class PageTest {

  private static final Instant NOON = TestReadings.NOON;

  private static TestNode neighbour;

  @BeforeAll
  static void start() {
    neighbour = TestNode.serving();
  }

  @AfterAll
  static void stop() {
    neighbour.close();
  }

  @Test
  void theWorstAirComesFirst() {
    try (TestNode node =
        serving(
            TestReadings.climate(1, NOON, 4.5, 80),
            dust(2, NOON, 39, 4),
            dust(3, NOON.minusSeconds(60), 71, 10),
            dust(4, NOON, 40, 4),
            dust(5, NOON, 10, 1))) {
      String page = node.get("/").body();
      assertThat(sensors(page)).containsExactly(3L, 4L, 2L, 5L, 1L);
      assertThat(page)
          .contains("Latest readings, worst air first")
          .contains("All 5 sensors that reported")
          .contains("<span class=\"aqi aqi-10\">10</span> <span class=\"wide\">Very High")
          .contains("<span class=\"aqi aqi-4\">4</span> <span class=\"wide\">Moderate")
          .contains("<span class=\"aqi aqi-4\">4</span> 2</li>")
          .contains("<dt>Sensors</dt><dd>5</dd>")
          .contains("<dt>Newest reading</dt><dd>2018-12-20 12:00:00</dd>");
    }
  }

  @Test
  void onlyTheWorstHundredOfManyAreShown() {
    List<Reading> readings = new ArrayList<>(Network.sensors(2_500, NOON));
    readings.add(dust(9_999, NOON, 71, 10));
    try (TestNode node = TestNode.setup().beside(neighbour).readings(readings).start()) {
      String page = node.get("/").body();
      assertThat(sensors(page)).hasSize(100).startsWith(9_999L, 1L, 2L);
      assertThat(page).contains("The worst 100 of 2,501 sensors").contains("<dd>2,501</dd>");
    }
  }

  @Test
  void aSensorThatHasFallenSilentIsNotTheAirOfNow() {
    try (TestNode node = serving(dust(1, NOON, 10, 1), dust(2, NOON.minusSeconds(3_601), 71, 10))) {
      assertThat(sensors(node.get("/").body())).containsExactly(1L);
    }
  }

  @Test
  void thePageNamesTheDataAndItsLicences() {
    try (TestNode node = serving()) {
      assertThat(node.get("/").body())
          .contains("<a href=\"https://sensor.community/\">Sensor.Community</a>")
          .contains("https://opendatacommons.org/licenses/odbl/1-0/")
          .contains("https://opendatacommons.org/licenses/dbcl/1-0/");
    }
  }

  @Test
  void withoutReadingsThePageTellsWhatItWaitsFor() {
    IngestStatus waiting =
        new IngestStatus(
            List.of(
                new IngestStatus.SourceStatus(
                    "https://feed", "failing", Optional.empty(), Optional.of("it answered 503"))),
            Optional.empty(),
            0);
    try (TestNode node = TestNode.setup().beside(neighbour).ingest(() -> waiting).start()) {
      assertThat(node.get("/").body())
          .contains("No readings yet.")
          .contains("<li>collecting: the first cycle has not finished</li>")
          .contains("<dt>Source https://feed</dt><dd>failing: it answered 503</dd>")
          .doesNotContain("<table>");
    }
  }

  @Test
  void thePageShowsTheLastCycleAndHowOldTheNewestReadingIs() {
    Instant now = Instant.now();
    IngestStatus status =
        new IngestStatus(
            List.of(),
            Optional.of(
                new IngestStatus.CycleStatus(
                    now, Duration.ZERO, 1, 25_000, 1_700, 0, Map.of(), Optional.empty())),
            1);
    Instant newest = Instant.ofEpochSecond(now.getEpochSecond() - 7 * 3_600);
    try (TestNode node =
        TestNode.setup()
            .beside(neighbour)
            .ingest(() -> status)
            .readings(List.of(dust(1, newest, 10, 1)))
            .start()) {
      assertThat(node.get("/").body())
          .contains("<dt>Lag</dt><dd>7 h</dd>")
          .contains(" ago: 1,700 new of 25,000 seen");
    }
  }

  @Test
  void thePageRefreshesItselfAndHasNoScriptAndNoInlineStyle() {
    try (TestNode node = serving(dust(1, NOON, 10, 1))) {
      assertThat(node.get("/").body())
          .contains("<meta http-equiv=\"refresh\" content=\"30\">")
          .doesNotContain("<script")
          .doesNotContain("style=")
          .doesNotContain("<style");
    }
  }

  @Test
  void whatStrangersNameTheirSensorsIsText() {
    Reading hostile =
        new Reading(
            new Sensor(1, "", new SensorType(0, "<script>alert('&\"')</script>${status}", "")),
            TestReadings.dust(1, NOON, 1, 1).location(),
            NOON,
            MeasureValues.of("P2", 1),
            OptionalInt.empty());
    try (TestNode node = serving(hostile)) {
      assertThat(node.get("/").body())
          .doesNotContain("<script")
          .contains("&lt;script&gt;alert(&#39;&amp;&quot;&#39;)&lt;/script&gt;${status}");
    }
  }

  private static TestNode serving(Reading... readings) {
    return TestNode.setup().beside(neighbour).readings(List.of(readings)).start();
  }

  private static Reading dust(long sensorId, Instant at, double pm25, int index) {
    return TestReadings.dust(sensorId, at, pm25 + 1, pm25).withAqi(OptionalInt.of(index));
  }

  private static List<Long> sensors(String page) {
    List<Long> ids = new ArrayList<>();
    Matcher link = Pattern.compile("href=\"/api/v1/sensors/(\\d+)\"").matcher(page);
    while (link.find()) {
      ids.add(Long.parseLong(link.group(1)));
    }
    return ids;
  }
}
