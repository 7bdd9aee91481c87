package org.airlens.app.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.airlens.model.Measure;
import org.airlens.model.Measures;
import org.airlens.store.postgres.RealPostgres;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The queries of the Grafana dashboards, run on AirLens with its sample. */
@SuppressWarnings("NullAway.Init") // Set before all tests.
class GrafanaIT {

  private static final Instant FROM = Instant.parse("2018-11-05T12:00:00Z");
  private static final Instant TO = Instant.parse("2018-11-06T18:00:00Z");
  private static final List<String> ONE_PLACE = List.of("3939");

  @TempDir private static Path folder;

  private static RunningAirLens airLens;
  private static int sqlPort;
  private static RealPostgres postgres;
  private static String shared;

  @BeforeAll
  static void start() throws Exception {
    try (ServerSocket free = new ServerSocket(0)) {
      sqlPort = free.getLocalPort();
    }
    airLens =
        RunningAirLens.up(folder, "--source", "sample", "--pg-port", Integer.toString(sqlPort));
    airLens.ready();
    postgres = RealPostgres.start();
    shared = postgres.newDatabase();
    try (RunningAirLens collect =
        RunningAirLens.start(
            folder, "collect", "--once", "--source", "sample", "--store", shared)) {
      assertThat(collect.exit()).isZero();
    }
  }

  @AfterAll
  static void stop() {
    airLens.close();
    postgres.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"airlens-postgresql", "airlens-embedded", "airlens-timestream", "airlens-http"})
  void offersEveryMeasureOfTheCatalogue(String name) {
    JsonNode dashboard = GrafanaPanels.read(name);
    assertThat(dashboard.get("panels")).hasSize(5);
    String measures =
        panels(dashboard, "P2", ONE_PLACE).variable("measure_name").get("query").asString();
    assertThat(measures.split(","))
        .containsExactlyElementsOf(Measures.all().stream().map(Measure::name).toList());
  }

  @ParameterizedTest
  @CsvSource({"P2, ", "P2, 3939", "temperature, ", "aqi, 3939"})
  void theEmbeddedStoreAnswersEveryPanel(String measure, @Nullable String place) throws Exception {
    List<String> places = place == null ? List.of() : List.of(place);
    GrafanaPanels panels = panels(GrafanaPanels.read("airlens-embedded"), measure, places);
    try (Connection connection = connect("jdbc:postgresql://127.0.0.1:%d/qdb".formatted(sqlPort))) {
      assertThat(rows(connection, panels.variable("location_id").get("query").asString()))
          .extracting(row -> row.getFirst())
          .contains("3939");
      answersEveryPanel(connection, panels, measure, place == null ? "" : place);
    }
  }

  @ParameterizedTest
  @CsvSource({"P2, ", "P2, 3939", "temperature, ", "aqi, 3939"})
  void thePostgresqlStoreAnswersEveryPanel(String measure, @Nullable String place)
      throws Exception {
    List<String> places = place == null ? List.of() : List.of(place);
    GrafanaPanels panels = panels(GrafanaPanels.read("airlens-postgresql"), measure, places);
    try (Connection connection = postgres.connect(RealPostgres.database(shared))) {
      assertThat(rows(connection, panels.variable("location_id").get("query").asString()))
          .extracting(row -> row.getFirst())
          .contains("3939");
      answersEveryPanel(connection, panels, measure, place == null ? "" : place);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"P2", "aqi"})
  void theHttpApiAnswersEveryPanel(String measure) throws Exception {
    GrafanaPanels panels = panels(GrafanaPanels.read("airlens-http"), measure, ONE_PLACE);
    JsonNode variable = panels.variable("location_id").get("query").get("infinityQuery");
    assertThat(values(panels, variable).stream().map(List::getFirst)).contains("3939");
    assertThat(values(panels, panels.target("timeseries", "over time"))).hasSizeGreaterThan(10);
    assertThat(values(panels, panels.target("gauge", "Maximum AQI")))
        .isEqualTo(List.of(List.of(stats("aqi", "3939").get("max").toString())));
    assertThat(values(panels, panels.target("gauge", "Mean AQI")))
        .isEqualTo(List.of(List.of(stats("aqi", "3939").get("mean").toString())));
    assertThat(values(panels, panels.target("geomap", "AQI map"))).hasSize(1);
    assertThat(values(panels, panels.target("table", "IoT data"))).hasSizeGreaterThan(10);
  }

  @Test
  void theMapAndTheGaugesAreGreenBelow4YellowFrom4AndRedFrom7() {
    for (JsonNode panel : GrafanaPanels.read("airlens-postgresql").get("panels")) {
      if (List.of("gauge", "geomap").contains(panel.get("type").asString())) {
        JsonNode steps = panel.at("/fieldConfig/defaults/thresholds/steps");
        assertThat(steps.toString())
            .isEqualTo(
                "[{\"color\":\"green\",\"value\":null},{\"color\":\"yellow\",\"value\":4},"
                    + "{\"color\":\"red\",\"value\":7}]");
      }
    }
  }

  /** Holds a store's answers against those of the HTTP API. */
  static void answersEveryPanel(
      Connection connection, GrafanaPanels panels, String measure, String place) throws Exception {
    JsonNode expected = stats("aqi", place);
    assertThat(rows(connection, panels.sql(panels.target("gauge", "Maximum AQI"))))
        .isEqualTo(List.of(List.of(expected.get("max").asInt() + "")));
    double mean =
        Double.parseDouble(
            rows(connection, panels.sql(panels.target("gauge", "Mean AQI"))).getFirst().getFirst());
    assertThat(mean).isCloseTo(expected.get("mean").asDouble(), within(1e-9));

    List<List<String>> evolution =
        rows(connection, panels.sql(panels.target("timeseries", "over time")));
    JsonNode ofMeasure = stats(measure, place);
    assertThat(evolution.stream().map(row -> row.get(1)).distinct())
        .hasSize(ofMeasure.get("sensors").asInt());
    double most =
        evolution.stream().mapToDouble(row -> Double.parseDouble(row.get(2))).max().orElseThrow();
    assertThat(most).isBetween(0.0, ofMeasure.get("max").asDouble());

    List<List<String>> map = rows(connection, panels.sql(panels.target("geomap", "AQI map")));
    assertThat(map).hasSize(expected.get("sensors").asInt());
    List<List<String>> table = rows(connection, panels.sql(panels.target("table", "IoT data")));
    assertThat(table).isNotEmpty().allSatisfy(row -> assertThat(row).hasSize(13));
  }

  private static GrafanaPanels panels(JsonNode dashboard, String measure, List<String> places) {
    return new GrafanaPanels(dashboard, measure, places, FROM, TO);
  }

  private static JsonNode stats(String measure, String place) throws Exception {
    return JsonMapper.shared()
        .readTree(
            airLens.body(
                "api/v1/stats?measure=%s&from=%s&to=%s%s"
                    .formatted(
                        measure,
                        FROM,
                        TO.plusSeconds(1),
                        place.isEmpty() ? "" : "&location_id=" + place)));
  }

  /** What the Infinity data source makes of an answer: a row of texts for each element. */
  private static List<List<String>> values(GrafanaPanels panels, JsonNode target) throws Exception {
    String body = airLens.body(URI.create(panels.url(target)).toString().substring(1));
    List<String> selectors = panels.selectors(target);
    if (target.get("type").asString().equals("csv")) {
      List<List<String>> lines =
          body.lines().map(line -> Arrays.asList(line.split(",", -1))).toList();
      List<Integer> columns = selectors.stream().map(lines.getFirst()::indexOf).toList();
      assertThat(columns).doesNotContain(-1);
      return lines.stream().skip(1).map(line -> columns.stream().map(line::get).toList()).toList();
    }
    JsonNode root = JsonMapper.shared().readTree(body);
    String rootSelector = target.get("root_selector").asString();
    JsonNode elements = rootSelector.isEmpty() ? root : root.get(rootSelector);
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode element : elements.isArray() ? elements : List.of(elements)) {
      rows.add(
          selectors.stream()
              .map(selector -> element.at("/" + selector.replace('.', '/')))
              .map(value -> value.isString() ? value.asString() : value.toString())
              .toList());
    }
    return rows;
  }

  static Connection connect(String url) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "airlens");
    properties.setProperty("password", "airlens");
    return DriverManager.getConnection(url, properties);
  }

  private static List<List<String>> rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<List<String>> rows = new ArrayList<>();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(String.valueOf(result.getString(i)));
        }
        rows.add(row);
      }
      return rows;
    }
  }
}
