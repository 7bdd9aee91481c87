package org.airlens.pipeline;

import static org.airlens.model.TestReadings.NOON;
import static org.airlens.model.TestReadings.dust;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.airlens.model.Reading;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real disk that is really full; needs the right to mount one. */
class FullDiskTest {

  private static final String SIZE = "size=192m";
  private static final int DAYS = 40;
  private static final int SENSORS = 2_000;

  @TempDir Path folder;
  private boolean mounted;

  @BeforeEach
  void mount() throws Exception {
    mounted = run("mount", "-t", "tmpfs", "-o", SIZE, "tmpfs", folder.toString());
    assumeTrue(mounted, "only root can mount a small disk");
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      assertThat(run("umount", folder.toString())).isTrue();
    }
  }

  @Test
  void isReportedAndSurvivedWithoutLosingOrDoublingAReading() throws Exception {
    Path ballast = folder.resolve("ballast");
    try (Node node = Node.in(folder)) {
      ScriptedSource source = new ScriptedSource("feed").perCycle(1);
      List<Reading> all = new ArrayList<>();
      for (int day = 0; day < DAYS; day++) {
        List<Reading> readings = new ArrayList<>();
        for (int i = 1; i <= SENSORS; i++) {
          readings.add(dust(i, NOON.minus(Duration.ofDays(day)), 20, 10));
        }
        all.addAll(readings);
        source.delivers("day " + day, Documents.of(readings));
      }
      Pipeline pipeline = node.pipeline(source);
      assertThat(pipeline.cycle().stored()).isEqualTo(SENSORS);

      fill(ballast);
      CycleReport full = pipeline.cycle();
      while (full.problem().isEmpty() && source.told().size() < DAYS) {
        full = pipeline.cycle(); // The store had some room of its own left.
      }
      assertThat(full.problem().orElseThrow()).startsWith("the store can't keep readings: ");
      assertThat(full.unsaved()).isEqualTo(SENSORS);
      int daysBefore = source.told().size();
      assertThat(daysBefore).isLessThan(DAYS);
      assertThat(node.published()).hasSize(daysBefore * SENSORS);

      Files.delete(ballast);
      long stored = 0;
      for (int cycles = 0; source.told().size() < DAYS && cycles < 2 * DAYS; cycles++) {
        stored += pipeline.cycle().stored();
      }
      assertThat(stored).isEqualTo((long) (DAYS - daysBefore) * SENSORS);
      assertThat(node.stored()).hasSize(all.size());
      assertThat(node.published()).hasSize(all.size());
      assertThat(pipeline.sources().getFirst().problem()).isEmpty();
    }
    try (Node restarted = Node.in(folder)) {
      assertThat(restarted.stored()).hasSize(DAYS * SENSORS);
    }
  }

  private static void fill(Path ballast) throws IOException {
    byte[] block = new byte[4_096];
    try (OutputStream out = Files.newOutputStream(ballast)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }

  private static boolean run(String... command) throws Exception {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false; // There is no such command here.
    }
  }
}
