package org.airlens.server.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;
import org.airlens.model.BoundingBox;
import org.airlens.model.Location;
import org.airlens.model.MeasureValues;
import org.airlens.model.Reading;
import org.airlens.model.Sensor;
import org.airlens.model.SensorType;
import org.airlens.model.TestReadings;
import org.airlens.store.ReadingFilter;
import org.airlens.store.ReadingQuery;
import org.airlens.store.ReadingSort;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parquet files as DuckDB reads them. */
class ParquetReadingsTest {

  private static final ReadingQuery ALL = ReadingQuery.of(ReadingFilter.all());

  private static DuckDb duckDb;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws SQLException {
    duckDb = new DuckDb();
  }

  @AfterAll
  static void stop() throws SQLException {
    duckDb.close();
  }

  @Test
  void everyColumnHasItsType() throws Exception {
    Path file = written(List.of("P1", "pm2.5"), ALL, List.of());
    assertThat(
            duckDb.rows(
                "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM read_parquet(%s))",
                file))
        .containsExactly(
            List.of("timestamp", "TIMESTAMP WITH TIME ZONE"),
            List.of("sensor_id", "BIGINT"),
            List.of("location_id", "BIGINT"),
            List.of("latitude", "DOUBLE"),
            List.of("longitude", "DOUBLE"),
            List.of("altitude", "DOUBLE"),
            List.of("country", "VARCHAR"),
            List.of("indoor", "BOOLEAN"),
            List.of("sensor_type_id", "INTEGER"),
            List.of("sensor_type_name", "VARCHAR"),
            List.of("sensor_type_manufacturer", "VARCHAR"),
            List.of("sensor_pin", "VARCHAR"),
            List.of("aqi", "INTEGER"),
            List.of("P1", "DOUBLE"),
            List.of("pm2.5", "DOUBLE"));
    assertThat(duckDb.rows("SELECT count(*) FROM read_parquet(%s)", file))
        .containsExactly(List.of(0L));
  }

  @Test
  void whatAReadingDoesNotHaveIsNull() throws Exception {
    Reading bare =
        new Reading(
            new Sensor(2, "", new SensorType(0, "", "")),
            new Location(7, Optional.empty(), OptionalDouble.empty(), "", false, Optional.empty()),
            TestReadings.NOON,
            MeasureValues.of("ozone_ppb", 31),
            OptionalInt.empty());
    Path file = written(List.of("P1"), ALL, List.of(bare));
    List<@Nullable Object> expected = new ArrayList<>();
    expected.add(TestReadings.NOON.getEpochSecond() * 1_000_000);
    expected.add(2L);
    expected.add(7L);
    for (int i = 0; i < 5; i++) {
      expected.add(null);
    }
    expected.add(0);
    for (int i = 0; i < 5; i++) {
      expected.add(null);
    }
    assertThat(duckDb.rows(EVERYTHING, file)).containsExactly(expected);
  }

  @Test
  void aTextThatIsNoUnicodeEndsNoFile() throws Exception {
    Reading broken =
        new Reading(
            new Sensor(2, "1", new SensorType(0, "half a \uD834 pair", "")),
            TestReadings.dust(2, TestReadings.NOON, 1, 2).location(),
            TestReadings.NOON,
            MeasureValues.none(),
            OptionalInt.empty());
    Path file = written(List.of(), ALL, List.of(broken));
    assertThat(duckDb.rows("SELECT sensor_type_name FROM read_parquet(%s)", file))
        .containsExactly(List.of("half a ? pair"));
  }

  @Test
  void unitsStandInTheDescription() throws Exception {
    Map<String, String> told = duckDb.description(written(List.of("P1", "ozone"), ALL, List.of()));
    assertThat(told)
        .containsEntry("airlens.unit.P1", "ug/m3")
        .containsEntry("airlens.label.P1", "PM10")
        .containsEntry("airlens.quantity.P1", "PM10 mass concentration")
        .containsEntry("airlens.unit.aqi", "1")
        .doesNotContainKey("airlens.unit.ozone")
        .hasEntrySatisfying("airlens.licence", text -> assertThat(text).contains("ODbL", "DbCL"))
        .hasEntrySatisfying(
            "airlens.source", text -> assertThat(text).contains("Sensor.Community"));
    assertThat(told.get("airlens.columns"))
        .isEqualTo(
            "{\"latitude\":{\"unit\":\"deg\"},\"longitude\":{\"unit\":\"deg\"},\"altitude\":{\"unit\":\"m\"},"
                + "\"aqi\":{\"unit\":\"1\",\"label\":\"Air quality index\",\"quantity\":\"UK Daily Air Quality"
                + " Index\"},\"P1\":{\"unit\":\"ug/m3\",\"label\":\"PM10\",\"quantity\":\"PM10 mass"
                + " concentration\"}}");
  }

  @Test
  void theQuestionStandsInTheDescription() throws Exception {
    ReadingQuery query =
        new ReadingQuery(
            ReadingFilter.all()
                .withMeasure("P1")
                .withCountries(Set.of("GB", "DE"))
                .withBbox(new BoundingBox(-2.5, 57, -2, 57.25))
                .between(
                    Instant.parse("2018-12-20T00:00:00Z"), Instant.parse("2018-12-21T00:00:00Z")),
            ReadingSort.NEWEST_FIRST,
            Optional.empty(),
            OptionalLong.of(5));
    assertThat(duckDb.description(written(List.of("P1"), query, List.of())))
        .containsEntry(
            "airlens.query",
            "{\"measure\":[\"P1\"],\"countries\":[\"DE\",\"GB\"],\"bbox\":[\"-2.5,57.0,-2.0,57.25\"],"
                + "\"from\":[\"2018-12-20T00:00:00Z\"],\"to\":[\"2018-12-21T00:00:00Z\"],"
                + "\"sort\":\"-timestamp\",\"limit\":5}");
    assertThat(duckDb.description(written(List.of("P1"), ALL, List.of())))
        .containsEntry("airlens.query", "{\"sort\":\"-timestamp\"}");
  }

  @Test
  void columnsAreCompressedAndFewTextsStandInADictionary() throws Exception {
    List<Reading> readings =
        LongStream.range(0, 5_000)
            .mapToObj(
                i -> TestReadings.dust(1 + i % 50, TestReadings.NOON.plusSeconds(i), 3, (double) i))
            .toList();
    Path file = written(List.of("P1", "P2"), ALL, readings);
    String chunks =
        "SELECT DISTINCT path_in_schema FROM parquet_metadata(%s) WHERE compression = 'ZSTD'";
    assertThat(duckDb.rows(chunks, file)).hasSize(15);
    assertThat(duckDb.rows(chunks + " AND encodings LIKE '%%DICTIONARY%%'", file))
        .contains(
            List.of("country"),
            List.of("sensor_type_name"),
            List.of("sensor_type_manufacturer"),
            List.of("sensor_pin"),
            List.of("sensor_id"));
    assertThat(Files.size(file)).isLessThan(100_000);
  }

  @Test
  void whatIsBrokenOffIsNoFile() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ReadingOutput document = ReadingFormat.PARQUET.begin(out, List.of("P1"), ALL)) {
      document.write(TestReadings.dust(1, TestReadings.NOON, 1, 2));
    }
    Path file = Files.write(folder.resolve("broken.parquet"), out.toByteArray());
    assertThatThrownBy(() -> duckDb.rows("SELECT count(*) FROM read_parquet(%s)", file))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void aFailureToWriteIsTold() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("the disk is full");
          }
        };
    try (ReadingOutput document = ReadingFormat.PARQUET.begin(full, List.of("P1"), ALL)) {
      document.write(TestReadings.dust(1, TestReadings.NOON, 1, 2));
      assertThatThrownBy(document::finish)
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("the disk is full");
    }
  }

  static final String EVERYTHING =
      "SELECT epoch_us(timestamp), * EXCLUDE (timestamp) FROM read_parquet(%s)";

  private Path written(List<String> measures, ReadingQuery query, List<Reading> readings)
      throws IOException {
    return write(folder.resolve("readings.parquet"), measures, query, readings);
  }

  static Path write(Path file, List<String> measures, ReadingQuery query, List<Reading> readings)
      throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ReadingOutput document = ReadingFormat.PARQUET.begin(out, measures, query)) {
      readings.forEach(document::write);
      document.finish();
    }
    return file;
  }
}
