package org.airlens.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.airlens.model.Location;
import org.airlens.model.MeasureValues;
import org.airlens.model.Reading;
import org.airlens.model.Sensor;
import org.airlens.model.SensorType;
import org.airlens.model.TestReadings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /openapi.json} against what is served and what is answered. */
class OpenApiTest {

  private static TestNode node;
  private static JsonNode description;

  @TempDir private static Path tables;

  @BeforeAll
  static void start() throws IOException {
    Files.writeString(tables.resolve("uptime.csv"), "sensor_id,location_id\n1,1001\n");
    Files.writeString(tables.resolve("uptime.parquet"), "PAR1");
    node =
        TestNode.setup()
            .analyses(tables)
            .ingest(OpenApiTest::ingest)
            .push((headers, body) -> new PushReceiver.Outcome.Stored(2))
            .readings(
                List.of(
                    TestReadings.dust(1, TestReadings.NOON, 30, 39).withAqi(OptionalInt.of(4)),
                    TestReadings.climate(2, TestReadings.NOON, -4.5, 80),
                    new Reading(
                        new Sensor(3, "", new SensorType(0, "", "")),
                        new Location(
                            9,
                            Optional.empty(),
                            OptionalDouble.empty(),
                            "",
                            false,
                            Optional.empty()),
                        TestReadings.NOON,
                        MeasureValues.of("ozone_ppb", 31),
                        OptionalInt.empty())))
            .start();
    description = node.json("/openapi.json");
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void itIsOpenApi31() {
    assertThat(description.get("openapi").asString()).startsWith("3.1.");
    assertThat(description.get("info").get("version").asString()).isEqualTo(TestNode.VERSION);
    assertThat(description.get("info").get("description").asString()).contains("Sensor.Community");
  }

  @Test
  void itTellsEveryRouteOfTheInterface() {
    assertThat(description.get("paths").propertyNames())
        .contains(
            "/",
            "/api/v1/measures",
            "/api/v1/latest",
            "/api/v1/series",
            "/api/v1/stats",
            "/api/v1/readings",
            "/api/v1/sensors",
            "/api/v1/sensors/{id}",
            "/api/v1/locations/{id}",
            "/api/v1/analyses",
            "/api/v1/analyses/exceedance-days",
            "/api/v1/stream",
            "/v1/push-sensor-data/",
            "/api/v1/status",
            "/livez",
            "/readyz",
            "/metrics",
            "/openapi.json");
  }

  @Test
  void everyRouteItTellsIsServedByThoseMethodsAlone() {
    description
        .get("paths")
        .properties()
        .forEach(path -> {
          Set<String> allowed = new TreeSet<>(Set.of("OPTIONS"));
          path.getValue()
              .propertyNames()
              .forEach(method -> allowed.add(method.toUpperCase(Locale.ROOT)));
          if (allowed.contains("GET")) {
            allowed.add("HEAD");
          }
          HttpResponse<String> answer = node.send("OPTIONS", path.getKey().replace("{id}", "1"));
          assertThat(answer.headers().firstValue("Allow"))
              .as(path.getKey())
              .contains(String.join(", ", allowed));
        });
  }

  @Test
  void everyParameterItTellsIsTakenAndNoOther() {
    description
        .get("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(operation -> {
                  Set<String> told = new HashSet<>();
                  for (JsonNode parameter : operation.getValue().get("parameters")) {
                    if (parameter.get("in").asString().equals("query")) {
                      told.add(parameter.get("name").asString());
                    }
                  }
                  for (String name : EVERY_PARAMETER) {
                    assertThat(isKnown(operation.getKey(), path.getKey(), name))
                        .as(path.getKey() + "?" + name)
                        .isEqualTo(told.contains(name));
                  }
                }));
  }

  @Test
  void everyReferenceInItLeadsSomewhere() {
    assertThat(description.findValues("$ref"))
        .isNotEmpty()
        .allSatisfy(reference ->
            assertThat(description.at(reference.asString().substring(1)).isMissingNode())
                .as(reference.asString())
                .isFalse());
  }

  @Test
  void operationsHaveNamesOfTheirOwn() {
    List<String> names = description.get("paths").findValuesAsString("operationId");
    assertThat(names).doesNotHaveDuplicates().contains("getApiV1Latest", "getApiV1SensorsId");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/api/v1/measures",
        "/api/v1/latest",
        "/api/v1/series?measure=P2",
        "/api/v1/series?measure=ozone_ppb&interval=raw",
        "/api/v1/series?measure=never_seen",
        "/api/v1/stats?measure=P2",
        "/api/v1/stats?measure=aqi",
        "/api/v1/stats?measure=never_seen",
        "/api/v1/readings",
        "/api/v1/readings?limit=1",
        "/api/v1/readings?format=csv",
        "/api/v1/readings?format=parquet",
        "/api/v1/readings?format=geojson",
        "/api/v1/readings?format=geojson&limit=1",
        "/api/v1/sensors",
        "/api/v1/sensors?limit=1",
        "/api/v1/sensors/1",
        "/api/v1/sensors/3",
        "/api/v1/locations/1001",
        "/api/v1/analyses",
        "/api/v1/analyses/uptime",
        "/api/v1/analyses/uptime?sensor_id=1",
        "/api/v1/analyses/uptime?format=parquet",
        "/api/v1/status",
        "/livez",
        "/readyz",
        "/metrics",
        "/openapi.json",
        // Errors.
        "/api/v1/analyses/outliers",
        "/api/v1/analyses/uptime?limit=x",
        "/api/v1/readings?limit=0",
        "/api/v1/sensors/77",
        "/api/v1/locations/x"
      })
  void anAnswerIsWhatItsSchemaSays(String path) {
    assertDescribed("get", path, node.get(path));
  }

  @Test
  void aPushIsAnsweredAsItsSchemaSays() {
    String path = "/v1/push-sensor-data/";
    HttpRequest request =
        HttpRequest.newBuilder(node.uri(path))
            .header("X-Sensor", "esp8266-1")
            .POST(BodyPublishers.ofString("{}"))
            .build();
    assertDescribed("post", path, node.send(request, BodyHandlers.ofString()));
  }

  @Test
  void whatIsNotReadyIsToldAsItsSchemaSays() {
    try (TestNode waiting =
        TestNode.setup().ingest(() -> new IngestStatus(List.of(), Optional.empty(), 0)).start()) {
      assertDescribed("get", "/readyz", waiting.get("/readyz"));
      assertDescribed("get", "/api/v1/status", waiting.get("/api/v1/status"));
    }
  }

  @Test
  void anEventsDataIsAReading() {
    try (EventStream stream = EventStream.open(node, "")) {
      node.keep(List.of(TestReadings.dust(5, TestReadings.NOON, 1, 2)));
      assertValid("Reading", stream.next().orElseThrow().data());
    }
  }

  @Test
  void theSchemasTellWrongFromRight() {
    String right = node.json("/api/v1/readings?limit=1").toString();
    assertValid("Readings", right);
    for (String wrong :
        List.of(
            right.replace("\"sensor_id\":", "\"id\":"),
            right.replaceFirst("\"timestamp\":\"[^\"]*\"", "\"timestamp\":\"yesterday\""),
            right.replace("\"next_cursor\"", "\"cursor\""),
            right.replaceFirst("\"aqi\":[^,}]*", "\"aqi\":11"))) {
      assertThat(schema("Readings").validate(wrong, InputFormat.JSON)).as(wrong).isNotEmpty();
    }
  }

  private static final List<String> EVERY_PARAMETER =
      List.of(
          "measure",
          "sensor_id",
          "location_id",
          "country",
          "sensor_type",
          "bbox",
          "from",
          "to",
          "sort",
          "top",
          "limit",
          "cursor",
          "format",
          "interval",
          "agg",
          "max_age",
          "last_event_id",
          "id",
          "foo");

  /** Whether the route refuses the parameter's value, which is wrong for all, and not its name. */
  private static boolean isKnown(String method, String path, String name) {
    String required = path.matches("/api/v1/(series|stats)") ? "measure=P1&" : "";
    String query = name.equals("measure") ? "measure=%20" : required + name + "=%20";
    HttpRequest request =
        HttpRequest.newBuilder(node.uri(path.replace("{id}", "1") + "?" + query))
            .method(method.toUpperCase(Locale.ROOT), BodyPublishers.noBody())
            .build();
    HttpResponse<String> answer = node.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(path + "?" + query).isEqualTo(400);
    return !TestNode.parse(answer.body()).get("detail").asString().contains("unknown parameter");
  }

  private static void assertDescribed(String method, String path, HttpResponse<String> answer) {
    String template =
        path.replaceFirst("\\?.*", "").replaceFirst("/(sensors|locations)/\\w+$", "/$1/{id}");
    JsonNode responses = description.get("paths").get(template).get(method).get("responses");
    JsonNode told = responses.get(Integer.toString(answer.statusCode()));
    if (told == null) {
      assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
      told = description.at(responses.get("default").get("$ref").asString().substring(1));
    }
    String type = answer.headers().firstValue("Content-Type").orElseThrow().replaceFirst(";.*", "");
    JsonNode content = told.get("content").get(type);
    assertThat(content).as("%s as %s", path, type).isNotNull();
    String reference = content.get("schema").get("$ref").asString();
    String name = reference.substring(reference.lastIndexOf('/') + 1);
    if (type.endsWith("json")) {
      assertValid(name, answer.body());
    } else {
      assertThat(name).isEqualTo(type.startsWith("text/") ? "Text" : "Parquet");
    }
  }

  private static void assertValid(String name, String json) {
    assertThat(schema(name).validate(json, InputFormat.JSON)).as(json).isEmpty();
  }

  /** A schema beside the others that it refers to. */
  private static Schema schema(String name) {
    ObjectNode root = (ObjectNode) TestNode.parse("{}");
    root.put("$ref", "#/components/schemas/" + name);
    root.set("components", description.get("components"));
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(root);
  }

  private static IngestStatus ingest() {
    return new IngestStatus(
        List.of(
            new IngestStatus.SourceStatus(
                "feed", "failing", Optional.of(Instant.now()), Optional.of("gone"))),
        Optional.of(
            new IngestStatus.CycleStatus(
                Instant.now(),
                Duration.ZERO,
                1,
                2,
                3,
                4,
                Map.of("malformed", 5L),
                Optional.empty())),
        1);
  }
}
