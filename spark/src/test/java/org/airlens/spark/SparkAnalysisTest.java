package org.airlens.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.averagingDouble;
import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collector;
import java.util.stream.Stream;
import org.airlens.aqi.DailyLimit;
import org.airlens.aqi.Pollutant;
import org.airlens.collect.DeadLetters;
import org.airlens.collect.Fetch;
import org.airlens.collect.capture.SampleSource;
import org.airlens.model.Circle;
import org.airlens.model.Measures;
import org.airlens.model.Position;
import org.airlens.model.Reading;
import org.airlens.pipeline.backfill.Selection;
import org.airlens.pipeline.engine.Analysis;
import org.airlens.pipeline.engine.AnalysisJob;
import org.airlens.pipeline.engine.AnalysisReport;
import org.airlens.pipeline.engine.BackfillJob;
import org.airlens.store.ReadingFilter;
import org.airlens.store.ReadingQuery;
import org.airlens.store.lake.LakeStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each analysis of the bundled capture, thirty hours of Aberdeen's sensors, beside the same
 * computed reading by reading.
 */
class SparkAnalysisTest {

  private static final double TOLD = 0.000_51; // Means are told with three decimals.

  @TempDir static Path folder;

  private static List<Reading> readings = List.of();

  @BeforeAll
  static void writeLake() throws Exception {
    Path captures = Files.createDirectories(folder.resolve("captures"));
    SampleSource sample = new SampleSource();
    List<String> entries = new ArrayList<>();
    while (sample.fetch() instanceof Fetch.Content content) {
      try (var body = content.feed().body()) {
        String capture = new String(body.readAllBytes(), UTF_8).strip();
        entries.add(capture.substring(1, capture.length() - 1)); // Of an array.
      }
    }
    Files.writeString(captures.resolve("all.json"), "[" + String.join(",", entries) + "]");
    InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-25T10:00:00Z"));
    try (DeadLetters letters = DeadLetters.in(folder.resolve("letters"), clock)) {
      new SparkBackfill(
              TestSpark.session(),
              new BackfillJob(
                  captures,
                  Selection.ALL,
                  folder.resolve("lake").toString(),
                  false,
                  Optional.empty(),
                  letters,
                  Optional.empty(),
                  () -> false))
          .run();
    }
    try (LakeStore lake = LakeStore.open("lake:" + folder.resolve("lake"), Optional.empty());
        Stream<Reading> found = lake.readings().find(ReadingQuery.of(ReadingFilter.all()))) {
      readings = found.toList();
    }
    assertThat(readings).hasSizeGreaterThan(10_000);
  }

  @Test
  void countsDaysAboveTheLimits() throws Exception {
    List<Map<String, String>> table = table(new Analysis.ExceedanceDays(ZoneOffset.UTC));

    Map<String, Map<LocalDate, List<Double>>> days = new TreeMap<>();
    for (String measure : List.of(Measures.P1, Measures.P2)) {
      Map<Long, List<Reading>> places = outdoors(measure);
      places.forEach((place, all) -> {
        Map<Instant, List<Reading>> hours =
            all.stream().collect(groupingBy(SparkAnalysisTest::hour));
        hours.forEach((hour, of) -> {
          long parts =
              of.stream().map(one -> one.timestamp().getEpochSecond() / 300).distinct().count();
          if (parts >= 9) {
            days.computeIfAbsent(place + measure, _ -> new TreeMap<>())
                .computeIfAbsent(day(hour), _ -> new ArrayList<>())
                .add(mean(of, measure));
          }
        });
      });
    }
    assertThat(table).hasSameSizeAs(days.keySet());
    int above = 0;
    for (Map<String, String> row : table) {
      String measure = text(row, "measure");
      Map<LocalDate, List<Double>> of =
          days.getOrDefault(text(row, "location_id") + measure, Map.of());
      List<Double> valid =
          of.values().stream()
              .filter(hours -> hours.size() >= 18)
              .map(hours -> hours.stream().mapToDouble(value -> value).average().orElseThrow())
              .toList();
      assertThat(whole(row, "days")).isEqualTo(of.size());
      assertThat(whole(row, "valid_days")).isEqualTo(valid.size());
      Pollutant pollutant = measure.equals(Measures.P1) ? Pollutant.PM10 : Pollutant.PM25;
      for (DailyLimit limit : DailyLimit.values()) {
        String column = "above_" + limit.name().toLowerCase(Locale.ROOT);
        OptionalDouble bound = limit.of(pollutant);
        if (bound.isEmpty()) {
          assertThat(text(row, column)).isEmpty();
        } else {
          long expected = valid.stream().filter(mean -> mean > bound.getAsDouble()).count();
          assertThat(whole(row, column)).isEqualTo(expected);
          above += (int) expected;
        }
      }
    }
    assertThat(above).isPositive();
  }

  @Test
  void drawsTheCourseOfDaysAndWeeksInATimeZone() throws Exception {
    ZoneId zone = ZoneId.of("Asia/Kolkata"); // Half an hour beside the others.
    List<Map<String, String>> table = table(new Analysis.Profiles(zone));

    Map<String, List<Double>> expected = new HashMap<>();
    for (Reading reading : readings) {
      ZonedDateTime local = reading.timestamp().atZone(zone);
      for (int i = 0; i < reading.values().size(); i++) {
        String measure = reading.values().name(i);
        if (Measures.find(measure).filter(known -> counts(reading, measure)).isPresent()) {
          String place = reading.location().id() + measure;
          double value = reading.values().value(i);
          for (String weekday : List.of("", String.valueOf(local.getDayOfWeek().getValue()))) {
            expected
                .computeIfAbsent(
                    place + "/" + weekday + "/" + local.getHour(), _ -> new ArrayList<>())
                .add(value);
          }
        }
      }
    }
    assertThat(table).hasSameSizeAs(expected.keySet());
    assertThat(table)
        .anyMatch(row -> text(row, "weekday").equals(String.valueOf(DayOfWeek.TUESDAY.getValue())));
    for (Map<String, String> row : table) {
      double[] values =
          expected
              .getOrDefault(
                  text(row, "location_id")
                      + text(row, "measure")
                      + "/"
                      + text(row, "weekday")
                      + "/"
                      + text(row, "hour"),
                  List.of())
              .stream()
              .mapToDouble(value -> value)
              .sorted()
              .toArray();
      assertThat(whole(row, "readings")).isEqualTo(values.length);
      double middle = (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
      assertThat(number(row, "median")).isCloseTo(middle, offset(TOLD));
      double sum = 0;
      for (double value : values) {
        sum += value;
      }
      assertThat(number(row, "mean")).isCloseTo(sum / values.length, offset(TOLD));
      assertThat(number(row, "p05")).isBetween(values[0] - TOLD, middle + TOLD);
      assertThat(number(row, "p95")).isBetween(middle - TOLD, values[values.length - 1] + TOLD);
    }
  }

  @Test
  void tellsHowMuchOfEachDayThereIs() throws Exception {
    List<Map<String, String>> table = table(new Analysis.Uptime(Duration.ofMinutes(10)));

    Map<String, TreeSet<Long>> seconds = new HashMap<>();
    for (Reading reading : readings) {
      seconds
          .computeIfAbsent(
              reading.sensor().id() + "/" + day(reading.timestamp()), _ -> new TreeSet<>())
          .add(reading.timestamp().getEpochSecond() % 86_400);
    }
    assertThat(table).hasSize(seconds.size());
    for (Map<String, String> row : table) {
      TreeSet<Long> of =
          seconds.getOrDefault(text(row, "sensor_id") + "/" + text(row, "day"), new TreeSet<>());
      long intervals = of.stream().map(second -> second / 600).distinct().count();
      long silence = Math.max(of.first(), 86_400 - of.last());
      long former = of.first();
      for (long second : of) {
        silence = Math.max(silence, second - former);
        former = second;
      }
      assertThat(whole(row, "readings")).isEqualTo(of.size());
      assertThat(whole(row, "intervals")).isEqualTo(intervals);
      assertThat(whole(row, "expected")).isEqualTo(144);
      assertThat(number(row, "share")).isCloseTo(intervals / 144.0, offset(TOLD));
      assertThat(whole(row, "longest_silence_s")).isEqualTo(silence);
    }
  }

  @Test
  void findsHoursFarFromTheNeighbours() throws Exception {
    double radius = 4_000;
    List<Map<String, String>> table = table(new Analysis.Outliers(radius, 3, 3.5));

    Map<String, Double> expected = new TreeMap<>();
    for (String measure : List.of("P1", "P2", "temperature", "humidity")) {
      Map<Long, Position> sites = new HashMap<>();
      Map<Instant, Map<Long, Double>> hours = new HashMap<>();
      for (List<Reading> place : outdoors(measure).values()) {
        for (Reading reading : place) {
          reading
              .location()
              .position()
              .ifPresent(at -> sites.putIfAbsent(reading.sensor().id(), at));
        }
        place.stream()
            .collect(
                groupingBy(
                    SparkAnalysisTest::hour,
                    groupingBy(reading -> reading.sensor().id(), exactly(value(measure)))))
            .forEach(
                (hour, means) -> hours.computeIfAbsent(hour, _ -> new HashMap<>()).putAll(means));
      }
      hours.forEach((hour, means) ->
          means.forEach((sensor, mean) -> {
            Position at = sites.get(sensor);
            double[] others =
                at == null
                    ? new double[0]
                    : means.entrySet().stream()
                        .filter(other -> !other.getKey().equals(sensor))
                        .filter(other -> isNear(at, sites.get(other.getKey()), radius))
                        .mapToDouble(Map.Entry::getValue)
                        .sorted()
                        .toArray();
            double score = others.length < 3 ? 0 : score(mean, others);
            if (Math.abs(score) >= 3.5) {
              expected.put(hour + "/" + sensor + "/" + measure, score);
            }
          }));
    }
    Map<String, Double> found = new TreeMap<>();
    for (Map<String, String> row : table) {
      found.put(
          text(row, "hour") + "/" + text(row, "sensor_id") + "/" + text(row, "measure"),
          number(row, "score"));
    }
    assertThat(found.keySet()).isNotEmpty().isEqualTo(expected.keySet());
    found.forEach((key, score) ->
        assertThat(score).as(key).isCloseTo(expected.getOrDefault(key, 0.0), offset(TOLD)));
  }

  private static boolean isNear(Position one, @Nullable Position other, double radius) {
    return other != null && new Circle(one, radius).contains(other);
  }

  private static double score(double value, double[] others) {
    double median = middle(others);
    double[] deviations = new double[others.length];
    double sum = 0;
    for (int i = 0; i < others.length; i++) {
      deviations[i] = Math.abs(others[i] - median);
      sum += deviations[i];
    }
    Arrays.sort(deviations);
    double mad = middle(deviations);
    return mad > 0
        ? 0.6745 * (value - median) / mad
        : sum > 0 ? (value - median) / (1.253314 * sum / others.length) : 0;
  }

  private static double middle(double[] sorted) {
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  @Test
  void comparesParticlesWithHumidity() throws Exception {
    List<Map<String, String>> table = table(new Analysis.PmHumidity(25));

    Map<String, List<double[]>> expected = new TreeMap<>();
    Map<Long, List<Reading>> dust = outdoors(Measures.P1);
    Map<Long, List<Reading>> climate = outdoors("humidity");
    dust.forEach((place, all) -> {
      Map<Instant, Double> p1 = byHour(all, Measures.P1);
      Map<Instant, Double> p2 =
          byHour(outdoors(Measures.P2).getOrDefault(place, List.of()), Measures.P2);
      byHour(climate.getOrDefault(place, List.of()), "humidity")
          .forEach((hour, humidity) -> {
            if (p1.containsKey(hour) && p2.containsKey(hour)) {
              int bin = Math.min(3, (int) (humidity / 25)) * 25;
              double[] point = {humidity, p1.getOrDefault(hour, 0.0), p2.getOrDefault(hour, 0.0)};
              for (String of : List.of("", String.valueOf(place))) {
                expected.computeIfAbsent(of + "/" + bin, _ -> new ArrayList<>()).add(point);
              }
            }
          });
    });
    assertThat(table).hasSameSizeAs(expected.keySet()).isNotEmpty();
    for (Map<String, String> row : table) {
      List<double[]> points =
          expected.getOrDefault(
              text(row, "location_id") + "/" + text(row, "from_percent"), List.of());
      assertThat(whole(row, "hours")).isEqualTo(points.size());
      assertThat(whole(row, "to_percent")).isEqualTo(whole(row, "from_percent") + 25);
      assertThat(number(row, "humidity")).isCloseTo(mean(points, 0), offset(TOLD));
      assertThat(number(row, "P1")).isCloseTo(mean(points, 1), offset(TOLD));
      assertThat(number(row, "P2_to_P1"))
          .isCloseTo(mean(points, 2) / mean(points, 1), offset(TOLD));
      double correlation = correlation(points);
      if (Double.isNaN(correlation)) {
        assertThat(text(row, "P2_correlation")).isEmpty();
      } else {
        assertThat(number(row, "P2_correlation")).isCloseTo(correlation, offset(TOLD));
      }
    }
  }

  private static double mean(List<double[]> points, int column) {
    return points.stream().mapToDouble(point -> point[column]).average().orElseThrow();
  }

  private static double correlation(List<double[]> points) {
    double x = mean(points, 0);
    double y = mean(points, 2);
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (double[] point : points) {
      xx += (point[0] - x) * (point[0] - x);
      yy += (point[2] - y) * (point[2] - y);
      xy += (point[0] - x) * (point[2] - y);
    }
    return xx * yy < 1e-18 ? Double.NaN : xy / Math.sqrt(xx * yy);
  }

  @Test
  void replacesItsFilesAndNothingElse() throws Exception {
    Analysis analysis = new Analysis.Uptime(Duration.ofHours(1));
    Path out = folder.resolve("again");
    Files.createDirectories(out);
    Files.writeString(out.resolve("notes.txt"), "mine");
    run(analysis, out);
    AnalysisReport report = run(analysis, out);

    try (Stream<Path> files = Files.list(out)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains("notes.txt", "uptime.csv", "uptime.parquet")
          .noneMatch(name -> name.equals(".uptime"));
    }
    assertThat(TestSpark.session().read().parquet(report.files().getFirst()).count())
        .isEqualTo(report.rows());
  }

  @Test
  void needsALake() {
    Path nowhere = folder.resolve("nowhere");
    assertThatThrownBy(() ->
            new SparkAnalysis(
                    TestSpark.session(),
                    job(new Analysis.Uptime(Duration.ofHours(1)), nowhere, folder.resolve("none")))
                .run())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("there is no lake in " + nowhere);
  }

  private static AnalysisReport run(Analysis analysis, Path out) throws IOException {
    return new SparkAnalysis(TestSpark.session(), job(analysis, folder.resolve("lake"), out)).run();
  }

  private static AnalysisJob job(Analysis analysis, Path lake, Path out) {
    return new AnalysisJob(
        analysis, Selection.ALL, lake.toString(), out.toString(), Optional.empty(), () -> false);
  }

  /** The rows of an analysis's CSV, by column. */
  private static List<Map<String, String>> table(Analysis analysis) throws IOException {
    Path out = folder.resolve("out");
    AnalysisReport report = run(analysis, out);
    List<String> lines = Files.readAllLines(out.resolve(analysis.name() + ".csv"), UTF_8);
    String[] columns = lines.getFirst().split(",", -1);
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      Map<String, String> row = new HashMap<>();
      for (int i = 0; i < columns.length; i++) {
        row.put(columns[i], cells[i]);
      }
      rows.add(row);
    }
    assertThat(report.rows()).isEqualTo(rows.size());
    return rows;
  }

  private static String text(Map<String, String> row, String column) {
    return row.getOrDefault(column, "no such column");
  }

  private static long whole(Map<String, String> row, String column) {
    return Long.parseLong(text(row, column));
  }

  private static double number(Map<String, String> row, String column) {
    return Double.parseDouble(text(row, column));
  }

  /** The readings whose value counts, of sensors that are not told to stand indoors, by place. */
  private static Map<Long, List<Reading>> outdoors(String measure) {
    return readings.stream()
        .filter(reading -> !reading.location().indoor().orElse(false))
        .filter(reading -> counts(reading, measure))
        .collect(groupingBy(reading -> reading.location().id()));
  }

  private static boolean counts(Reading reading, String measure) {
    OptionalDouble value = reading.value(measure);
    if (value.isEmpty()) {
      return false;
    }
    boolean isMass = measure.equals(Measures.P1) || measure.equals(Measures.P2);
    return Measures.find(measure).orElseThrow().isPlausible(value.getAsDouble())
        && (!isMass
            || (!reading.sensor().type().name().equalsIgnoreCase("PPD42NS")
                && value.getAsDouble() < (measure.equals(Measures.P1) ? 1999 : 999)));
  }

  private static Map<Instant, Double> byHour(List<Reading> of, String measure) {
    return of.stream().collect(groupingBy(SparkAnalysisTest::hour, exactly(value(measure))));
  }

  private static double mean(List<Reading> of, String measure) {
    return of.stream().mapToDouble(value(measure)).average().orElseThrow();
  }

  /** A mean, in which sums that differ only in the order of their terms are the same. */
  private static Collector<Reading, ?, Double> exactly(ToDoubleFunction<Reading> value) {
    return collectingAndThen(averagingDouble(value), mean -> Math.rint(mean * 1e9) / 1e9);
  }

  private static ToDoubleFunction<Reading> value(String measure) {
    return reading -> reading.value(measure).orElseThrow();
  }

  private static Instant hour(Reading reading) {
    return reading.timestamp().truncatedTo(ChronoUnit.HOURS);
  }

  private static LocalDate day(Instant instant) {
    return instant.atZone(ZoneOffset.UTC).toLocalDate();
  }
}
