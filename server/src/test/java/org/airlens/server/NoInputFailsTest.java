package org.airlens.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.statistics.Statistics;

/** Whatever a client asks, the answer is a good one or tells the client's mistake. */
class NoInputFailsTest {

  private static final List<String> FILTERS =
      List.of("sensor_id", "location_id", "country", "sensor_type", "bbox");

  private static final Map<String, List<String>> ROUTES =
      Map.ofEntries(
          Map.entry("/", List.of()),
          Map.entry("/api/v1/measures", List.of()),
          Map.entry("/api/v1/latest", with("measure", "max_age")),
          Map.entry("/api/v1/series?measure=P2&", with("from", "to", "interval", "agg", "cursor")),
          Map.entry("/api/v1/stats?measure=aqi&", with("from", "to")),
          Map.entry(
              "/api/v1/readings",
              with("measure", "from", "to", "sort", "limit", "cursor", "format")),
          Map.entry("/api/v1/sensors", with("limit", "cursor")),
          Map.entry("/api/v1/sensors/1", List.of()),
          Map.entry("/api/v1/analyses", List.of()),
          Map.entry(
              "/api/v1/analyses/outliers",
              List.of("sensor_id", "location_id", "measure", "top", "limit", "format")),
          Map.entry("/api/v1/status", List.of()),
          Map.entry("/metrics", List.of()));

  private static final List<String> TIMES =
      List.of(
          "2018-12-20",
          "2018-12-20T12:00:00Z",
          "2018-12-20T12:00:00.123456789Z",
          "2018-12-20T12:00:00+14:00",
          "1970-01-01",
          "1970-01-01T00:00:00Z",
          "2199-12-31",
          "-24h",
          "-1ms",
          "-1d",
          "now");

  /** Values that make sense, or nearly. */
  private static final Map<String, List<String>> VALUES =
      Map.ofEntries(
          Map.entry("measure", List.of("P1", "aqi", "temperature", "never_seen", "a.b-c", "aQi")),
          Map.entry("sensor_id", List.of("1", "2,3", "2251799813685247", "0", "1, 2")),
          Map.entry("location_id", List.of("1001", "1003,1004", "9223372036854775807")),
          Map.entry("country", List.of("GB", "de,GB", "gb,", "ZZ")),
          Map.entry("sensor_type", List.of("SDS011", "SDS011,DHT22", "a'b", "a\"b\\", "%", "$1")),
          Map.entry(
              "bbox",
              List.of(
                  "-180,-90,180,90",
                  "170,-10,-170,10",
                  "-2.1,57,-2,58",
                  "0,0,0,0",
                  "1e-320,0,1e-300,1",
                  "-0.0,-0.0,0,0",
                  "0x1p3,0,9,1",
                  "1d,0,9f,1")),
          Map.entry("from", TIMES),
          Map.entry("to", TIMES),
          Map.entry(
              "sort",
              List.of("timestamp", "-timestamp", "sensor_id", "-location_id", "-P1", "aqi")),
          Map.entry("top", List.of("score", "-score", "measure", "sensor_id,score")),
          Map.entry("limit", List.of("1", "10000", "10001", "9223372036854775807", "+5", "٣")),
          Map.entry("cursor", List.of("1", "x", "MHwxfDF8MXwxfDE", "fDF8MXwyMDE4LTEyLTIw")),
          Map.entry("format", List.of("json", "csv", "geojson", "parquet", "xml")),
          Map.entry("interval", List.of("auto", "raw", "1s", "7s", "5m", "1h", "999999999d")),
          Map.entry("agg", List.of("mean", "max", "count", "last")),
          Map.entry("max_age", List.of("0s", "24h", "36500d", "999999999d")));

  private static final TestNode NODE =
      TestNode.setup().readings(Network.hours30()).analyses(tables()).start();

  private static Path tables() {
    try {
      Path folder = Files.createDirectories(Path.of("target/some-analyses"));
      Files.writeString(
          folder.resolve("outliers.csv"), "sensor_id,location_id,measure,score\n1,1001,P1,4.5\n");
      Files.writeString(folder.resolve("outliers.parquet"), "PAR1");
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterContainer
  static void stop() {
    NODE.close();
  }

  @Property(tries = 1_500)
  void noQueryIsTheServersFault(@ForAll("queries") String query) {
    HttpResponse<String> answer = NODE.get(query);
    assertThat(answer.statusCode()).as(query).isIn(200, 400);
    if (answer.statusCode() == 400) {
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
      assertThat(TestNode.parse(answer.body()).has("parameter")).isTrue();
    }
    Statistics.collect(answer.statusCode());
    Statistics.coverage(coverage -> {
      coverage.check(200).percentage(share -> share > 20);
      coverage.check(400).percentage(share -> share > 20);
    });
  }

  @Property(tries = 300)
  void noPathIsTheServersFault(@ForAll String segment) {
    for (String path : List.of("/", "/api/v1/sensors/", "/api/v1/locations/", "/assets/")) {
      HttpResponse<String> answer =
          NODE.get(path + URLEncoder.encode(segment, StandardCharsets.UTF_8));
      assertThat(answer.statusCode()).as(path + segment).isIn(200, 400, 404);
    }
  }

  @Provide
  Arbitrary<String> queries() {
    return Arbitraries.of(ROUTES.keySet())
        .flatMap(route ->
            parameters(ROUTES.getOrDefault(route, List.of()))
                .list()
                .ofMaxSize(4)
                .map(parameters -> {
                  String start = route.endsWith("&") || parameters.isEmpty() ? route : route + "?";
                  return start + String.join("&", parameters);
                }));
  }

  /** Mostly a parameter that the route knows with a value that fits, at times anything. */
  private static Arbitrary<String> parameters(List<String> known) {
    Arbitrary<String> anything =
        Combinators.combine(
                Arbitraries.oneOf(
                    Arbitraries.of(VALUES.keySet()), Arbitraries.strings().ofMaxLength(10)),
                Arbitraries.strings().ofMaxLength(40))
            .as((name, value) -> encoded(name) + "=" + encoded(value));
    if (known.isEmpty()) {
      return anything;
    }
    Arbitrary<String> fitting =
        Arbitraries.of(known)
            .flatMap(name ->
                Arbitraries.of(VALUES.getOrDefault(name, List.of()))
                    .map(value -> name + "=" + encoded(value)));
    return Arbitraries.frequencyOf(Tuple.of(9, fitting), Tuple.of(1, anything));
  }

  private static List<String> with(String... more) {
    List<String> names = new ArrayList<>(FILTERS);
    names.addAll(List.of(more));
    return names;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
