package org.airlens.server.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of many rows, written in a process whose heap holds none of them whole. */
class ParquetMemoryTest {

  private static final int ROWS = 300_000;

  @TempDir Path folder;

  @Test
  void aHeapOf64MiBTakesAnyNumberOfRows() throws Exception {
    Path file = written(ROWS, 10);
    try (DuckDb duckDb = new DuckDb()) {
      assertThat(
              duckDb.rows("SELECT count(*), count(DISTINCT sensor_id) FROM read_parquet(%s)", file))
          .containsExactly(List.of((long) ROWS, (long) ParquetProgram.SENSORS));
      List<List<@Nullable Object>> groups =
          duckDb.rows(
              "SELECT row_group_num_rows, epoch_us(stats_min_value::TIMESTAMPTZ),"
                  + " epoch_us(stats_max_value::TIMESTAMPTZ) FROM parquet_metadata(%s)"
                  + " WHERE path_in_schema = 'timestamp' ORDER BY row_group_id",
              file);
      assertThat(groups).hasSizeGreaterThan(1);
      long rows = 0;
      long end = 0;
      for (List<@Nullable Object> group : groups) {
        assertThat((Long) group.get(1)).as("where a group begins").isGreaterThanOrEqualTo(end);
        end = (Long) group.get(2);
        rows += (Long) group.get(0);
      }
      assertThat(rows).isEqualTo(ROWS);
      String plan =
          duckDb
              .rows(
                  "EXPLAIN ANALYZE SELECT avg(P1) FROM read_parquet(%s) WHERE timestamp <"
                      + " make_timestamptz("
                      + groups.get(1).get(1)
                      + ")",
                  file)
              .toString();
      assertThat(plan).containsPattern("Row Groups Scanned: 1 / " + groups.size() + "\\D");
    }
  }

  @Test
  void itTakesAsManyMeasuresAsAStoreMayHave() throws Exception {
    Path file = written(60_000, 279);
    try (DuckDb duckDb = new DuckDb()) {
      assertThat(duckDb.rows("SELECT count(*), count(unknown_200) > 0 FROM read_parquet(%s)", file))
          .containsExactly(List.of(60_000L, true));
    }
  }

  private Path written(int rows, int measures) throws IOException, InterruptedException {
    Path file = folder.resolve("rows.parquet");
    Path errors = folder.resolve("errors.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                ParquetProgram.class.getName(),
                file.toString(),
                Integer.toString(rows),
                Integer.toString(measures))
            .redirectErrorStream(true)
            .redirectOutput(errors.toFile())
            .start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(Files.readString(errors)).as("what it says, warnings too").isEmpty();
    assertThat(process.exitValue()).isZero();
    return file;
  }
}
