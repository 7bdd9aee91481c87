package org.airlens.app.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code airlens export --format parquet}, as others read it. */
class ParquetExportIT {

  private static final long SAMPLE = 10_760;

  @TempDir static Path folder;

  private static Path file;

  @BeforeAll
  static void export() throws Exception {
    try (RunningAirLens collect =
        RunningAirLens.start(folder, "collect", "--once", "--source", "sample")) {
      assertThat(collect.exit()).isZero();
    }
    file = folder.resolve("all.parquet");
    try (RunningAirLens export =
        RunningAirLens.start(folder, "export", "--format", "parquet", "--out", file.toString())) {
      assertThat(export.exit()).isZero();
      assertThat(export.err()).isEqualTo("10,760 readings to " + file + "\n");
    }
  }

  @Test
  void duckDbReadsEveryReading() throws Exception {
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT count(*), max(P2), arg_max(sensor_id, P2) FROM '" + file + "'")) {
      assertThat(found.next()).isTrue();
      assertThat(found.getLong(1)).isEqualTo(SAMPLE);
      assertThat(found.getDouble(2)).isEqualTo(735.5);
      assertThat(found.getLong(3)).isEqualTo(7789);
    }
  }

  @Test
  void standardOutputIsTheSameFile() throws Exception {
    try (RunningAirLens export = RunningAirLens.start(folder, "export", "--format", "parquet")) {
      assertThat(export.exit()).isZero();
      assertThat(export.outFile()).hasSameBinaryContentAs(file);
    }
  }

  @Test
  void nothingHalfIsLeft() throws IOException {
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(Path::toString)).noneMatch(name -> name.endsWith(".part"));
    }
  }

  @Test
  void pandasReadsEveryReadingWhereItIsInstalled() throws Exception {
    String python = Objects.requireNonNullElse(System.getenv("AIRLENS_PYTHON"), "python3");
    assumeThat(run(python, "-c", "import pandas, pyarrow").exit())
        .as("python with pandas and pyarrow; AIRLENS_PYTHON names another")
        .isZero();
    Path script = folder.resolve("read_parquet.py");
    try (var source = ParquetExportIT.class.getResourceAsStream("read_parquet.py")) {
      Files.copy(Objects.requireNonNull(source), script);
    }
    Run run = run(python, script.toString(), file.toString());
    assertThat(run.said())
        .isEqualTo(
            """
            10760 rows, 15 sensors
            from 2018-11-05 12:00:01+00:00 to 2018-11-06 17:59:58+00:00
            in order: True
            timestamp: UTC aqi: 10 P1: float64
            unit of P2: ug/m3
            """);
  }

  private static Run run(String... command) throws IOException, InterruptedException {
    Path said = Files.createTempFile(folder, "said", ".txt");
    try {
      Process process =
          new ProcessBuilder(List.of(command))
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      return new Run(process.waitFor(), Files.readString(said, StandardCharsets.UTF_8));
    } catch (IOException e) {
      return new Run(-1, e.toString()); // There is no such program.
    }
  }

  private record Run(int exit, String said) {}
}
