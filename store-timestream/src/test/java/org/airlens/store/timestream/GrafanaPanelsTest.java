package org.airlens.store.timestream;

import static org.airlens.model.TestReadings.at;
import static org.airlens.model.TestReadings.climate;
import static org.airlens.model.TestReadings.dust;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.airlens.model.Measures;
import org.airlens.model.Reading;
import org.airlens.store.Distribution;
import org.airlens.store.ReadingFilter;
import org.airlens.store.ReadingQuery;
import org.airlens.store.ReadingSort;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The queries of the Grafana dashboard for Timestream on what the store writes, with the plugin's
 * macros expanded as it does. They run on the fake's DuckDB, whose functions are given the names
 * that the service has; what the service's own parser would say, no test here can tell.
 */
@SuppressWarnings("NullAway.Init") // Set before each test.
class GrafanaPanelsTest {

  private static final Instant TO = FakePlace.NOW;
  private static final Instant FROM = TO.minus(Duration.ofHours(3));
  private static final Path DASHBOARD =
      Path.of("..", "deploy", "grafana", "dashboards", "airlens-timestream.json");
  private static final Pattern MILLIS = Pattern.compile("\\b(\\d+)ms\\b");

  private FakePlace place;
  private TimestreamStore store;
  private JsonNode dashboard;

  @BeforeEach
  void open() throws IOException {
    dashboard = JsonMapper.shared().readTree(DASHBOARD.toFile());
    place = new FakePlace();
    store = place.openPlainly();
    List<Reading> readings = new ArrayList<>();
    for (int minute = 0; minute < 240; minute += 10) {
      Instant when = TO.minus(Duration.ofMinutes(minute));
      readings.add(rated(dust(1, when, 20 + minute, 10 + minute), 1 + minute / 30));
      readings.add(rated(at(dust(3, when, 40, 30), 48.1, 11.6, "DE"), 5));
      readings.add(climate(4, when, 21.5, 40));
    }
    store.writer().write(readings);
  }

  @AfterEach
  void close() {
    store.close();
    place.close();
  }

  @ParameterizedTest
  @CsvSource({"P2, .*", "P2, 1001", "temperature, .*", "aqi, 1001"})
  void everyPanelAnswersWhatTheStoreDoes(String measure, String location) {
    List<Reading> asked = asked(location);
    Distribution index = distribution(Measures.AQI, asked);

    assertThat(number(panel("gauge", "Maximum AQI", measure, location)))
        .isEqualTo(index.max().orElseThrow());
    assertThat(number(panel("gauge", "Mean AQI", measure, location)))
        .isCloseTo(index.mean().orElseThrow(), within(1e-9));
    assertThat(panel("timeseries", "over time", measure, location))
        .extracting(List::getFirst)
        .containsExactlyInAnyOrderElementsOf(sensors(asked, measure));
    assertThat(panel("geomap", "AQI map", measure, location))
        .extracting(List::getFirst)
        .containsExactlyInAnyOrderElementsOf(sensors(asked, Measures.AQI));
    assertThat(panel("table", "IoT data", measure, location))
        .hasSameSizeAs(asked)
        .allSatisfy(row -> assertThat(row).hasSize(13));
  }

  @Test
  void theEvolutionHasTheMeanOfEachInterval() {
    assertThat(panel("timeseries", "over time", "P2", "1001").getFirst().get(1))
        .as("the mean of three readings each, the last alone")
        .startsWith("[{time=2019-01-02 09:00:00.0, value=180.0}")
        .endsWith("{time=2019-01-02 12:00:00.0, value=10.0}]");
  }

  @Test
  void theMapShowsWhereASensorStoodLastAndItsLastIndex() {
    Reading moved = rated(at(dust(3, TO.plusSeconds(60), 40, 30), 52.5, 13.4, "DE"), 9);
    store.writer().write(List.of(moved));
    assertThat(run(sql("geomap", "AQI map", "P2", ".*").replace(millis(TO), millis(TO, 60))))
        .filteredOn(row -> Objects.equals(row.getFirst(), "3"))
        .singleElement()
        .satisfies(row -> assertThat(row.subList(2, 4)).containsExactly("52.5", "13.4"))
        .satisfies(row -> assertThat(row.getLast()).isEqualTo("9"));
  }

  @Test
  void offersTheLocationsOfTheLastDay() {
    JsonNode variable = dashboard.at("/templating/list/1");
    assertThat(variable.get("name").asString()).isEqualTo("location_id");

    assertThat(run(expanded(variable.get("query").asString(), "P2", ".*")))
        .extracting(List::getFirst)
        .containsExactlyElementsOf(
            asked(".*").stream().map(GrafanaPanelsTest::location).sorted().distinct().toList());
  }

  private static Reading rated(Reading reading, int aqi) {
    return new Reading(
        reading.sensor(),
        reading.location(),
        reading.timestamp(),
        reading.values(),
        OptionalInt.of(aqi));
  }

  private List<Reading> asked(String location) {
    try (Stream<Reading> found =
        store
            .readings()
            .find(
                new ReadingQuery(
                    filter(), ReadingSort.OLDEST_FIRST, Optional.empty(), OptionalLong.empty()))) {
      return found.filter(reading -> location(reading).matches(location)).toList();
    }
  }

  /** What the store answers to the question itself. */
  private Distribution distribution(String measure, List<Reading> asked) {
    Set<Long> places =
        asked.stream().map(reading -> reading.location().id()).collect(Collectors.toSet());
    return store.series().distribution(filter().withMeasure(measure).withLocationIds(places));
  }

  private static ReadingFilter filter() {
    return ReadingFilter.all().between(FROM, TO.plusSeconds(1)); // The plugin takes both ends.
  }

  private static Set<String> sensors(List<Reading> readings, String measure) {
    return readings.stream()
        .filter(reading -> reading.value(measure).isPresent())
        .map(reading -> Long.toString(reading.sensor().id()))
        .collect(Collectors.toSet());
  }

  private static String location(Reading reading) {
    return Long.toString(reading.location().id());
  }

  private static double number(List<List<@Nullable String>> rows) {
    return Double.parseDouble(String.valueOf(rows.getFirst().getFirst()));
  }

  private List<List<@Nullable String>> panel(
      String type, String titleEnd, String measure, String location) {
    return run(sql(type, titleEnd, measure, location));
  }

  private String sql(String type, String titleEnd, String measure, String location) {
    for (JsonNode panel : dashboard.get("panels")) {
      if (panel.get("type").asString().equals(type)
          && panel.get("title").asString().endsWith(titleEnd)) {
        return expanded(panel.at("/targets/0/rawQuery").asString(), measure, location);
      }
    }
    throw new IllegalArgumentException("no panel " + type + " " + titleEnd);
  }

  /** As the plugin, and Grafana before it, expand macros and variables. */
  private static String expanded(String query, String measure, String location) {
    String expanded =
        query
            .replace("${measure_name:raw}", measure)
            .replace("${location_id:pipe}", location)
            .replace("$__database", "\"airlens\"")
            .replace("$__table", "\"readings\"")
            .replace(
                "$__timeFilter",
                "time BETWEEN from_milliseconds(%s) AND from_milliseconds(%s)"
                    .formatted(millis(FROM), millis(TO)))
            .replace("$__interval_ms", Duration.ofMinutes(30).toMillis() + "ms");
    assertThat(expanded).doesNotContain("${", "$__");
    return expanded;
  }

  private static String millis(Instant instant) {
    return millis(instant, 0);
  }

  private static String millis(Instant instant, long laterSeconds) {
    return Long.toString(instant.plusSeconds(laterSeconds).toEpochMilli());
  }

  /** Runs a statement, with the service's two ways to write a duration as DuckDB writes them. */
  private List<List<@Nullable String>> run(String sql) {
    Matcher durations = MILLIS.matcher(sql);
    return place
        .table()
        .answer(
            durations
                .replaceAll("INTERVAL '$1 milliseconds'")
                .replace("ago(1d)", "TIMESTAMP '%s'".formatted(TO.minus(Duration.ofDays(1)))));
  }
}
