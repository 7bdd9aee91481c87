package org.airlens.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.airlens.model.TestReadings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code /livez}, {@code /readyz}, {@code /metrics} and {@code /api/v1/status}. */
class StatusRoutesTest {

  private static TestNode owner;

  @BeforeAll
  static void open() {
    owner = TestNode.serving(TestReadings.dust(1, TestReadings.NOON, 1, 1));
  }

  @AfterAll
  static void shut() {
    owner.close();
  }

  private static final IngestStatus NOTHING_YET =
      new IngestStatus(
          List.of(
              new IngestStatus.SourceStatus("feed", "waiting", Optional.empty(), Optional.empty())),
          Optional.empty(),
          0);

  @Test
  void aNodeIsReadyOnceACycleHasFinishedAndNotWhenThatIsLongAgo() {
    AtomicReference<IngestStatus> ingest = new AtomicReference<>(NOTHING_YET);
    try (TestNode node = TestNode.setup().beside(owner).ingest(ingest::get).start()) {
      assertThat(node.get("/livez").body()).isEqualTo("{\"status\":\"live\"}");
      assertNotReady(node, "collecting: the first cycle has not finished");

      ingest.set(finished(Instant.now().minusSeconds(5)));
      assertThat(node.get("/readyz").statusCode()).isEqualTo(200);
      assertThat(node.get("/readyz").body()).isEqualTo("{\"status\":\"ready\",\"reasons\":[]}");

      ingest.set(finished(Instant.now().minus(Duration.ofHours(1))));
      assertNotReady(node, "collecting: the last cycle finished (3599|36\\d\\d) s ago");
      assertThat(node.get("/livez").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aStoreThatCannotAnswerIsTheReasonAndStatusStillTells() {
    AtomicReference<Optional<String>> problem = new AtomicReference<>(Optional.empty());
    try (TestNode node =
        TestNode.setup()
            .beside(owner)
            .around(store -> new FailingStore(store, problem::get))
            .readings(List.of(TestReadings.dust(1, TestReadings.NOON, 1, 1)))
            .start()) {
      problem.set(Optional.of("the disk is on fire"));
      assertNotReady(node, "store: the disk is on fire");
      JsonNode status = node.json("/api/v1/status");
      assertThat(status.get("store").toString()).isEqualTo("{\"problem\":\"the disk is on fire\"}");
      assertThat(status.get("sensors").asInt()).isEqualTo(1);
      assertThat(node.get("/").body()).contains("the disk is on fire");
      HttpResponse<String> readings = node.get("/api/v1/readings");
      assertThat(readings.statusCode()).isEqualTo(503);
      assertThat(readings.headers().firstValue("Retry-After")).contains("5");
      assertThat(readings.body())
          .contains("\"title\":\"Service Unavailable\"")
          .doesNotContain("fire");
      assertThat(node.get("/api/v1/readings?format=csv").statusCode()).isEqualTo(503);
      assertThat(node.get("/api/v1/latest").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void statusTellsSourcesLastCycleStoreLagAndVersion() {
    Instant newest = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(100);
    Instant cycle = Instant.parse("2026-11-24T10:00:00Z");
    try (TestNode node =
        TestNode.setup()
            .ingest(() -> finished(cycle))
            .readings(List.of(TestReadings.dust(1, newest, 1, 1)))
            .start()) {
      JsonNode status = node.json("/api/v1/status");
      assertThat(status.get("version").asString()).isEqualTo(TestNode.VERSION);
      assertThat(status.get("sources").toString())
          .isEqualTo(
              "[{\"name\":\"feed\",\"state\":\"ok\",\"last_success\":\"2026-11-24T10:00:00Z\","
                  + "\"problem\":null},{\"name\":\"other\",\"state\":\"failing\","
                  + "\"last_success\":null,\"problem\":\"it answered 503\"}]");
      assertThat(status.get("last_cycle").toString())
          .isEqualTo(
              "{\"time\":\"2026-11-24T10:00:00Z\",\"duration_ms\":250,\"bytes\":1234567,"
                  + "\"seen\":25000,\"new\":1700,\"duplicate\":23300,"
                  + "\"rejected\":{\"invalid_value\":3},\"problem\":null}");
      assertThat(status.get("cycles").asInt()).isEqualTo(7);
      assertThat(status.get("store").get("kind").asString()).isEqualTo("embedded");
      assertThat(status.get("store").get("readings").asInt()).isEqualTo(1);
      assertThat(status.get("store").get("newest").asString()).isEqualTo(newest.toString());
      assertThat(status.get("sensors").asInt()).isEqualTo(1);
      assertThat(status.get("readings_per_minute").asDouble()).isZero();
      assertThat(status.get("lag_seconds").asLong()).isBetween(100L, 200L);
    }
  }

  @Test
  void statusTellsTheNewestReadingAtOnce() {
    try (TestNode node =
        TestNode.setup().readings(List.of(TestReadings.dust(1, TestReadings.NOON, 1, 1))).start()) {
      assertThat(newest(node)).isEqualTo(TestReadings.NOON);
      Instant later = TestReadings.NOON.plusSeconds(60);
      node.keep(List.of(TestReadings.dust(2, later, 1, 1)));
      assertThat(newest(node)).isEqualTo(later);
    }
  }

  private static Instant newest(TestNode node) {
    return Instant.parse(node.json("/api/v1/status").get("store").get("newest").asString());
  }

  @Test
  void statusTellsHowManyNewReadingsComeAMinute() {
    try (TestNode node = TestNode.setup().beside(owner).start()) {
      node.tell(
          List.of(
              TestReadings.dust(1, TestReadings.NOON, 1, 1),
              TestReadings.dust(2, TestReadings.NOON, 1, 1)));
      node.tell(List.of(TestReadings.dust(3, TestReadings.NOON, 1, 1)));
      assertThat(node.json("/api/v1/status").get("readings_per_minute").asDouble()).isEqualTo(3);
    }
  }

  @Test
  void metricsAreEachRoutesTimingsWithFewLabelsAndWhatElseIsRegistered() {
    try (TestNode node = TestNode.setup().beside(owner).start()) {
      Gauge.builder("airlens.feed.lag", () -> 42).baseUnit("seconds").register(node.metrics());
      for (int i = 1; i <= 20; i++) {
        node.get("/api/v1/sensors/" + i);
        node.get("/nothing/" + i);
        node.get("/api/v1/latest?sensor_id=" + i);
        node.get("/api/v1/readings?x" + i + "=1");
        node.send("VERB" + i, "/");
      }
      HttpResponse<String> answer = node.get("/metrics");
      assertThat(answer.headers().firstValue("Content-Type"))
          .contains("text/plain; version=0.0.4; charset=utf-8");
      assertThat(answer.body())
          .contains("airlens_feed_lag_seconds 42.0")
          .contains("airlens_event_streams 0.0")
          .contains("airlens_http_unmatched_total{status=\"404\"} 20")
          .contains("airlens_http_unmatched_total{status=\"405\"} 20")
          .contains(
              "airlens_http_requests_seconds_count{method=\"GET\",route=\"/api/v1/sensors/{id}\","
                  + "status=\"404\"} 19");
      assertThat(labels(answer.body(), "route"))
          .containsExactlyInAnyOrder("/api/v1/sensors/{id}", "/api/v1/latest", "/api/v1/readings");
      assertThat(labels(answer.body(), "method")).containsExactly("GET");
      assertThat(labels(answer.body(), "status"))
          .containsExactlyInAnyOrder("200", "400", "404", "405");
      assertThat(answer.body().lines().filter(line -> !isPrometheusText(line))).isEmpty();
    }
  }

  private static void assertNotReady(TestNode node, String reason) {
    HttpResponse<String> answer = node.get("/readyz");
    assertThat(answer.statusCode()).isEqualTo(503);
    JsonNode told = TestNode.parse(answer.body());
    assertThat(told.get("status").asString()).isEqualTo("not ready");
    assertThat(told.get("reasons").get(0).asString()).matches(reason);
  }

  private static IngestStatus finished(Instant startedAt) {
    return new IngestStatus(
        List.of(
            new IngestStatus.SourceStatus("feed", "ok", Optional.of(startedAt), Optional.empty()),
            new IngestStatus.SourceStatus(
                "other", "failing", Optional.empty(), Optional.of("it answered 503"))),
        Optional.of(
            new IngestStatus.CycleStatus(
                startedAt,
                Duration.ofMillis(250),
                1_234_567,
                25_000,
                1_700,
                23_300,
                Map.of("invalid_value", 3L),
                Optional.empty())),
        7);
  }

  private static Set<String> labels(String metrics, String name) {
    Set<String> values = new HashSet<>();
    Matcher matcher = Pattern.compile(name + "=\"([^\"]*)\"").matcher(metrics);
    while (matcher.find()) {
      values.add(matcher.group(1));
    }
    return values;
  }

  /** The text format's grammar, as its specification gives it. */
  private static boolean isPrometheusText(String line) {
    String name = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    String label = "[a-zA-Z_][a-zA-Z0-9_]*=\"([^\"\\\\]|\\\\[\\\\n\"])*\"";
    String number = "([+-]?[0-9.]+([eE][+-]?[0-9]+)?|NaN|[+-]Inf)";
    return line.matches("# HELP " + name + " .*")
        || line.matches("# TYPE " + name + " (counter|gauge|histogram|summary|untyped)")
        || line.matches(name + "(\\{(" + label + ",?)*\\})? " + number);
  }
}
