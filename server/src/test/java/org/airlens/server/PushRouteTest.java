package org.airlens.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.airlens.collect.push.AirrohrPush;
import org.airlens.collect.push.RefusedPushException;
import org.airlens.model.Reading;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code POST /v1/push-sensor-data/}, with the real reading of what stations send. */
class PushRouteTest {

  private static final String BODY =
      "{\"software_version\":\"NRZ-2020-133\",\"sensordatavalues\":["
          + "{\"value_type\":\"P1\",\"value\":\"12.30\"},{\"value_type\":\"P2\",\"value\":\"5.10\"}]}";

  private static final List<Map<String, String>> HEADERS = new CopyOnWriteArrayList<>();

  private static TestNode node;

  @BeforeAll
  static void start() {
    node = TestNode.setup().push(PushRouteTest::receive).start();
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void aPushIsAnsweredWith201WhenItIsDurable() {
    HttpResponse<String> answer = push(BODY, "X-Sensor", "esp8266-1234567", "X-Pin", "1");
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.body()).isEqualTo("{\"readings\":1}");
    JsonNode kept = node.json("/api/v1/readings?measure=P1&sensor_type=SDS011&limit=1");
    assertThat(kept.get("readings").get(0).get("P1").asDouble()).isEqualTo(12.3);
    assertThat(node.json("/api/v1/latest?measure=P2").get("features")).isNotEmpty();
  }

  @Test
  void thereIsNoAnswerBeforeItIsDurable() throws Exception {
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch durable = new CountDownLatch(1);
    PushReceiver slow =
        (headers, body) -> {
          writing.countDown();
          try {
            durable.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return new PushReceiver.Outcome.Stored(1);
        };
    try (TestNode other = TestNode.setup().beside(node).push(slow).start()) {
      CompletableFuture<HttpResponse<String>> answer =
          CompletableFuture.supplyAsync(
              () -> other.send(request(other, BODY, "X-Sensor", "a"), BodyHandlers.ofString()));
      writing.await();
      assertThat(answer).isNotDone();
      durable.countDown();
      assertThat(answer.get().statusCode()).isEqualTo(201);
    }
  }

  @Test
  void olderFirmwaresHeadersAndThePathWithoutSlashWork() {
    HttpRequest request =
        HttpRequest.newBuilder(node.uri("/v1/push-sensor-data"))
            .header("Sensor", "esp8266-77")
            .header("PIN", "1")
            .header("X-MAC-ID", "esp8266-0")
            .POST(BodyPublishers.ofString(BODY))
            .build();
    assertThat(node.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(201);
    assertThat(HEADERS)
        .anySatisfy(headers ->
            assertThat(headers)
                .containsEntry("sensor", "esp8266-77")
                .containsEntry("pin", "1")
                .containsEntry("x-mac-id", "esp8266-0"));
  }

  @Test
  void aBodyInChunksIsTaken() {
    BodyPublisher chunked =
        BodyPublishers.ofInputStream(
            () -> new ByteArrayInputStream(BODY.getBytes(StandardCharsets.UTF_8)));
    HttpRequest request =
        HttpRequest.newBuilder(node.uri("/v1/push-sensor-data/"))
            .header("X-Sensor", "esp8266-1")
            .POST(chunked)
            .build();
    assertThat(node.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(201);
  }

  @Test
  void aPushWithoutAStationIsRefusedNamingTheHeader() {
    assertRefused(push(BODY), 400, "X-Sensor");
    assertRefused(push(BODY, "X-Sensor", "a b"), 400, "X-Sensor");
    assertRefused(push(BODY, "X-Sensor", "a", "X-Pin", "x"), 400, "X-Pin");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no json",
        "[]",
        "{}",
        "{\"sensordatavalues\":[]}",
        "{\"sensordatavalues\":[{\"value_type\":\"P1\",\"value\":\"unknown\"}]}",
        "{\"sensordatavalues\":[{\"value_type\":\"P1\",\"value\":\"1\"}"
      })
  void aBodyThatCannotBeTakenIsRefused(String body) {
    HttpResponse<String> answer = push(body, "X-Sensor", "esp8266-1");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(TestNode.parse(answer.body()).get("parameter").asString()).isNotEmpty();
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedAndTheConnectionGoesOn() {
    String large = " ".repeat(ServerLimits.DEFAULT.maxPushBytes() - BODY.length()) + BODY;
    assertThat(push(large, "X-Sensor", "esp8266-1").statusCode()).isEqualTo(201);
    HttpResponse<String> answer = push(" " + large, "X-Sensor", "esp8266-1");
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.body()).contains("65536 bytes at most");
    assertThat(node.get("/livez").statusCode()).isEqualTo(200);
  }

  @Test
  void whatCannotBeKeptNowIs503WithWhenToComeBack() {
    try (TestNode full =
        TestNode.setup()
            .beside(node)
            .push((headers, body) -> new PushReceiver.Outcome.Unavailable("the disk is full"))
            .start()) {
      HttpResponse<String> answer =
          full.send(request(full, BODY, "X-Sensor", "a"), BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
      assertThat(answer.headers().firstValue("Retry-After")).contains("5");
      assertThat(answer.body()).contains("the disk is full; send it again");
    }
  }

  @Test
  void aNodeThatOnlyServesTakesNoPushes() {
    try (TestNode serving = TestNode.setup().beside(node).start()) {
      HttpResponse<String> answer =
          serving.send(request(serving, BODY, "X-Sensor", "a"), BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("this node only serves");
    }
  }

  @Test
  void unknownParametersAreRefusedHereToo() {
    HttpRequest request =
        HttpRequest.newBuilder(node.uri("/v1/push-sensor-data/?measure=P1"))
            .header("X-Sensor", "a")
            .POST(BodyPublishers.ofString(BODY))
            .build();
    assertRefused(node.send(request, BodyHandlers.ofString()), 400, "measure");
  }

  private static PushReceiver.Outcome receive(Map<String, String> headers, byte[] body) {
    HEADERS.add(headers);
    try {
      List<Reading> readings = new ArrayList<>(AirrohrPush.readings(headers, body, Instant.now()));
      node.keep(readings);
      return new PushReceiver.Outcome.Stored(readings.size());
    } catch (RefusedPushException e) {
      return new PushReceiver.Outcome.Refused(e.parameter(), String.valueOf(e.getMessage()));
    }
  }

  private static HttpResponse<String> push(String body, String... headers) {
    return node.send(request(node, body, headers), BodyHandlers.ofString());
  }

  private static HttpRequest request(TestNode to, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(to.uri("/v1/push-sensor-data/"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return request.build();
  }

  private static void assertRefused(HttpResponse<String> answer, int status, String parameter) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(TestNode.parse(answer.body()).get("parameter").asString()).isEqualTo(parameter);
  }
}
