package org.airlens.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.airlens.model.TestReadings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What HTTP says of every answer: methods, encodings, caches, origins, security. */
class HttpTest {

  private static TestNode node;

  @BeforeAll
  static void start() {
    node = TestNode.setup().readings(Network.sensors(50, TestReadings.NOON)).start();
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/api/v1/latest",
        "/api/v1/measures",
        "/api/v1/readings?format=csv",
        "/api/v1/readings?format=parquet",
        "/api/v1/series?measure=P2",
        "/api/v1/sensors/1",
        "/api/v1/status",
        "/metrics",
        "/openapi.json"
      })
  void headIsGetWithoutTheBody(String path) {
    HttpResponse<String> get = node.get(path);
    HttpResponse<String> head = node.send("HEAD", path);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("Content-Type"))
        .isEqualTo(get.headers().firstValue("Content-Type"));
    assertThat(head.headers().firstValue("ETag")).isEqualTo(get.headers().firstValue("ETag"));
    assertThat(node.get(path).statusCode()).as("the connection goes on").isEqualTo(200);
  }

  @Test
  void headOfAStreamEndsAtOnce() {
    HttpResponse<String> head = node.send("HEAD", "/api/v1/stream");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("Content-Type")).contains("text/event-stream");
  }

  @Test
  void headOfAnErrorIsTheErrorsStatus() {
    assertThat(node.send("HEAD", "/nothing").statusCode()).isEqualTo(404);
    assertThat(node.send("HEAD", "/api/v1/readings?limit=0").statusCode()).isEqualTo(400);
    assertThat(node.get("/livez").statusCode()).as("the connection goes on").isEqualTo(200);
  }

  @Test
  void everybodyMayReadFromAnyOrigin() {
    assertThat(node.get("/api/v1/latest", "Origin", "https://example.org").headers().map())
        .containsEntry("access-control-allow-origin", List.of("*"));
    assertThat(
            node.get("/api/v1/readings?limit=0", "Origin", "https://example.org").headers().map())
        .as("errors are readable, too")
        .containsEntry("access-control-allow-origin", List.of("*"));
  }

  @Test
  void optionsTellWhatIsAllowed() {
    HttpResponse<String> answer =
        node.send(
            "OPTIONS",
            "/api/v1/readings",
            "Origin",
            "https://example.org",
            "Access-Control-Request-Method",
            "GET");
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().map())
        .containsEntry("allow", List.of("GET, HEAD, OPTIONS"))
        .containsEntry("access-control-allow-origin", List.of("*"))
        .containsEntry("access-control-allow-methods", List.of("GET, HEAD, OPTIONS"));
  }

  @Test
  void noOtherOriginMayPush() {
    HttpResponse<String> answer = node.send("POST", "/v1/push-sensor-data/", "Origin", "https://x");
    assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip|true",
        "GZIP|true",
        "deflate, gzip;q=0.5|true",
        "br, gzip, deflate|true",
        "x-gzip|true",
        "*|true",
        "identity|false",
        "br|false",
        "gzip;q=0|false",
        "gzip; q=0.000|false",
        "*;q=0|false",
        "gzip;q=0, *|false"
      })
  void gzipIsGivenToWhoTakesIt(String accepts, boolean given) {
    HttpRequest request =
        HttpRequest.newBuilder(node.uri("/api/v1/latest"))
            .header("Accept-Encoding", accepts)
            .build();
    HttpResponse<byte[]> answer = node.send(request, BodyHandlers.ofByteArray());
    assertThat(answer.headers().firstValue("Content-Encoding").isPresent()).isEqualTo(given);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/latest",
        "/api/v1/readings",
        "/api/v1/readings?format=csv",
        "/api/v1/series?measure=P2",
        "/metrics",
        "/openapi.json",
        "/"
      })
  void whatIsGzippedIsTheSame(String path) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(node.uri(path)).header("Accept-Encoding", "gzip").build();
    HttpResponse<byte[]> gzipped = node.send(request, BodyHandlers.ofByteArray());
    assertThat(gzipped.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(gzipped.headers().firstValue("Vary")).contains("Accept-Encoding");
    String unpacked =
        new String(
            new GZIPInputStream(new ByteArrayInputStream(gzipped.body())).readAllBytes(),
            StandardCharsets.UTF_8);
    HttpResponse<String> plain = node.get(path);
    assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(plain.headers().firstValue("Vary")).contains("Accept-Encoding");
    if (!path.equals("/metrics")) {
      assertThat(unpacked).isEqualTo(plain.body());
    } else {
      assertThat(unpacked).contains("airlens_http_requests_seconds_bucket");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/latest", "/openapi.json"})
  void whoHasTheAnswerGets304(String path) {
    HttpResponse<String> first = node.get(path);
    String etag = first.headers().firstValue("ETag").orElseThrow();
    for (String known : List.of(etag, etag.substring(2), "\"x\", " + etag, "*")) {
      HttpResponse<String> again = node.get(path, "If-None-Match", known);
      assertThat(again.statusCode()).as(known).isEqualTo(304);
      assertThat(again.body()).isEmpty();
      assertThat(again.headers().firstValue("ETag")).contains(etag);
      assertThat(again.headers().firstValue("Vary")).contains("Accept-Encoding");
      assertThat(again.headers().firstValue("Cache-Control")).contains("no-cache");
    }
    assertThat(node.get(path, "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
  }

  @Test
  void aChangeOfTheViewChangesTheTag() {
    try (TestNode other = TestNode.serving(TestReadings.dust(1, TestReadings.NOON, 1, 1))) {
      String before = other.get("/api/v1/latest").headers().firstValue("ETag").orElseThrow();
      other.keep(List.of(TestReadings.dust(1, TestReadings.NOON.plusSeconds(1), 2, 2)));
      HttpResponse<String> after = other.get("/api/v1/latest", "If-None-Match", before);
      assertThat(after.statusCode()).isEqualTo(200);
      assertThat(after.body()).contains("\"P2\":2.0");
    }
  }

  @Test
  void everyAnswerForbidsSniffingFramingAndReferrers() {
    for (String path : List.of("/api/v1/latest", "/nothing", "/api/v1/readings?limit=0", "/")) {
      assertThat(node.get(path).headers().map())
          .containsEntry("x-content-type-options", List.of("nosniff"))
          .containsEntry("referrer-policy", List.of("no-referrer"));
      assertThat(node.get(path).headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains("default-src 'none'")
          .contains("frame-ancestors 'none'");
    }
  }

  @Test
  void theStyleSheetHasAHashedNameAndIsCachedForLong() {
    Matcher sheet =
        Pattern.compile("href=\"(/assets/page-[0-9a-f]+\\.css)\"").matcher(node.get("/").body());
    assertThat(sheet.find()).isTrue();
    HttpResponse<String> css = node.get(sheet.group(1));
    assertThat(css.statusCode()).isEqualTo(200);
    assertThat(css.headers().firstValue("Content-Type")).contains("text/css; charset=utf-8");
    assertThat(css.headers().firstValue("Cache-Control"))
        .contains("public, max-age=31536000, immutable");
  }

  @Test
  void aBodyThatNobodyAskedForIsRefusedAndTheConnectionGoesOn() {
    for (String path : List.of("/api/v1/latest", "/api/v1/stream", "/nothing", "/livez")) {
      HttpRequest request =
          HttpRequest.newBuilder(node.uri(path))
              .method("GET", BodyPublishers.ofString("{\"measure\":\"P1\"}"))
              .build();
      HttpResponse<String> answer = node.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(path.equals("/nothing") ? 404 : 400);
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
      assertThat(node.get("/livez").statusCode()).isEqualTo(200);
    }
  }
}
