package org.airlens.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.StreamSupport;
import org.airlens.model.Location;
import org.airlens.model.MeasureValues;
import org.airlens.model.Reading;
import org.airlens.model.TestReadings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What the routes over readings answer to well-formed questions. */
class ReadingRoutesTest {

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
  void theCatalogueTellsNameLabelUnitQuantityAndValidRange() {
    JsonNode measures = node.json("/api/v1/measures").get("measures");
    assertThat(measures.get(0).toString())
        .isEqualTo(
            "{\"name\":\"aqi\",\"label\":\"Air quality index\",\"unit\":\"1\",\"quantity\":"
                + "\"UK Daily Air Quality Index\",\"valid_range\":[1.0,10.0]}");
    assertThat(measures.findValuesAsString("name"))
        .contains("P1", "P2", "temperature", "humidity", "pressure", "noise_LAeq");
  }

  @Test
  void theCatalogueEndsWithWhatElseTheStoreHasSeen() {
    try (TestNode other =
        TestNode.serving(
            new Reading(
                TestReadings.dust(1, Network.NEWEST, 1, 1).sensor(),
                TestReadings.dust(1, Network.NEWEST, 1, 1).location(),
                Network.NEWEST,
                MeasureValues.of("ozone_ppb", 31),
                OptionalInt.empty()))) {
      JsonNode measures = other.json("/api/v1/measures").get("measures");
      assertThat(measures.get(measures.size() - 1).toString())
          .isEqualTo(
              "{\"name\":\"ozone_ppb\",\"label\":\"ozone_ppb\",\"unit\":null,\"quantity\":null,"
                  + "\"valid_range\":null}");
    }
  }

  @Test
  void latestIsTheNewestReadingOfEachSensorHoweverOld() {
    JsonNode latest = node.json("/api/v1/latest");
    assertThat(latest.get("type").asString()).isEqualTo("FeatureCollection");
    assertThat(latest.get("features")).hasSize(4);
    assertThat(latest.get("features").get(2).toString())
        .isEqualTo(
            "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[13.405,52.52]},"
                + "\"properties\":{\"sensor_id\":3,\"location_id\":1003,"
                + "\"timestamp\":\"2018-12-20T12:00:00Z\",\"sensor_type_name\":\"SDS011\","
                + "\"country\":\"DE\",\"aqi\":4,\"P1\":30.0,\"P2\":39.0}}");
  }

  @Test
  void latestIsNarrowedByMeasureBoxCountryAndAge() {
    assertThat(sensors("/api/v1/latest?measure=humidity")).containsExactly(4L);
    assertThat(sensors("/api/v1/latest?measure=aqi")).containsExactly(1L, 2L, 3L);
    assertThat(sensors("/api/v1/latest?bbox=13,52,14,53")).containsExactly(3L);
    assertThat(sensors("/api/v1/latest?country=gb")).containsExactly(1L, 2L, 4L);
    assertThat(sensors("/api/v1/latest?country=GB,DE&measure=P2")).containsExactly(1L, 2L, 3L);
    assertThat(sensors("/api/v1/latest?sensor_id=2,4")).containsExactly(2L, 4L);
    assertThat(sensors("/api/v1/latest?location_id=1004")).containsExactly(4L);
    assertThat(sensors("/api/v1/latest?sensor_type=DHT22")).containsExactly(4L);
    assertThat(sensors("/api/v1/latest?max_age=24h")).isEmpty();
    assertThat(sensors("/api/v1/latest?max_age=36500d")).containsExactly(1L, 2L, 3L, 4L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "circle=13.4,52.5,10000 | 3",
        "circle=-2.094,57.149,10 | 1 2 4",
        "polygon={'type':'Polygon','coordinates':[[[13,52],[14,52],[14,53],[13,52]]]} | ",
        "polygon={'type':'Polygon','coordinates':[[[13,52],[14,52],[13.5,54],[13,52]]]} | 3",
        "polygon={'type':'Feature','geometry':{'type':'MultiPolygon','coordinates':"
            + "[[[[13,52],[14,52],[13.5,54],[13,52]]],[[[-3,57],[-2,57],[-2,58],[-3,57]]]]}} | 1 2 3 4",
        "range=P1:30.. | 3",
        "range=P1:30..30,aqi:4..,latitude:50..54 | 3",
        "`range=P1:30..30|1000..` | 3",
        "indoor=false | 1 2 3 4",
        "indoor=true | ",
        "sensor_pin=7 | 4",
        "sensor_type_id=9 | 4",
        "sensor_type_manufacturer=various | 4",
        "quality=plausible | 1 2 3 4",
      })
  void placesAreNarrowedByShapeAndReadingsByWhatTheyAre(String condition, @Nullable String ids) {
    String query = URLEncoder.encode(condition.replace('\'', '"'), UTF_8).replaceFirst("%3D", "=");
    List<Long> expected =
        ids == null ? List.of() : Arrays.stream(ids.split(" ")).map(Long::valueOf).toList();
    assertThat(sensors("/api/v1/latest?" + query)).isEqualTo(expected);
    assertThat(
            node.json("/api/v1/readings?limit=10000&" + query)
                .get("readings")
                .findValues("sensor_id"))
        .extracting(JsonNode::longValue)
        .containsAll(expected)
        .isSubsetOf(expected);
  }

  @Test
  void sensorTypesAreCounted() {
    JsonNode types = node.json("/api/v1/sensor-types").get("sensor_types");
    assertThat(types).hasSize(2);
    assertThat(types.get(0).toString())
        .isEqualTo(
            "{\"sensor_type_id\":9,\"sensor_type_name\":\"DHT22\","
                + "\"sensor_type_manufacturer\":\"various\",\"sensors\":1}");
    assertThat(types.get(1).get("sensor_type_name").asString()).isEqualTo("SDS011");
    assertThat(types.get(1).get("sensors").asInt()).isEqualTo(3);
  }

  @Test
  void maxAgeCountsFromNow() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    try (TestNode live =
        TestNode.serving(
            TestReadings.dust(1, now.minusSeconds(600), 1, 1),
            TestReadings.dust(2, now.minusSeconds(7_200), 1, 1))) {
      assertThat(sensorIds(live.json("/api/v1/latest?max_age=1h").get("features")))
          .containsExactly(1L);
      assertThat(sensorIds(live.json("/api/v1/latest?max_age=3h").get("features")))
          .containsExactly(1L, 2L);
    }
  }

  @Test
  void aPositionThatNobodyKnowsIsANullGeometry() {
    Reading known = TestReadings.dust(1, Network.NEWEST, 1, 1);
    Reading nowhere =
        new Reading(
            known.sensor(),
            new Location(7, Optional.empty(), OptionalDouble.empty(), "", false, Optional.empty()),
            known.timestamp(),
            known.values(),
            known.aqi());
    try (TestNode other = TestNode.serving(nowhere)) {
      assertThat(other.json("/api/v1/latest").get("features").get(0).toString())
          .startsWith("{\"type\":\"Feature\",\"geometry\":null,")
          .contains("\"country\":null,\"aqi\":null");
      assertThat(other.json("/api/v1/readings").get("readings").get(0).toString())
          .contains("\"latitude\":null,\"longitude\":null,\"altitude\":null,\"country\":null,")
          .contains("\"indoor\":null");
    }
  }

  @Test
  void allOfItAsOneDocumentIsWhatThePagesHold() {
    List<String> paged = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = node.json("/api/v1/readings?limit=100" + cursor);
      page.get("readings").forEach(reading -> paged.add(reading.toString()));
      JsonNode next = page.get("next_cursor");
      cursor = next.isNull() ? "" : "&cursor=" + next.asString();
    } while (!cursor.isEmpty());
    JsonNode whole = node.json("/api/v1/readings?all=true");
    assertThat(whole.get("readings"))
        .extracting(JsonNode::toString)
        .hasSizeGreaterThan(100)
        .isEqualTo(paged);
    assertThat(whole.get("next_cursor").isNull()).isTrue();
    assertThat(node.json("/api/v1/readings?all=true&format=geojson").get("features"))
        .hasSameSizeAs(paged);
  }

  @Test
  void aReadingHasEveryColumnOfTheTableAndThenItsMeasures() {
    JsonNode answer = node.json("/api/v1/readings?sensor_id=1&limit=1");
    assertThat(answer.propertyNames()).containsExactly("readings", "next_cursor");
    assertThat(answer.get("readings").get(0).toString())
        .isEqualTo(
            "{\"timestamp\":\"2018-12-20T12:00:00Z\",\"sensor_id\":1,\"location_id\":1001,"
                + "\"latitude\":57.149,\"longitude\":-2.094,\"altitude\":20.5,\"country\":\"GB\","
                + "\"indoor\":false,\"sensor_type_id\":14,\"sensor_type_name\":\"SDS011\","
                + "\"sensor_type_manufacturer\":\"Nova Fitness\",\"sensor_pin\":\"1\",\"aqi\":1,"
                + "\"P1\":10.0,\"P2\":5.0}");
  }

  @Test
  void readingsAreAHundredUnlessAskedOtherwise() {
    assertThat(node.json("/api/v1/readings").get("readings")).hasSize(100);
    assertThat(node.json("/api/v1/readings?limit=10000").get("readings")).hasSize(144 * 4);
  }

  @Test
  void theWindowIsTheDayUpToTheNewestReadingUnlessAskedOtherwise() {
    List<String> times =
        node.json("/api/v1/readings?sensor_id=1&limit=1000&sort=timestamp")
            .get("readings")
            .findValuesAsString("timestamp");
    assertThat(times).hasSize(144);
    assertThat(times.getFirst()).isEqualTo("2018-12-19T12:10:00Z");
    assertThat(times.getLast()).isEqualTo("2018-12-20T12:00:00Z");
  }

  @Test
  void fromIsInclusiveAndToIsExclusive() {
    assertThat(
            node.json(
                    "/api/v1/readings?sensor_id=1&from=2018-12-20T10:00:00Z"
                        + "&to=2018-12-20T10:20:00Z&sort=timestamp")
                .get("readings")
                .findValuesAsString("timestamp"))
        .containsExactly("2018-12-20T10:00:00Z", "2018-12-20T10:10:00Z");
  }

  @Test
  void aDateIsItsMidnightAndAnOffsetIsHeeded() {
    String whole = "/api/v1/readings?sensor_id=1&limit=1000&sort=timestamp&";
    assertThat(node.json(whole + "from=2018-12-19&to=2018-12-20").get("readings")).hasSize(107);
    assertThat(
            node.json(whole + "from=2018-12-20T01:00:00%2B01:00")
                .get("readings")
                .get(0)
                .get("timestamp")
                .asString())
        .isEqualTo("2018-12-20T00:00:00Z");
    assertThat(node.get(whole + "from=2018-12-20T01:00:00%2B01:00").body())
        .isEqualTo(node.get(whole + "from=2018-12-20T01:00:00+01:00").body());
  }

  @Test
  void withOnlyAnEndTheWindowIsTheDayBeforeIt() {
    assertThat(
            node.json("/api/v1/readings?sensor_id=1&limit=1000&sort=timestamp&to=2018-12-20")
                .get("readings")
                .get(0)
                .get("timestamp")
                .asString())
        .isEqualTo("2018-12-19T06:10:00Z");
  }

  @Test
  void relativeTimesCountFromNow() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    try (TestNode live =
        TestNode.serving(
            TestReadings.dust(1, now.minusSeconds(600), 1, 1),
            TestReadings.dust(2, now.minusSeconds(7_200), 1, 1))) {
      assertThat(sensorIds(live.json("/api/v1/readings?from=-1h").get("readings")))
          .containsExactly(1L);
      assertThat(sensorIds(live.json("/api/v1/readings?from=-3h&to=-1h").get("readings")))
          .containsExactly(2L);
      assertThat(sensorIds(live.json("/api/v1/readings?to=now").get("readings")))
          .containsExactly(1L, 2L);
    }
  }

  @Test
  void filtersNarrowReadingsTogether() {
    assertThat(sensorIds(all("measure=P2&country=DE").get("readings"))).containsOnly(3L);
    assertThat(sensorIds(all("bbox=-3,57,-2,58&measure=aqi").get("readings"))).containsOnly(1L, 2L);
    assertThat(sensorIds(all("location_id=1004,1002").get("readings"))).containsOnly(2L, 4L);
    assertThat(all("measure=P2&sensor_id=4").get("readings")).isEmpty();
    assertThat(all("measure=never_seen").get("readings")).isEmpty();
  }

  @Test
  void geoJsonHasAFeatureAReadingAndItsCursor() {
    JsonNode page = node.json("/api/v1/readings?format=geojson&limit=2&sensor_id=1");
    assertThat(page.get("features")).hasSize(2);
    assertThat(page.get("next_cursor").asString()).isNotEmpty();
    assertThat(node.get("/api/v1/readings?format=geojson").headers().firstValue("Content-Type"))
        .contains("application/geo+json");
    assertThat(node.json("/api/v1/readings?format=geojson&limit=10000").has("next_cursor"))
        .isFalse();
  }

  @Test
  void sensorsAreListedWithFirstAndLastTimeSeen() {
    JsonNode page = node.json("/api/v1/sensors?limit=3");
    assertThat(page.get("sensors").get(0).toString())
        .isEqualTo(
            "{\"sensor_id\":1,\"location_id\":1001,\"latitude\":57.149,\"longitude\":-2.094,"
                + "\"altitude\":20.5,\"country\":\"GB\",\"indoor\":false,\"sensor_type_id\":14,"
                + "\"sensor_type_name\":\"SDS011\",\"sensor_type_manufacturer\":\"Nova Fitness\","
                + "\"sensor_pin\":\"1\",\"first_seen\":\"2018-12-19T06:10:00Z\","
                + "\"last_seen\":\"2018-12-20T12:00:00Z\"}");
    assertThat(page.get("next_cursor").asString()).isEqualTo("3");
    JsonNode rest = node.json("/api/v1/sensors?limit=3&cursor=3");
    assertThat(sensorIds(rest.get("sensors"))).containsExactly(4L);
    assertThat(rest.get("next_cursor").isNull()).isTrue();
    assertThat(sensorIds(node.json("/api/v1/sensors?country=DE").get("sensors")))
        .containsExactly(3L);
  }

  @Test
  void aSensorAndALocationTellWhatIsKnownOfThem() {
    JsonNode sensor = node.json("/api/v1/sensors/3");
    assertThat(sensor.get("first_seen").asString()).isEqualTo("2018-12-19T06:10:00Z");
    assertThat(sensor.get("newest").get("P2").asDouble()).isEqualTo(39);
    JsonNode location = node.json("/api/v1/locations/1003");
    assertThat(location.get("location_id").asLong()).isEqualTo(1003);
    assertThat(location.get("latitude").asDouble()).isEqualTo(52.52);
    assertThat(location.get("first_seen").asString()).isEqualTo("2018-12-19T06:10:00Z");
    assertThat(location.get("last_seen").asString()).isEqualTo("2018-12-20T12:00:00Z");
    assertThat(sensorIds(location.get("sensors"))).containsExactly(3L);
  }

  @Test
  void anEmptyStoreAnswersWithEmptyLists() {
    try (TestNode empty = TestNode.serving()) {
      assertThat(empty.json("/api/v1/latest").get("features")).isEmpty();
      assertThat(empty.json("/api/v1/readings").get("readings")).isEmpty();
      assertThat(empty.json("/api/v1/sensors").get("sensors")).isEmpty();
      assertThat(empty.json("/api/v1/series?measure=P2").get("series")).isEmpty();
      assertThat(empty.json("/api/v1/stats?measure=aqi").toString())
          .contains("\"count\":0,\"sensors\":0,\"min\":null,\"mean\":null,\"max\":null,")
          .contains("\"p50\":null,\"p95\":null,\"bands\":{\"1\":0,");
      assertThat(empty.json("/api/v1/status").get("lag_seconds").isNull()).isTrue();
      assertThat(empty.get("/api/v1/readings?format=csv").body().lines()).hasSize(1);
      assertThat(empty.get("/").statusCode()).isEqualTo(200);
    }
  }

  private static JsonNode all(String filters) {
    return node.json("/api/v1/readings?limit=10000&" + filters);
  }

  private static List<Long> sensors(String path) {
    return sensorIds(node.json(path).get("features"));
  }

  /** In order, each once. */
  static List<Long> sensorIds(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(one -> one.has("properties") ? one.get("properties") : one)
        .map(one -> one.get("sensor_id").asLong())
        .distinct()
        .toList();
  }
}
