package org.airlens.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.airlens.model.Reading;
import org.airlens.model.TestReadings;
import org.airlens.store.ReadingSort;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Paging through {@code /api/v1/readings} by cursor. */
class ReadingPagesTest {

  private static final Instant NOON = TestReadings.NOON;

  private static final List<Reading> READINGS = mixed();

  private static TestNode node;

  @BeforeAll
  static void start() {
    node = TestNode.setup().readings(READINGS).start();
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "timestamp",
        "-timestamp",
        "sensor_id",
        "-sensor_id",
        "location_id",
        "-location_id",
        "P2",
        "-P2",
        "aqi",
        "-aqi",
        "temperature",
        "-temperature",
        "never_seen"
      })
  void pagesTogetherAreEveryReadingOnceInOrder(String sort) {
    List<String> paged = identities(pages("sort=" + sort + "&limit=37", 37));
    assertThat(paged)
        .containsExactlyElementsOf(
            READINGS.stream().sorted(order(sort)).map(this::identity).toList());
  }

  @Test
  void pagesStayStableWhileReadingsAreWritten() {
    try (TestNode written = TestNode.setup().readings(READINGS).start()) {
      List<JsonNode> found = new ArrayList<>();
      String path = "/api/v1/readings?sort=-timestamp&limit=50";
      JsonNode page = written.json(path);
      int round = 0;
      while (true) {
        page.get("readings").forEach(found::add);
        if (page.get("next_cursor").isNull()) {
          break;
        }
        // Newer ones, which the window of the first page does not reach.
        written.keep(List.of(TestReadings.dust(500, NOON.plusSeconds(600 + round++), 1, 1)));
        page = written.json(path + "&cursor=" + page.get("next_cursor").asString());
      }
      assertThat(round).isPositive();
      assertThat(identities(found))
          .containsExactlyElementsOf(
              READINGS.stream().sorted(order("-timestamp")).map(this::identity).toList());
    }
  }

  @Test
  void theLastPageHasNoCursorEvenWhenItIsFull() {
    String path = "/api/v1/readings?sensor_id=1&limit=";
    int count = node.json(path + "10000").get("readings").size();
    assertThat(node.json(path + count).get("next_cursor").isNull()).isTrue();
    assertThat(node.json(path + (count - 1)).get("next_cursor").isNull()).isFalse();
  }

  @Test
  void aCursorGoesOnWithTheWindowItBeganWith() {
    String path = "/api/v1/readings?from=2018-12-20T11:00:00Z&to=2018-12-20T11:30:00Z&limit=10";
    String cursor = node.json(path).get("next_cursor").asString();
    assertThat(node.get(path + "&cursor=" + cursor).statusCode()).isEqualTo(200);
    assertThat(node.get("/api/v1/readings?limit=10&cursor=" + cursor).statusCode()).isEqualTo(200);
  }

  @Test
  void aCursorOfAnotherQuestionIsRefused() {
    String cursor = node.json("/api/v1/readings?limit=10").get("next_cursor").asString();
    for (String other :
        List.of("sort=timestamp", "measure=P1", "sensor_id=1", "country=GB", "to=2018-12-19")) {
      assertThat(node.get("/api/v1/readings?limit=10&cursor=" + cursor + "&" + other))
          .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(400))
          .satisfies(answer ->
              assertThat(TestNode.parse(answer.body()).get("parameter").asString())
                  .isEqualTo("cursor"));
    }
  }

  @Test
  void aForgedCursorIsRefused() {
    for (String forged : List.of("x", "AAAA", "%21%21", "MXwyfDN8NHw1fDY", "fHx8fHw")) {
      assertThat(node.get("/api/v1/readings?cursor=" + forged).statusCode()).isEqualTo(400);
    }
  }

  @Test
  void theLongestPageHasTenThousandReadings() {
    assertThat(node.get("/api/v1/readings?limit=10001").statusCode()).isEqualTo(400);
    assertThat(node.get("/api/v1/readings?limit=10001").body()).contains("\"parameter\":\"limit\"");
  }

  private static List<JsonNode> pages(String query, int limit) {
    List<JsonNode> found = new ArrayList<>();
    String path = "/api/v1/readings?" + query;
    JsonNode page = node.json(path);
    while (true) {
      assertThat(page.get("readings").size()).isLessThanOrEqualTo(limit);
      page.get("readings").forEach(found::add);
      if (page.get("next_cursor").isNull()) {
        return found;
      }
      page =
          node.json(
              path
                  + "&cursor="
                  + URLEncoder.encode(page.get("next_cursor").asString(), StandardCharsets.UTF_8));
    }
  }

  private static List<String> identities(List<JsonNode> readings) {
    return readings.stream()
        .map(one -> one.get("sensor_id").asLong() + "@" + one.get("timestamp").asString())
        .toList();
  }

  private String identity(Reading reading) {
    return reading.sensor().id() + "@" + reading.timestamp();
  }

  /** What the interface and the store's contract say about orders. */
  private static Comparator<Reading> order(String sort) {
    boolean descending = sort.startsWith("-");
    String key = descending ? sort.substring(1) : sort;
    Comparator<Reading> rest =
        Comparator.comparing(Reading::timestamp)
            .reversed()
            .thenComparingLong(reading -> reading.sensor().id());
    if (key.equals(ReadingSort.TIMESTAMP)) {
      Comparator<Reading> time = Comparator.comparing(Reading::timestamp);
      return (descending ? time.reversed() : time)
          .thenComparingLong(reading -> reading.sensor().id());
    }
    Comparator<Double> values = descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
    return Comparator.<Reading, Boolean>comparing(reading -> value(reading, key).isEmpty())
        .thenComparing(reading -> value(reading, key).orElse(0), values)
        .thenComparing(rest);
  }

  private static OptionalDouble value(Reading reading, String key) {
    return switch (key) {
      case ReadingSort.SENSOR_ID -> OptionalDouble.of((double) reading.sensor().id());
      case ReadingSort.LOCATION_ID -> OptionalDouble.of((double) reading.location().id());
      default -> reading.value(key);
    };
  }

  /** Sensors that report at the same seconds, few distinct values, some without an index. */
  private static List<Reading> mixed() {
    SplittableRandom random = new SplittableRandom(7);
    List<Reading> readings = new ArrayList<>();
    HashSet<String> identities = new HashSet<>();
    readings.add(TestReadings.climate(9, NOON, 1.5, 99));
    identities.add("9@" + NOON);
    for (int i = 0; i < 400; i++) {
      long sensor = 1L + random.nextInt(12);
      Instant at = NOON.minusSeconds(60L * random.nextInt(120));
      if (!identities.add(sensor + "@" + at)) {
        continue;
      }
      if (sensor % 3 == 0) {
        readings.add(TestReadings.climate(sensor, at, random.nextInt(5) - 2.5, 80));
      } else {
        Reading dust = TestReadings.dust(sensor, at, random.nextInt(5), random.nextInt(4) / 4.0);
        readings.add(
            random.nextBoolean() ? dust.withAqi(OptionalInt.of(1 + random.nextInt(3))) : dust);
      }
    }
    return readings;
  }
}
