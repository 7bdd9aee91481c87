package org.airlens.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.airlens.app.process.RunningAirLens.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code airlens collect} and {@code airlens export}, one after the other on one folder. */
class CollectAndExportIT {

  private static final int SAMPLE = 10_760;

  @TempDir Path folder;

  @Test
  void collectsOnceAndKnowsEverythingTheSecondTime() throws Exception {
    assertThat(run("collect", "--once", "--source", "sample").out())
        .isEqualTo("10760 new, 0 known, 0 rejected\n");
    assertThat(run("collect", "--once", "--source", "sample").out())
        .isEqualTo("0 new, 10760 known, 0 rejected\n");
  }

  @Test
  void endsByItselfWhenEverySourceHasGivenAll() throws Exception {
    Path captures = Files.createDirectory(folder.resolve("captures"));
    Files.writeString(captures.resolve("a.json"), "[]");
    Files.writeString(captures.resolve("b.json"), "[]");
    Run run =
        run("collect", "--source", captures.toString(), "--source", "sample", "--interval", "50ms");
    assertThat(run.exit()).isZero();
  }

  @Test
  void failsWhenTheOnlyCycleHadAProblem() throws Exception {
    Path feed = Files.writeString(folder.resolve("page.json"), "<html>gone</html>");
    Run run = run("collect", "--once", "--source", feed.toString());
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("airlens: ").contains("page.json");
  }

  @Test
  void exportsEverythingUnlessNarrowed() throws Exception {
    assertThat(run("collect", "--once", "--source", "sample").exit()).isZero();
    Run all = run("export");
    assertThat(all.exit()).isZero();
    assertThat(all.out().lines()).hasSize(SAMPLE + 1);
    assertThat(all.out())
        .startsWith(
            "timestamp,sensor_id,location_id,latitude,longitude,altitude,country,indoor,"
                + "sensor_type_id,sensor_type_name,sensor_type_manufacturer,sensor_pin,aqi,");
    List<String> times = all.out().lines().skip(1).map(line -> line.split(",", 2)[0]).toList();
    assertThat(times).isSorted();

    Run narrowed =
        run(
            "export",
            "--measure",
            "aqi",
            "--from",
            "2018-11-05T18:00:00Z",
            "--to",
            "2018-11-05T19:00:00Z",
            "--country",
            "gb",
            "--format",
            "geojson");
    assertThat(narrowed.exit()).isZero();
    assertThat(narrowed.out())
        .startsWith("{\"type\":\"FeatureCollection\"")
        .contains("2018-11-05T18:")
        .doesNotContain("2018-11-05T19:", "\"aqi\":null");

    Path outline = folder.resolve("outline.geojson");
    Files.writeString(
        outline,
        """
        {"type":"Polygon","coordinates":[[[-2.2,57.1],[-2.0,57.1],[-2.1,57.3],[-2.2,57.1]]]}
        """);
    Run inside =
        run(
            "export",
            "--polygon",
            outline.toString(),
            "--range",
            "P2:10..",
            "--quality",
            "plausible");
    assertThat(inside.exit()).isZero();
    assertThat(inside.out().lines().count()).isBetween(2L, (long) SAMPLE);
    Run missing = run("export", "--polygon", "missing.geojson");
    assertThat(missing.exit()).isEqualTo(2);
    assertThat(missing.err()).contains("--polygon: 'missing.geojson' can't be used");
  }

  @Test
  void writesAWholeFileOrNone() throws Exception {
    assertThat(run("collect", "--once", "--source", "sample").exit()).isZero();
    Path file = folder.resolve("out.json");
    Run good = run("export", "--format", "json", "--out", file.toString());
    assertThat(good.exit()).isZero();
    assertThat(good.err()).contains("10,760 readings to " + file);
    assertThat(Files.readString(file))
        .startsWith("{\"readings\":[{")
        .endsWith("\"next_cursor\":null}");
    Run bad = run("export", "--out", folder.resolve("missing/out.csv").toString());
    assertThat(bad.exit()).isEqualTo(1);
    assertThat(bad.err().lines()).hasSize(1);
    assertThat(bad.err()).startsWith("airlens: can't write " + folder.resolve("missing/out.csv"));
    try (var left = Files.list(folder)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.endsWith(".part"));
    }
  }

  private Run run(String... arguments) throws Exception {
    return RunningAirLens.run(folder, arguments);
  }
}
