package org.airlens.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmarks run and check their own results; how long anything takes is no matter here. */
class SmallRunsTest {

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

  @TempDir private Path folder;

  @Test
  void storesAreCompared() throws Exception {
    Workload small = new Workload(100, Duration.ofHours(3), Duration.ofHours(1));
    new StoreComparison(small, 2, folder, out).run();
    assertThat(text())
        .contains("| embedded (process) | embedded (power) | DuckDB |")
        .contains("latest per sensor, readers beside, ms")
        .contains("stats of all, whole history, ms")
        .contains("start-up to the first series");
    assertThatNothingIsLeft();
  }

  @Test
  void historiesAreComparedOnARealServer() throws Exception {
    new HistoryComparison(1, 2, Duration.ofMinutes(1), Optional.empty(), folder, out).run();
    assertThat(text())
        .contains("40 sensors, every 10 minutes for 30 days: 172,800 readings")
        .contains("| embedded (power) | store-postgres | plain PostgreSQL |")
        .contains("last-hour table of a country, 8 readers, ms")
        .contains("30-day stats of all, ms");
    assertThatNothingIsLeft();
  }

  @Test
  void answersThatDifferAreToldApart() {
    Answer answer = new Answer(new double[] {1, Double.NaN, 0.1 + 0.2});
    answer.checkSame(new Answer(new double[] {1, Double.NaN, 0.3}), "same but for rounding");
    assertThatThrownBy(() -> answer.checkSame(new Answer(new double[] {1, 2, 0.3}), "series"))
        .hasMessage("series: number 1 is 2.0, and NaN elsewhere");
    assertThatThrownBy(() -> answer.checkSame(new Answer(new double[] {1}), "series"))
        .hasMessage("series: 1 numbers, and 3 elsewhere");
  }

  @Test
  void snapshotsAreTakenInRounds() throws Exception {
    Snapshot snapshot = Snapshot.synthetic(100, Instant.now().minus(Duration.ofDays(1)));
    new IngestRounds(snapshot, 1, 2, folder, out).run();
    assertThat(text())
        .contains("durability process, each snapshot after the former: 100 new rows a round")
        .contains("durability power, each begins amid the former: 100 new rows a round");
    assertThatNothingIsLeft();
  }

  private String text() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  private void assertThatNothingIsLeft() throws Exception {
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }
}
