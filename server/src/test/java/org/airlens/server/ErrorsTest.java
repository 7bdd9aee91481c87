package org.airlens.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.airlens.model.TestReadings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Errors are RFC 9457 and name the parameter at fault. */
class ErrorsTest {

  private static TestNode node;

  @BeforeAll
  static void start() {
    node = TestNode.serving(TestReadings.dust(1, TestReadings.NOON, 30, 39));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        // Unknown, misspelled, of another route, in another case.
        "/api/v1/readings?foo=1 foo",
        "/api/v1/latest?limit=5 limit",
        "/api/v1/latest?from=-1h from",
        "/api/v1/measures?measure=P1 measure",
        "/api/v1/readings?Limit=5 Limit",
        "/livez?x x",
        "/?a=b a",
        "/api/v1/sensors/1?measure=P1 measure",
        // Repeated and empty.
        "/api/v1/readings?limit=1&limit=1 limit",
        "/api/v1/readings?measure= measure",
        "/api/v1/readings?measure measure",
        "/api/v1/readings?country=%20 country",
        "/api/v1/readings?sensor_id=1,,2 sensor_id",
        // Missing.
        "/api/v1/series measure",
        "/api/v1/stats measure",
        // Out of range or no such thing.
        "/api/v1/readings?limit=0 limit",
        "/api/v1/readings?limit=-1 limit",
        "/api/v1/readings?limit=1e3 limit",
        "/api/v1/readings?limit=10001 limit",
        "/api/v1/readings?limit=99999999999999999999 limit",
        "/api/v1/readings?format=Parquet format",
        "/api/v1/readings?format=CSV format",
        "/api/v1/readings?format=xml format",
        "/api/v1/readings?sort=country sort",
        "/api/v1/readings?sort=- sort",
        "/api/v1/readings?sort=--P1 sort",
        "/api/v1/readings?sensor_id=0 sensor_id",
        "/api/v1/readings?sensor_id=-5 sensor_id",
        "/api/v1/readings?sensor_id=abc sensor_id",
        "/api/v1/readings?sensor_id=2251799813685248 sensor_id",
        "/api/v1/readings?location_id=1.5 location_id",
        "/api/v1/readings?country=GBR country",
        "/api/v1/readings?country=G1 country",
        "/api/v1/readings?measure=timestamp measure",
        "/api/v1/readings?measure=AQI measure",
        "/api/v1/readings?measure=a%20b measure",
        "/api/v1/readings?measure=';DROP measure",
        "/api/v1/readings?bbox=1,2,3 bbox",
        "/api/v1/readings?bbox=1,2,3,x bbox",
        "/api/v1/readings?bbox=0,91,1,92 bbox",
        "/api/v1/readings?bbox=0,5,1,4 bbox",
        "/api/v1/readings?bbox=NaN,0,1,1 bbox",
        "/api/v1/readings?bbox=0,0,1e400,1 bbox",
        "/api/v1/readings?circle=13.4,52.5 circle",
        "/api/v1/readings?circle=13.4,52.5,far circle",
        "/api/v1/readings?circle=13.4,52.5,-1 circle",
        "/api/v1/readings?circle=13.4,152.5,1000 circle",
        "/api/v1/readings?polygon=Berlin polygon",
        "/api/v1/readings?polygon=%7B%22type%22:%22Point%22%7D polygon",
        "/api/v1/readings?polygon=%7B%22type%22:%22Polygon%22%7D polygon",
        "/api/v1/readings?polygon=%7B%22type%22:%22Polygon%22,%22coordinates%22:%5B%5B%5B1%5D%5D%5D%7D polygon",
        "/api/v1/readings?polygon=%7B%22type%22:%22Polygon%22,%22coordinates%22:%5B%5D%7D polygon",
        "/api/v1/readings?range=P2 range",
        "/api/v1/readings?range=P2:.. range",
        "/api/v1/readings?range=P2:5..1 range",
        "/api/v1/readings?range=P2:NaN.. range",
        "/api/v1/readings?range=country:1..2 range",
        "/api/v1/readings?range=:1..2 range",
        "/api/v1/readings?range=P2:1..2%7C range",
        "/api/v1/readings?indoor=yes indoor",
        "/api/v1/readings?sensor_type_id=SDS011 sensor_type_id",
        "/api/v1/readings?quality=good quality",
        "/api/v1/stats?measure=P1&bins=1 bins",
        "/api/v1/readings?all=yes all",
        "/api/v1/readings?all=true&cursor=AAAA cursor",
        "/api/v1/readings?from=yesterday from",
        "/api/v1/readings?from=2026-13-01 from",
        "/api/v1/readings?from=2026-11-23T10:00:00 from",
        "/api/v1/readings?from=1969-12-31 from",
        "/api/v1/readings?to=2200-01-01 to",
        "/api/v1/readings?to=-1x to",
        "/api/v1/readings?from=-99999999999h from",
        "/api/v1/latest?max_age=-5m max_age",
        "/api/v1/latest?max_age=5 max_age",
        "/api/v1/latest?max_age=99999999d max_age",
        "/api/v1/series?measure=P1&interval=7 interval",
        "/api/v1/series?measure=P1&interval=0s interval",
        "/api/v1/series?measure=P1&interval=1500ms interval",
        "/api/v1/series?measure=P1&interval=1s&from=2018-01-01&to=2018-12-01 interval",
        "/api/v1/series?measure=P1&interval=raw&from=2018-01-01&to=2018-12-01 interval",
        "/api/v1/series?measure=P1&agg=median agg",
        "/api/v1/series?measure=P1&cursor=x cursor",
        "/api/v1/sensors?cursor=-1 cursor",
        "/api/v1/sensors/abc id",
        "/api/v1/sensors/0 id",
        "/api/v1/locations/99999999999999999999 id",
        "/api/v1/stream?last_event_id=x last_event_id",
        // Contradictory.
        "/api/v1/readings?from=2018-12-20&to=2018-12-20 from",
        "/api/v1/readings?from=-1h&to=-2h from",
        "/api/v1/readings?format=csv&cursor=AAAA cursor",
        "/api/v1/readings?format=parquet&cursor=AAAA cursor",
        "/api/v1/series?measure=P1&interval=raw&agg=max agg",
        // No text: half a UTF-8 sequence, a control character.
        "/api/v1/readings?sensor_type=%FF sensor_type",
        "/api/v1/readings?sensor_type=a%00b sensor_type",
        "/api/v1/readings?country=G%0AB country"
      })
  void aBadParameterIsNamed(String path, String parameter) {
    HttpResponse<String> answer = node.get(path);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    JsonNode problem = TestNode.parse(answer.body());
    assertThat(problem.propertyNames())
        .containsExactly("type", "title", "status", "detail", "parameter");
    assertThat(problem.get("parameter").asString()).isEqualTo(parameter);
    assertThat(problem.get("type").asString()).isEqualTo("about:blank");
    assertThat(problem.get("title").asString()).isEqualTo("Bad Request");
    assertThat(problem.get("status").asInt()).isEqualTo(400);
    assertThat(problem.get("detail").asString()).contains(parameter);
  }

  @ParameterizedTest
  @ValueSource(strings = {"?", "?&", "?limit=5&", "?&&limit=5"})
  void anAmpersandTooManyIsNoParameter(String query) {
    assertThat(node.get("/api/v1/readings" + query).statusCode()).isEqualTo(200);
    assertThat(node.get("/api/v1/readings?=5").statusCode()).isEqualTo(400);
  }

  @Test
  void anOverlongParameterIsNamed() {
    HttpResponse<String> answer = node.get("/api/v1/readings?sensor_type=" + "x".repeat(12_001));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains("\"parameter\":\"sensor_type\"")
        .contains("longer than 12000 characters")
        .hasSizeLessThan(500);
  }

  @Test
  void aThousandIdsAreTheMost() {
    String ids = "1" + ",1".repeat(999);
    assertThat(node.get("/api/v1/readings?sensor_id=" + ids).statusCode()).isEqualTo(200);
    assertThat(node.get("/api/v1/readings?sensor_id=" + ids + ",1").statusCode()).isEqualTo(400);
  }

  @Test
  void whatIsAskedForIsShownShortened() {
    String name = "x".repeat(3_000);
    assertThat(node.get("/api/v1/readings?" + name + "=1").body()).hasSizeLessThan(500);
    assertThat(node.get("/api/v1/readings?sort=" + name).body()).hasSizeLessThan(500);
  }

  @Test
  void aFormatIsRefusedWithThoseThereAre() {
    assertThat(node.get("/api/v1/readings?format=xml").body())
        .contains("'xml' is none of json, csv, parquet, geojson");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing",
        "/api",
        "/api/v1",
        "/api/v1/",
        "/api/v1/readings/",
        "/api/v1/readings/1",
        "/api/v1/sensors/1/readings",
        "/assets/",
        "/assets/page.css",
        "/favicon.ico",
        "/API/V1/latest",
        "/page.html"
      })
  void whatIsNotThereIs404(String path) {
    HttpResponse<String> answer = node.get(path);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(TestNode.parse(answer.body()).get("status").asInt()).isEqualTo(404);
  }

  @Test
  void anUnknownSensorAndLocationAre404() {
    assertThat(node.get("/api/v1/sensors/77").statusCode()).isEqualTo(404);
    assertThat(node.get("/api/v1/sensors/77").body()).contains("no sensor 77");
    assertThat(node.get("/api/v1/locations/77").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "DELETE /api/v1/readings GET,HEAD,OPTIONS",
        "POST /api/v1/latest GET,HEAD,OPTIONS",
        "PUT / GET,HEAD,OPTIONS",
        "PATCH /api/v1/sensors/1 GET,HEAD,OPTIONS",
        "BREW /livez GET,HEAD,OPTIONS",
        "GET /v1/push-sensor-data/ OPTIONS,POST",
        "HEAD /v1/push-sensor-data OPTIONS,POST"
      })
  void anotherMethodIs405WithWhatIsAllowed(String method, String path, String allowed) {
    HttpResponse<String> answer = node.send(method, path);
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains(allowed.replace(",", ", "));
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
  }
}
