package org.airlens.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.airlens.model.Reading;
import org.airlens.model.TestReadings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** {@code /api/v1/stream}: an event for each new reading. */
@Timeout(60) // A stream that says nothing would hang, not fail.
class StreamRouteTest {

  private static final Instant NOON = TestReadings.NOON;

  private static final int STREAMS = 5;

  private static TestNode owner;

  /** Each test has its own stream of readings. */
  private TestNode node;

  @BeforeAll
  static void open() {
    owner = TestNode.serving(TestReadings.dust(1, NOON, 30, 39).withAqi(OptionalInt.of(4)));
  }

  @AfterAll
  static void shut() {
    owner.close();
  }

  @BeforeEach
  void start() {
    node = TestNode.setup().beside(owner).limits(Limits.atOnce(100, 100, STREAMS)).start();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void eachNewReadingIsAnEventWithAnIdAndTheReadingInFull() {
    try (EventStream stream = EventStream.open(node, "")) {
      assertThat(stream.response().headers().map())
          .containsEntry("content-type", List.of("text/event-stream"))
          .containsEntry("cache-control", List.of("no-cache"))
          .containsEntry("x-accel-buffering", List.of("no"))
          .doesNotContainKey("content-encoding");
      node.keep(
          List.of(
              TestReadings.dust(1, NOON, 30, 39).withAqi(OptionalInt.of(4)),
              TestReadings.climate(2, NOON, 4.5, 80)));
      EventStream.Event first = stream.next().orElseThrow();
      assertThat(first.type()).isEqualTo("reading");
      assertThat(first.data())
          .isEqualTo(node.json("/api/v1/readings?sensor_id=1").get("readings").get(0).toString());
      EventStream.Event second = stream.next().orElseThrow();
      assertThat(sensor(second)).isEqualTo(2);
      assertThat(Long.parseLong(second.id())).isEqualTo(Long.parseLong(first.id()) + 1);
    }
  }

  @Test
  void filtersNarrowTheEvents() {
    try (EventStream stream = EventStream.open(node, "?measure=P2&country=DE&bbox=13,52,14,53")) {
      node.keep(
          List.of(
              TestReadings.dust(1, NOON, 1, 1),
              TestReadings.at(TestReadings.climate(2, NOON, 1, 1), 52.5, 13.4, "DE"),
              TestReadings.at(TestReadings.dust(3, NOON, 1, 1), 48.1, 11.5, "DE"),
              TestReadings.at(TestReadings.dust(4, NOON, 1, 1), 52.5, 13.4, "DE")));
      assertThat(sensor(stream.next().orElseThrow())).isEqualTo(4);
    }
  }

  @Test
  void whoComesBackWithTheLastIdGetsWhatItMissed() {
    String last;
    try (EventStream stream = EventStream.open(node, "")) {
      node.keep(List.of(TestReadings.dust(1, NOON, 1, 1), TestReadings.dust(2, NOON, 1, 1)));
      last = stream.next().orElseThrow().id();
    }
    node.keep(List.of(TestReadings.dust(3, NOON, 1, 1)));
    try (EventStream stream = EventStream.open(node, "", "Last-Event-ID", last)) {
      assertThat(sensor(stream.next().orElseThrow())).isEqualTo(2);
      assertThat(sensor(stream.next().orElseThrow())).isEqualTo(3);
      node.keep(List.of(TestReadings.dust(4, NOON, 1, 1)));
      assertThat(sensor(stream.next().orElseThrow())).isEqualTo(4);
    }
    try (EventStream stream = EventStream.open(node, "?last_event_id=" + last)) {
      assertThat(sensor(stream.next().orElseThrow())).isEqualTo(2);
    }
  }

  @Test
  void theHeaderWinsForItIsTheNewerOfTheTwo() {
    try (EventStream stream = EventStream.open(node, "")) {
      node.keep(List.of(TestReadings.dust(1, NOON, 1, 1), TestReadings.dust(2, NOON, 1, 1)));
      String older = stream.next().orElseThrow().id();
      String newer = stream.next().orElseThrow().id();
      node.keep(List.of(TestReadings.dust(3, NOON, 1, 1)));
      try (EventStream back =
          EventStream.open(node, "?last_event_id=" + older, "Last-Event-ID", newer)) {
        assertThat(sensor(back.next().orElseThrow())).isEqualTo(3);
      }
    }
  }

  @Test
  void whoMissedTooMuchIsToldToFetchTheStateAnewAndGoesOnFromThere() {
    for (String unknown : List.of("0", "5", "9007199254740991")) {
      try (EventStream stream = EventStream.open(node, "", "Last-Event-ID", unknown)) {
        EventStream.Event reset = stream.next().orElseThrow();
        assertThat(reset.type()).isEqualTo("reset");
        assertThat(reset.data()).isEqualTo("{}");
        node.keep(List.of(TestReadings.dust(1, NOON.plusSeconds(unknown.length()), 1, 1)));
        EventStream.Event next = stream.next().orElseThrow();
        assertThat(next.type()).isEqualTo("reading");
        assertThat(Long.parseLong(next.id())).isEqualTo(Long.parseLong(reset.id()) + 1);
      }
    }
  }

  @Test
  void aSilentStreamSaysThatItLives() {
    try (EventStream stream = EventStream.open(node, "?sensor_id=77")) {
      assertThat(stream.line()).isEqualTo(": still here");
      node.keep(List.of(TestReadings.dust(1, NOON, 1, 1))); // Not for this stream.
      assertThat(stream.line()).isEmpty();
      assertThat(stream.line()).isEqualTo(": still here");
    }
  }

  @Test
  void tooManyStreamsAre503AndOneThatIsGoneMakesRoom() {
    EventStream gone = EventStream.open(node, "");
    try (EventStream first = EventStream.open(node, "")) {
      for (int i = 2; i < STREAMS; i++) {
        EventStream.open(node, "");
      }
      try (EventStream beyond = EventStream.ask(node, "")) {
        assertThat(beyond.response().statusCode()).isEqualTo(503);
        assertThat(beyond.response().headers().firstValue("Retry-After")).contains("5");
        assertThat(beyond.response().headers().firstValue("Content-Type"))
            .contains("application/problem+json");
      }
      assertThat(node.get("/metrics").body()).contains("airlens_event_streams 5.0");
      gone.close();
      int status = 503;
      while (status != 200) {
        // Each heartbeat of the first stream is time enough for the server to look after the other.
        assertThat(first.line()).isIn(": still here", "");
        try (EventStream asked = EventStream.ask(node, "")) {
          status = asked.response().statusCode();
        }
      }
    }
  }

  @Test
  void aBadIdIsRefused() {
    try (EventStream stream = EventStream.ask(node, "", "Last-Event-ID", "x")) {
      assertThat(stream.response().statusCode()).isEqualTo(400);
      assertThat(stream.line()).contains("\"parameter\":\"Last-Event-ID\"");
    }
  }

  @Test
  void streamsEndWhenTheServerCloses() {
    try (EventStream first = EventStream.open(node, "");
        EventStream second = EventStream.open(node, "?country=DE")) {
      node.server().close();
      assertThat(first.next()).isEmpty();
      assertThat(second.next()).isEmpty();
    }
  }

  @Test
  void whoFallsFarBehindIsCutOffAndMayComeBack() {
    List<Reading> many = new ArrayList<>();
    for (int i = 0; i < 30_000; i++) {
      many.add(TestReadings.dust(1 + i, NOON, 1, 1));
    }
    try (RawClient deaf = new RawClient(node)) {
      deaf.askOnce("/api/v1/stream").hearUntil("retry: 3000\n\n");
      for (int i = 0; i < 10; i++) {
        node.tell(many);
      }
      String heard = deaf.hearToTheEnd();
      assertThat(heard).endsWith("0\r\n\r\n");
      assertThat(heard.split("event: reading", -1).length).isLessThan(300_000);
    }
  }

  private static long sensor(EventStream.Event event) {
    JsonNode reading = TestNode.parse(event.data());
    return reading.get("sensor_id").asLong();
  }
}
