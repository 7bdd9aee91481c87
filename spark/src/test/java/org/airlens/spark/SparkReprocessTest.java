package org.airlens.spark;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.airlens.aqi.AqiStandard;
import org.airlens.aqi.AqiStandards;
import org.airlens.aqi.ReadingIndex;
import org.airlens.model.Calibration;
import org.airlens.model.Measures;
import org.airlens.model.Reading;
import org.airlens.pipeline.engine.EngineException;
import org.airlens.pipeline.engine.ReprocessJob;
import org.airlens.pipeline.engine.ReprocessReport;
import org.airlens.spark.columns.ReadingColumns;
import org.airlens.spark.columns.ReadingRows;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** A lake of the sample is made anew, and compared with what this process computes. */
@TestInstance(Lifecycle.PER_CLASS)
class SparkReprocessTest {

  private static final Calibration BOTH =
      Calibration.of(List.of("SDS011:P2=0.9x/growth(0.4)+1.5", "P1=1.2x", "temperature=x-0.5"));

  private static final InstantSource CLOCK = InstantSource.system();

  @TempDir static Path folder;

  private final SparkSession spark = TestSpark.session();
  private List<Reading> reported = List.of();

  @BeforeAll
  void fill() throws Exception {
    TestLake.collectSample(folder, lakeFolder(), false, CLOCK);
    reported = rows().stream().map(Kept::reading).toList();
    assertThat(reported).hasSize(10_760);
  }

  @Test
  void computesAnotherStandardsIndexAsThisProcessDoes() throws Exception {
    AqiStandard standard = AqiStandards.find("who-2021").orElseThrow();
    ReprocessReport report = reprocess(standard, Calibration.NONE);
    List<Kept> rows = rows();
    assertThat(rows).extracting(Kept::reading).isEqualTo(reported);
    assertThat(rows).extracting(Kept::standard).containsOnly(standard.id());
    assertThat(rows)
        .extracting(Kept::index)
        .isEqualTo(reported.stream().map(reading -> index(standard, reading, reading)).toList());
    assertThat(report.readings()).isEqualTo(reported.size());
    assertThat(report.indexed()).isPositive().isLessThan(reported.size());
    assertThat(report.calibrated()).isZero();
  }

  @Test
  void calibratesAsThisProcessDoesAndKeepsWhatWasReported() throws Exception {
    AqiStandard standard = AqiStandards.find("us-epa").orElseThrow();
    ReprocessReport report = reprocess(standard, BOTH);
    Map<String, OptionalDouble> humidities = humidities();
    List<Kept> rows = rows();
    int calibrated = 0;
    for (int i = 0; i < rows.size(); i++) {
      Reading raw = reported.get(i);
      Kept row = rows.get(i);
      OptionalDouble humidity = humidities.getOrDefault(slot(raw), OptionalDouble.empty());
      boolean isChanged = false;
      for (String measure : List.of(Measures.P1, Measures.P2, "temperature", "humidity")) {
        OptionalDouble value = raw.value(measure);
        OptionalDouble expected =
            value.isEmpty()
                ? value
                : BOTH.apply(raw.sensor().type(), measure, value.getAsDouble(), humidity);
        isChanged |= expected.isPresent();
        assertThat(row.reading().value(measure)).isEqualTo(expected.isPresent() ? expected : value);
        assertThat(row.kept().get(measure))
            .isEqualTo(expected.isPresent() ? (Double) value.getAsDouble() : null);
      }
      calibrated += isChanged ? 1 : 0;
      assertThat(row.index()).isEqualTo(index(standard, row.reading(), raw));
    }
    assertThat(report.calibrated()).isEqualTo(calibrated).isPositive();
    assertThat(rows).anyMatch(row -> row.kept().containsKey(Measures.P2));
    assertThat(rows)
        .as("where nobody tells the humidity")
        .anyMatch(row ->
            row.reading().value(Measures.P2).isPresent() && !row.kept().containsKey(Measures.P2));

    reprocess(AqiStandards.all().getFirst(), Calibration.NONE);
    assertThat(rows()).extracting(Kept::reading).isEqualTo(reported);
  }

  @Test
  void whoAddsReadingsFollowsTheLakesRecipe() throws Exception {
    Path other = folder.resolve("other");
    Lake lake = new Lake(spark, other.toString());
    LakeAppending appending = new LakeAppending(lake);
    appending.add(TestLake.readings(0, 1));
    reprocess(other, AqiStandards.find("who-2021").orElseThrow(), Calibration.of(List.of("P1=2x")));
    appending.add(TestLake.readings(0, 3));
    List<Row> rows =
        lake.read(lake.version().partitions())
            .select(Measures.P1, ReadingColumns.STANDARD, ReadingColumns.CALIBRATION)
            .distinct()
            .collectAsList();
    assertThat(rows).singleElement().asString().isEqualTo("[10.0,who-2021,P1=2.0x+0.0]");
    assertThat(lake.read(lake.version().partitions()).count()).isEqualTo(3);
  }

  @Test
  void brokenOffItLeavesTheLakeAsItWas() throws Exception {
    int version = lake().version().number();
    List<Kept> before = rows();
    Path data = lakeFolder().resolve("data");
    long commits = count(data);
    AtomicBoolean ended = new AtomicBoolean();
    Thread breaking =
        Thread.startVirtualThread(() -> {
          while (!ended.get()) {
            if (count(data) > commits) {
              spark.sparkContext().cancelAllJobs();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
          }
        });
    assertThatThrownBy(() -> reprocess(AqiStandards.all().getLast(), BOTH))
        .hasMessageContaining("cancelled");
    ended.set(true);
    breaking.join();
    assertThat(lake().version().number()).isEqualTo(version);
    assertThat(rows()).isEqualTo(before);
    lake().prune();
    assertThat(count(data)).isEqualTo(commits);
  }

  @Test
  void saysThatThereIsNoLake() {
    assertThatThrownBy(() ->
            reprocess(folder.resolve("none"), AqiStandards.all().getFirst(), Calibration.NONE))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("there is no lake in " + folder.resolve("none"));
  }

  /** A row of the lake, and what it keeps of what was reported. */
  private record Kept(
      Reading reading, OptionalDouble index, String standard, Map<String, Double> kept) {}

  private ReprocessReport reprocess(AqiStandard standard, Calibration calibration)
      throws Exception {
    return reprocess(lakeFolder(), standard, calibration);
  }

  private ReprocessReport reprocess(Path lake, AqiStandard standard, Calibration calibration)
      throws Exception {
    return new SparkReprocess(
            spark,
            new ReprocessJob(
                lake.toString(), false, standard, calibration, Optional.empty(), () -> false))
        .run();
  }

  private List<Kept> rows() throws Exception {
    List<Column> columns = new ArrayList<>(List.of(ReadingRows.columns()));
    columns.add(col(ReadingColumns.INDEX));
    columns.add(col(ReadingColumns.STANDARD));
    columns.add(col(ReadingColumns.REPORTED));
    Lake lake = lake();
    return lake
        .read(lake.version().partitions())
        .select(columns.toArray(Column[]::new))
        .orderBy(ReadingColumns.TIMESTAMP, ReadingColumns.SENSOR_ID)
        .collectAsList()
        .stream()
        .map(SparkReprocessTest::kept)
        .toList();
  }

  private static Kept kept(Row row) {
    int index = row.fieldIndex(ReadingColumns.INDEX);
    return new Kept(
        ReadingRows.reading(row),
        row.isNullAt(index) ? OptionalDouble.empty() : OptionalDouble.of(row.getDouble(index)),
        row.getAs(ReadingColumns.STANDARD),
        Map.copyOf(row.getJavaMap(row.fieldIndex(ReadingColumns.REPORTED))));
  }

  /** The index of a reading; what was reported tells whether a concentration counts. */
  private static OptionalDouble index(AqiStandard standard, Reading reading, Reading raw) {
    if (reading.sensor().type().countsParticles()) {
      return OptionalDouble.empty();
    }
    double index =
        ReadingIndex.highest(
            standard, counted(Measures.P1, reading, raw), counted(Measures.P2, reading, raw));
    return index == AqiStandard.NO_INDEX ? OptionalDouble.empty() : OptionalDouble.of(index);
  }

  private static double counted(String measure, Reading reading, Reading raw) {
    boolean counts =
        raw.value(measure).orElse(Double.NaN) < Measures.SATURATIONS.getOrDefault(measure, 0.0);
    return counts ? reading.value(measure).orElseThrow() : Double.NaN;
  }

  /** The mean humidity of each location and ten minutes. */
  private Map<String, OptionalDouble> humidities() {
    Map<String, List<BigDecimal>> told = new HashMap<>();
    for (Reading reading : reported) {
      double humidity = reading.value("humidity").orElse(-1);
      if (humidity >= 0 && humidity <= 100) {
        told.computeIfAbsent(slot(reading), _ -> new ArrayList<>())
            .add(BigDecimal.valueOf(humidity).setScale(4, RoundingMode.HALF_UP));
      }
    }
    Map<String, OptionalDouble> means = new HashMap<>();
    told.forEach((slot, values) ->
        means.put(
            slot,
            OptionalDouble.of(
                values.stream()
                    .reduce(BigDecimal.ZERO, BigDecimal::add)
                    .divide(BigDecimal.valueOf(values.size()), 8, RoundingMode.HALF_UP)
                    .doubleValue())));
    return means;
  }

  private static String slot(Reading reading) {
    return reading.location().id() + " " + reading.timestamp().getEpochSecond() / 600;
  }

  private Lake lake() throws Exception {
    return new Lake(spark, lakeFolder().toString());
  }

  private static Path lakeFolder() {
    return folder.resolve("lake");
  }

  private static long count(Path data) {
    try (Stream<Path> commits = Files.list(data)) {
      return commits.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
