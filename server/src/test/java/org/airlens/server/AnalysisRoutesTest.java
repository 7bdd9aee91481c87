package org.airlens.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code /api/v1/analyses} and the tables below it. */
class AnalysisRoutesTest {

  private static final String ALL = "/api/v1/analyses";
  private static final String HEADER =
      "hour,sensor_id,location_id,latitude,longitude,measure,value,neighbours,median,mad,score\n";
  private static final String HIGH =
      "2018-12-01T00:00:00Z,1,11,57.1,-2.1,P1,90.0,5,10.0,2.0,26.98\n";
  private static final String LOW =
      "2018-12-01T01:00:00Z,2,22,57.1,-2.1,P2,0.0,5,80.0,2.0,-26.98\n";
  private static final String FAR =
      "2018-12-01T02:00:00Z,1,11,57.1,-2.1,P2,99.0,5,10.0,2.0,30.015\n";
  private static final String UNRATED = "2018-12-01T03:00:00Z,3,33,57.1,-2.1,P2,99.0,5,10.0,2.0,\n";
  private static final String UPTIME =
      """
      sensor_id,location_id,sensor_type_name,country,day,readings
      5,55,"a ""b"", c
      5,55",GB,2018-12-01,1
      55,5,SDS011,GB,2018-12-01,2
      """;
  private static final byte[] PARQUET = "PAR1 and so on".getBytes(UTF_8);
  private static final Instant MADE = Instant.parse("2026-11-25T10:00:00.5Z");

  @TempDir private static Path parent;

  private static Path folder;
  private static TestNode node;

  @BeforeAll
  static void start() throws IOException {
    folder = Files.createDirectories(parent.resolve("analytics"));
    Files.writeString(parent.resolve("secret.csv"), "secret");
    Files.writeString(folder.resolve("secret.csv"), "secret");
    write("outliers.csv", HEADER + HIGH + LOW + FAR + UNRATED);
    Files.write(folder.resolve("outliers.parquet"), PARQUET);
    write("uptime.csv", UPTIME);
    write("pm-humidity.csv", "no,such,columns\n1,2,3\n");
    Files.createDirectories(folder.resolve("exceedance-days.csv"));
    node = TestNode.setup().analyses(folder).start();
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static void write(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    Files.setLastModifiedTime(file, FileTime.from(MADE));
  }

  @Test
  void listsWhatHasBeenRunAndTheLimitsOfADay() {
    JsonNode list = node.json(ALL);
    assertThat(list.get("analyses").findValuesAsString("name"))
        .containsExactly("uptime", "outliers", "pm-humidity");
    JsonNode outliers = list.get("analyses").get(1);
    assertThat(outliers.get("made_at").asString()).isEqualTo("2026-11-25T10:00:00Z");
    assertThat(outliers.get("csv_bytes").asInt())
        .isEqualTo((HEADER + HIGH + LOW + FAR + UNRATED).length());
    assertThat(outliers.get("parquet_bytes").asInt()).isEqualTo(PARQUET.length);
    assertThat(list.get("analyses").get(0).get("parquet_bytes").isNull()).isTrue();
    assertThat(list.get("daily_limits").get(1).toString())
        .isEqualTo("{\"name\":\"eu_2008\",\"allowed_days\":35,\"P1\":50.0,\"P2\":null}");
  }

  @Test
  void sendsATableAsItStands() throws IOException {
    HttpResponse<String> csv = node.get(ALL + "/outliers");
    assertThat(csv.body()).isEqualTo(HEADER + HIGH + LOW + FAR + UNRATED);
    assertThat(csv.headers().firstValue("Content-Type")).contains("text/csv; charset=utf-8");
    assertThat(csv.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"airlens-outliers.csv\"");
    assertThat(csv.headers().firstValue("Last-Modified")).contains("Wed, 25 Nov 2026 10:00:00 GMT");

    HttpResponse<byte[]> zipped = bytes("/outliers", "Accept-Encoding", "gzip");
    try (InputStream body = new GZIPInputStream(new ByteArrayInputStream(zipped.body()))) {
      assertThat(new String(body.readAllBytes(), UTF_8)).isEqualTo(csv.body());
    }

    HttpResponse<byte[]> parquet = bytes("/outliers?format=parquet", "Accept-Encoding", "gzip");
    assertThat(parquet.body()).isEqualTo(PARQUET);
    assertThat(parquet.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(parquet.headers().firstValue("Content-Type"))
        .contains("application/vnd.apache.parquet");
  }

  @ParameterizedTest
  @CsvSource({
    "sensor_id=1, 0 2",
    "location_id=22, 1",
    "'location_id=11,33', 0 2 3",
    "measure=P2, 1 2 3",
    "measure=P2&sensor_id=1, 2",
    "measure=P1&sensor_id=2, ''",
    "limit=2, 0 1",
    "measure=P2&limit=1, 1",
    "top=score, 2 0 1",
    "top=score&limit=1, 2",
    "top=score&measure=P2, 2 1",
    "top=hour, ''"
  })
  void narrowsItsRows(String query, String rows) {
    List<String> all = List.of(HIGH, LOW, FAR, UNRATED);
    StringBuilder expected = new StringBuilder(HEADER);
    for (String row : rows.split(" ", -1)) {
      expected.append(row.isEmpty() ? "" : all.get(Integer.parseInt(row)));
    }
    assertThat(node.get(ALL + "/outliers?" + query).body()).isEqualTo(expected.toString());
  }

  @Test
  void readsQuotedCells() {
    assertThat(node.get(ALL + "/uptime?sensor_id=5").body())
        .isEqualTo(UPTIME.substring(0, UPTIME.indexOf("55,5,SDS011")));
  }

  @Test
  void whoHasATableIsTold() {
    for (String path : List.of("/outliers", "/outliers?sensor_id=1", "/outliers?format=parquet")) {
      HttpResponse<String> first = node.get(ALL + path);
      assertThat(first.headers().firstValue("Cache-Control")).contains("no-cache");
      String tag = first.headers().firstValue("ETag").orElseThrow();
      HttpResponse<String> again = node.get(ALL + path, "If-None-Match", tag);
      assertThat(again.statusCode()).as(path).isEqualTo(304);
      assertThat(again.body()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "profiles, 404, ''",
    "exceedance-days, 404, ''", // A folder has its name.
    "uptime?format=parquet, 404, ''",
    "outliers?format=parquet&limit=1, 400, format",
    "outliers?format=parquet&sensor_id=1, 400, format",
    "uptime?measure=P1, 400, measure",
    "outliers?country=GB, 400, country",
    "outliers?top=scores, 400, top",
    "outliers?top=score&limit=1001, 400, limit",
    "outliers?limit=0, 400, limit",
    "outliers?sensor_id=x, 400, sensor_id",
    "outliers?measure=a%20b, 400, measure",
    "pm-humidity?location_id=1, 503, ''"
  })
  void refusesWhatItCanNotAnswer(String path, int status, String parameter) {
    HttpResponse<String> answer = node.get(ALL + "/" + path);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.headers().firstValue("ETag")).isEmpty();
    assertThat(answer.headers().firstValue("Last-Modified")).isEmpty();
    JsonNode problem = TestNode.parse(answer.body());
    assertThat(problem.path("parameter").asString("")).isEqualTo(parameter);
    assertThat(answer.body()).doesNotContain(parent.toString());
  }

  @Test
  void whoHasNeverRunAnAnalysisIsToldHow() {
    assertThat(TestNode.parse(node.get(ALL + "/profiles").body()).get("detail").asString())
        .contains("airlens analyze profiles");
    try (TestNode without = TestNode.setup().beside(node).analyses(parent.resolve("x")).start()) {
      assertThat(without.json(ALL).get("analyses")).isEmpty();
      assertThat(without.get(ALL + "/uptime").statusCode()).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "secret",
        "secret.csv",
        "outliers.csv",
        "..%2Fsecret",
        "%2e%2e/secret",
        "outliers/..%2F..%2Fsecret",
        "../analyses/../../secret",
        "outliers%00",
        "OUTLIERS",
        "%2Fetc%2Fpasswd",
        "outliers;x=1",
        "."
      })
  void noOtherFileIsEverServed(String name) {
    HttpResponse<String> answer = node.get(ALL + "/" + name);
    assertThat(answer.body()).doesNotContain("secret\n").isNotEqualTo("secret");
    assertThat(answer.statusCode()).isIn(200, 400, 404);
    if (answer.statusCode() == 200) {
      assertThat(answer.body()).isEqualTo(node.get(ALL + "/outliers").body());
    }
  }

  @Test
  void whoReadsATableWhileItIsReplacedGetsAllOfIt() throws IOException {
    String old = row("old");
    Path table = folder.resolve("profiles.csv");
    Files.writeString(table, old);
    try {
      HttpRequest request = HttpRequest.newBuilder(node.uri(ALL + "/profiles")).build();
      HttpResponse<InputStream> answer = node.send(request, BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        int first = body.read();
        Path next = Files.writeString(folder.resolve("profiles.new"), row("new"));
        Files.move(next, table, ATOMIC_MOVE);
        String rest = new String(body.readAllBytes(), UTF_8);
        assertThat((char) first + rest).isEqualTo(old);
      }
      String tag = answer.headers().firstValue("ETag").orElseThrow();
      HttpResponse<String> again = node.get(ALL + "/profiles", "If-None-Match", tag);
      assertThat(again.statusCode()).isEqualTo(200);
      assertThat(again.body()).isEqualTo(row("new"));
    } finally {
      Files.delete(table);
    }
  }

  /** More than the buffers between server and client hold. */
  private static String row(String word) {
    return "location_id\n" + (word + "\n").repeat(5_000_000);
  }

  @Test
  void aBrokenTableEndsTheDownloadInsteadOfLookingWhole() throws IOException {
    Path table = folder.resolve("profiles.csv");
    Files.writeString(
        table, "location_id\n" + "1\n".repeat(1_000_000) + "\"" + "x".repeat(1 << 21));
    try {
      assertThatThrownBy(() -> node.get(ALL + "/profiles?location_id=1"))
          .isInstanceOf(UncheckedIOException.class);
      assertThat(node.get(ALL + "/profiles?location_id=1&limit=1").body())
          .isEqualTo("location_id\n1\n");
    } finally {
      Files.delete(table);
    }
  }

  private static HttpResponse<byte[]> bytes(String path, String... headers) {
    HttpRequest request = HttpRequest.newBuilder(node.uri(ALL + path)).headers(headers).build();
    return node.send(request, BodyHandlers.ofByteArray());
  }
}
