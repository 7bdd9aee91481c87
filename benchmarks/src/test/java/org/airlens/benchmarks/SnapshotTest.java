package org.airlens.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotTest {

  private static final String JSON =
      """
      [{"id":1,"timestamp":"2018-12-31 23:59:30","sensor":{"id":7}},
       {"timestamp" : "2019-01-01T00:00:05.266431+00:00","id":2,"note":"2018-12-31 23:59:30"}]
      """;

  @Test
  void movesEveryTimestampAndNothingElse() {
    assertThat(text(snapshot(JSON).later(Duration.ofSeconds(61))))
        .isEqualTo(
            """
            [{"id":1,"timestamp":"2019-01-01 00:00:31","sensor":{"id":7}},
             {"timestamp" : "2019-01-01T00:01:06.266431+00:00","id":2,"note":"2018-12-31 23:59:30"}]
            """);
  }

  @Test
  void movedByNothingIsTheSame() {
    assertThat(text(snapshot(JSON).later(Duration.ZERO))).isEqualTo(JSON);
  }

  @Test
  void staysAsItIsWhenItIsMoved() {
    Snapshot snapshot = snapshot(JSON);
    snapshot.later(Duration.ofDays(1));
    assertThat(text(snapshot.json())).isEqualTo(JSON);
    assertThat(snapshot.entries()).isEqualTo(2);
  }

  @Test
  void spansFromItsOldestReadingToItsNewest() {
    assertThat(snapshot(JSON).span()).isEqualTo(Duration.ofSeconds(35));
  }

  @Test
  void readsCapturesPlainAndGzipped(@TempDir Path folder) throws Exception {
    Path plain = Files.writeString(folder.resolve("capture.json"), JSON);
    Path gzipped = folder.resolve("capture.json.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzipped))) {
      out.write(JSON.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(text(Snapshot.read(plain).json())).isEqualTo(JSON);
    assertThat(text(Snapshot.read(gzipped).json())).isEqualTo(JSON);
  }

  @Test
  void refusesWhatIsNoFeed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> snapshot("<html>\"timestamp\":\"soon\"</html>"))
        .withMessageContaining("no feed snapshot");
  }

  private static Snapshot snapshot(String json) {
    return Snapshot.of("test", json.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }
}
