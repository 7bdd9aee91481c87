package org.airlens.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.airlens.model.TestReadings;
import org.airlens.store.live.LatestView;
import org.airlens.store.live.LiveReadings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that are slow, greedy, broken or up to something. */
class HostileClientsTest {

  private static final String CRLF = "\r\n";
  private static final String PUSH = "POST /v1/push-sensor-data/ HTTP/1.1";

  private static TestNode node;

  /** The same with clients that get little patience. */
  private static TestNode impatient;

  @BeforeAll
  static void start() {
    node = TestNode.setup().readings(Network.sensors(5, TestReadings.NOON)).start();
    impatient =
        TestNode.setup()
            .beside(node)
            .limits(Limits.patience(Duration.ofMillis(400)))
            .readings(Network.sensors(5_000, TestReadings.NOON))
            .push((headers, body) -> new PushReceiver.Outcome.Stored(1))
            .start();
  }

  @AfterAll
  static void stop() {
    impatient.close();
    node.close();
  }

  @Test
  void aConnectionOnWhichNothingIsSaidIsClosed() {
    try (RawClient silent = new RawClient(impatient);
        RawClient silentAfterwards = new RawClient(impatient)) {
      silentAfterwards.ask("/livez").hearUntil("\"live\"}");
      assertThat(silent.hearToTheEnd()).isEmpty();
      assertThat(silentAfterwards.hearToTheEnd()).isEmpty();
    }
  }

  @Test
  void whoNeverEndsTheFirstLineIsDropped() {
    try (RawClient slow = new RawClient(impatient)) {
      slow.say("GET /api/v1/la");
      assertThat(slow.hearToTheEnd()).doesNotContain("200 OK");
    }
  }

  @Test
  void whoDripsHeadersIsDroppedHoweverOftenADropFalls() {
    try (RawClient slow = new RawClient(impatient)) {
      slow.say(lines("GET /livez HTTP/1.1", "Host: localhost"));
      Thread dripping = Thread.ofVirtual().start(() -> drip(slow, lines("X-Drop: 1")));
      assertThat(slow.hearToTheEnd()).doesNotContain("200 OK");
      dripping.interrupt();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /v1/push-sensor-data/ HTTP/1.1",
        "GET /livez HTTP/1.1",
        "POST /nothing HTTP/1.1",
        "PUT /livez HTTP/1.1"
      })
  void whoDripsABodyIsDropped(String head) {
    try (RawClient slow = new RawClient(impatient)) {
      slow.say(lines(head, "Host: localhost", "X-Sensor: a", "Content-Length: 60000", "") + "{");
      Thread dripping = Thread.ofVirtual().start(() -> drip(slow, " "));
      assertThat(slow.hearToTheEnd()).doesNotContain("HTTP/1.1 2");
      dripping.interrupt();
    }
  }

  @Test
  void whoAsksAndDoesNotReadIsDropped() {
    try (RawClient deaf = new RawClient(impatient)) {
      boolean listening = true;
      for (int i = 0; i < 100_000 && listening; i++) {
        listening = deaf.trySay(lines("GET /api/v1/latest HTTP/1.1", "Host: localhost", ""));
      }
      assertThat(listening).as("the server went on to listen to who does not").isFalse();
    }
    assertThat(impatient.get("/livez").statusCode()).isEqualTo(200);
  }

  @Test
  void aBodyThatBreaksOffHurtsNobody() {
    try (RawClient broken = new RawClient(impatient)) {
      broken.say(
          lines(PUSH, "Host: localhost", "X-Sensor: a", "Content-Length: 1000", "")
              + "{\"sensordatavalues\":");
    }
    assertThat(impatient.get("/livez").statusCode()).isEqualTo(200);
    assertThat(impatient.metrics().scrape()).doesNotContain("status=\"500\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NONSENSE||",
        "GET / HTTP/1.1||",
        "GET / HTTP/1.1|Host: a|Host: b||",
        "GET / HTTP/1.1|Host: localhost|no colon||",
        "GET /%zz HTTP/1.1|Host: localhost||",
        "GET /api/v1/readings?measure=%zz HTTP/1.1|Host: localhost||",
        "GET /api/v1/readings?measure=% HTTP/1.1|Host: localhost||",
        "GET /api/v1/readings?a=\u00e9 HTTP/1.1|Host: localhost||",
        "GET / FTP/1.1|Host: localhost||",
        "POST /v1/push-sensor-data/ HTTP/1.1|Host: localhost|Content-Length: -1||",
        "POST /v1/push-sensor-data/ HTTP/1.1|Host: localhost|Content-Length: x||",
        "POST / HTTP/1.1|Host: localhost|Content-Length: 4|Transfer-Encoding: chunked||0||",
        "POST /v1/push-sensor-data/ HTTP/1.1|Host: localhost|Transfer-Encoding: chunked||xyz||"
      })
  void whatIsNoHttpIs400AsAProblem(String said) {
    try (RawClient broken = new RawClient(impatient)) {
      String heard = broken.say(said.replace("|", CRLF)).hearToTheEnd();
      assertThat(heard).startsWith("HTTP/1.1 400 ");
      assertThat(heard).containsIgnoringCase("Content-Type: application/problem+json");
      assertThat(heard).contains("\"status\":400");
    }
  }

  @Test
  void tooLongALineAndTooManyHeadersAreRefused() {
    try (RawClient greedy = new RawClient(node)) {
      String heard = greedy.ask("/api/v1/readings?measure=" + "x".repeat(20_000)).hearToTheEnd();
      assertThat(heard).startsWith("HTTP/1.1 414 ").contains("\"status\":414");
    }
    try (RawClient greedy = new RawClient(node)) {
      greedy.say(lines("GET /livez HTTP/1.1", "Host: localhost"));
      String heard = greedy.say(lines("X-Large: " + "x".repeat(20_000), "")).hearToTheEnd();
      assertThat(heard).startsWith("HTTP/1.1 400 ").contains("\"status\":400");
    }
  }

  @Test
  void anOlderHttpIsTold() {
    try (RawClient old = new RawClient(node)) {
      String heard = old.say(lines("GET /livez HTTP/1.0", "")).hearToTheEnd();
      assertThat(heard).startsWith("HTTP/1.1 505 ").contains("speak HTTP/1.1");
    }
  }

  @Test
  void aHugePushIsCutOff() {
    try (RawClient greedy = new RawClient(impatient)) {
      String heard =
          greedy
              .say(lines(PUSH, "Host: localhost", "Content-Length: 99999999999", ""))
              .hearToTheEnd();
      assertThat(heard).startsWith("HTTP/1.1 413 ").contains("the body is too large");
    }
    try (RawClient greedy = new RawClient(impatient)) {
      greedy.say(lines(PUSH, "Host: localhost", "Transfer-Encoding: chunked", ""));
      String chunk = lines("10000", "x".repeat(0x10000));
      boolean taken = true;
      for (int i = 0; i < 1_000 && taken; i++) {
        taken = greedy.trySay(chunk);
      }
      assertThat(taken).as("64 MB were taken").isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../../../../etc/passwd",
        "/assets/../../../../etc/passwd",
        "/assets/%2e%2e/%2e%2e/etc/passwd",
        "/assets/..%2f..%2fetc%2fpasswd",
        "/assets//etc/passwd",
        "/assets/..\\..\\etc\\passwd",
        "//etc/passwd",
        "/assets/page.css%00.html"
      })
  void noPathLeadsToAFile(String path) {
    try (RawClient curious = new RawClient(impatient)) {
      String heard = curious.askOnce(path).hearToTheEnd();
      assertThat(heard).matches("(?s)HTTP/1.1 (404|400) .*").doesNotContain("root:");
    }
  }

  @Test
  void connectionsBeyondTheLimitWaitUntilOneIsClosed() {
    try (TestNode small =
        TestNode.setup().beside(node).limits(Limits.atOnce(3, 100, 100)).start()) {
      List<RawClient> keptAlive = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        RawClient client = new RawClient(small);
        client.ask("/livez").hearUntil("\"live\"}");
        keptAlive.add(client);
      }
      try (RawClient waiting = new RawClient(small)) {
        waiting.ask("/readyz");
        keptAlive.get(1).ask("/livez").hearUntil("\"live\"}");
        keptAlive.get(0).close();
        waiting.hearUntil("\"ready\"");
      }
      keptAlive.forEach(RawClient::close);
    }
  }

  @Test
  void requestsBeyondTheLimitAre503() {
    try (TestNode small = TestNode.setup().beside(node).limits(Limits.atOnce(100, 1, 100)).start();
        RawClient stream = new RawClient(small);
        RawClient other = new RawClient(small)) {
      stream.ask("/api/v1/stream").hearUntil("retry: 3000");
      String heard = other.ask("/livez").hearToTheEnd();
      assertThat(heard).startsWith("HTTP/1.1 503 ").contains("\"status\":503");
    }
  }

  @Test
  void aPortInUseIsToldWithWhatToDo() {
    assertThatThrownBy(() ->
            AirLensServer.start(
                ServerSettings.of("127.0.0.1", node.port(), "test", Path.of("target/no-analyses")),
                new FailingStore(node.store(), Optional::empty),
                new LatestView(),
                new LiveReadings(10),
                Optional.empty(),
                Optional.empty(),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT)))
        .isInstanceOf(ServerStartException.class)
        .hasMessage(
            "port %d on 127.0.0.1 is in use; choose another with --port".formatted(node.port()));
  }

  private static String lines(String... lines) {
    return String.join(CRLF, lines) + CRLF;
  }

  /** Says something a little faster than patience ends, again and again. */
  private static void drip(RawClient slow, String drop) {
    try {
      while (slow.trySay(drop)) {
        Thread.sleep(100); // The slow client itself; no assertion waits for it.
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
