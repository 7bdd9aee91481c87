package org.airlens.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.airlens.pipeline.engine.Analysis;
import org.airlens.server.AnalysisTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {

  @TempDir Path folder;

  /** What a run printed and its exit code. */
  record Run(int exit, String out, String err) {}

  private static Run run(Map<String, String> environment, String... arguments) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine =
        Main.commandLine(new Shell(environment, InputStream.nullInputStream(), bytes));
    int exit =
        commandLine
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Run(exit, out + bytes.toString(StandardCharsets.UTF_8), err.toString().strip());
  }

  private static Run run(String... arguments) {
    return run(Map.of(), arguments);
  }

  @Test
  void everyTableThatAnAnalysisMakesIsServed() throws ReflectiveOperationException {
    List<String> made = new ArrayList<>();
    for (Class<?> analysis : Analysis.class.getPermittedSubclasses()) {
      made.add((String) analysis.getField("NAME").get(null));
    }
    assertThat(AnalysisTable.values())
        .extracting(AnalysisTable::label)
        .containsExactlyInAnyOrderElementsOf(made);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "up",
        "collect",
        "serve",
        "backfill",
        "reprocess",
        "export",
        "aqi",
        "config",
        "completion",
        "bench"
      })
  void everyCommandHasHelp(String command) {
    Run run = run(command, "--help");
    assertThat(run.exit()).isZero();
    assertThat(run.out()).startsWith("Usage: airlens " + command);
  }

  @Test
  void tellsItsVersion() {
    Run run = run("--version");
    assertThat(run.exit()).isZero();
    assertThat(run.out()).matches("(?s)AirLens \\d+\\.\\d+.*Java 25.*");
  }

  @ParameterizedTest
  @CsvSource({
    "'', airlens: which command? up",
    "nonsense, airlens: Unmatched argument at index 0: 'nonsense' (see airlens --help)",
    "up --nonsense, airlens: Unknown option: '--nonsense' (see airlens up --help)",
    "up --port, airlens: Missing required parameter for option '--port'",
    "up --port 1 --port 2, airlens: option '--port' (PORT) should be specified only once",
    "up --interval never --port 0, airlens: --interval: 'never' is no duration",
    "up --log-format xml, 'airlens: --log-format: ''xml'' is none of text, json'",
    "up --source ftp://h/x, airlens: --source: 'ftp://h/x' is no URL of a feed",
    "config --config nothing.yaml, airlens: there is no file nothing.yaml; check --config",
    "export --format xml, 'airlens: --format: ''xml'' is none of csv, json, parquet, geojson'",
    "backfill, airlens: --archive is missing: name a folder in the archive's layout",
    "backfill --archive ftp://h/x, airlens: --archive: 'ftp://h/x' is no URL of an archive",
    "backfill --archive https://h/ --connections 99, airlens: --connections: '99' is more than",
    "backfill --archive . --from soon, airlens: --from: 'soon' is no date; write 2018-03-24",
    "backfill --archive . --from 2018-03-24 --to 2018-03-24, airlens: --from: '2018-03-24' lies not",
    "backfill --archive . --bbox 1, airlens: --bbox: '1' is no box: expected four numbers W,S,E,N",
    "backfill --archive . --country Germany, airlens: --country: 'Germany' is no country's code",
    "backfill --archive . --engine flink, airlens: --engine: 'flink' is no engine",
    "collect --engine flink, airlens: --engine: 'flink' is no engine of this installation; there is",
    "collect --lake-only, 'airlens: --master, --lake, --lake-only and --iceberg go with'",
    "backfill --archive x --iceberg, 'airlens: --master, --lake, --lake-only and --iceberg go with'",
    "collect --engine spark --iceberg, 'airlens: --iceberg is about the lake: it goes with --lake'",
    "reprocess --standard foo, airlens: unknown standard 'foo'; there are uk-daqi",
    "reprocess --calibration P2=y, 'airlens: --calibration: ''P2=y'': write [MAKE:]MEASURE=0.9x+1.5'",
    "reprocess --calibration gone.txt, airlens: --calibration: 'gone.txt' is no rule",
    "reprocess, airlens: --engine: 'spark' is no engine of this installation",
    "backfill --archive . --batch 0, airlens: --batch: '0' is no number of readings",
    "export --bbox 1, airlens: --bbox: '1' is no box: expected four numbers W,S,E,N",
    "export --from soon, airlens: --from: 'soon' is no time",
    "export --from 2020-01-02 --to 2020-01-01, airlens: --from: '2020-01-02' lies not before --to",
    "export --location x, airlens: --location: 'x' is no id",
    "export --country Germany, airlens: --country: 'Germany' is no country's code"
  })
  void wrongUsageIsOneLineAndExitCodeTwo(String arguments, String message) {
    String[] typed = arguments.isEmpty() ? new String[0] : arguments.split(" ");
    Run run = run(Map.of("AIRLENS_DATA_DIR", folder.toString()), typed);
    assertThat(run.err()).startsWith(message).doesNotContain("\n");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void whatIsNotThereIsOneLineAndExitCodeOne() {
    String data = folder.resolve("data").toString();
    Run source = run("up", "--source", "missing.json", "--data-dir", data, "--port", "0");
    assertThat(source.exit()).isEqualTo(1);
    assertThat(source.err())
        .startsWith("airlens: there is no file or folder 'missing.json'; a source is live, ")
        .doesNotContain("\n");
    Run archive = run("backfill", "--archive", "missing", "--data-dir", data);
    assertThat(archive.exit()).isEqualTo(1);
    assertThat(archive.err())
        .startsWith("airlens: there is no folder 'missing'; --archive takes ")
        .doesNotContain("\n");
    Run store = run("export", "--data-dir", folder.resolve("none").toString());
    assertThat(store.exit()).isEqualTo(1);
    assertThat(store.err()).startsWith("airlens: there is no store in ").doesNotContain("\n");
    assertThat(folder.resolve("none")).doesNotExist();
    Run scheme = run("up", "--store", "mongodb://u:geheim@x", "--data-dir", data, "--port", "0");
    assertThat(scheme.exit()).isEqualTo(1);
    assertThat(scheme.err())
        .isEqualTo(
            "airlens: no store for 'mongodb:'; this installation knows embedded:, postgresql:, timestream:");
    Run lake = run("serve", "--store", "lake:data/lake", "--data-dir", data, "--port", "0");
    assertThat(lake.exit()).isEqualTo(1);
    assertThat(lake.err())
        .startsWith("airlens: no store for 'lake:'; this installation knows embedded:, ")
        .contains("./airlens adds when --store, AIRLENS_STORE or ")
        .doesNotContain("\n");
  }

  @Test
  void anAnalysisIsNamedAndHasItsOwnFlags() {
    for (List<String> wrong :
        List.of(
            List.of("there is no analysis 'weather'; there are exceedance-days, ", "weather"),
            List.of("--zone does not go with uptime", "uptime", "--zone", "Europe/London"),
            List.of("--zone: 'Mars' is no time zone", "profiles", "--zone", "Mars"),
            List.of("--every: '7m' does not divide a day; write ", "uptime", "--every", "7m"),
            List.of("--every: 'often' is no duration; write ", "uptime", "--every", "often"),
            List.of("--radius: '0.0' is no distance", "outliers", "--radius", "0"),
            List.of("--neighbours: '1' is not from 2 to 1000", "outliers", "--neighbours", "1"),
            List.of("--bin: '0' is not from 1 to 100", "pm-humidity", "--bin", "0"),
            List.of("--engine: 'spark' is no engine of this installation", "uptime"))) {
      List<String> command = new ArrayList<>(List.of("analyze"));
      command.addAll(wrong.subList(1, wrong.size()));
      Run run = run(command.toArray(String[]::new));
      assertThat(run.exit()).as("%s", command).isEqualTo(2);
      assertThat(run.err()).startsWith("airlens: " + wrong.getFirst()).doesNotContain("\n");
    }
  }

  @Test
  void configPrintsWhatIsInForceWithItsOriginAsYamlThatItReads() throws Exception {
    Run first =
        run(
            Map.of("AIRLENS_STORE", "postgresql://air:geheim@db/air"),
            "config",
            "--port",
            "9000",
            "--source",
            "sample",
            "--source",
            "https://h/x?token=geheim");
    assertThat(first.exit()).isZero();
    assertThat(first.out())
        .containsPattern("port: 9000 +# --port\n")
        .containsPattern("store: 'postgresql://air:\\*\\*\\*@db/air' +# AIRLENS_STORE\n")
        .containsPattern("source: \\[sample, 'https://h/x\\?token=\\*\\*\\*'] +# --source\n")
        .containsPattern("interval: 10s +# default\n")
        .doesNotContain("geheim");
    Path file = Files.writeString(folder.resolve("airlens.yaml"), first.out());
    Run second = run("config", "--config", file.toString());
    assertThat(second.exit()).isZero();
    assertThat(second.out()).containsPattern("port: 9000 +# " + file);
  }

  @Test
  void theCompletionScriptIsBashAndOffersTheCommands() throws Exception {
    Path script = Files.writeString(folder.resolve("completion.sh"), run("completion").out());
    Process bash =
        new ProcessBuilder(
                "bash",
                "-c",
                "source '"
                    + script
                    + "'; COMP_WORDS=(airlens ex); COMP_CWORD=1; COMP_LINE='airlens ex'; COMP_POINT=10;"
                    + " $(complete -p airlens | sed 's/.*-F \\([^ ]*\\) .*/\\1/'); echo \"${COMPREPLY[@]}\"")
            .redirectErrorStream(true)
            .start();
    String offered = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(offered.strip()).isEqualTo("export");
  }
}
