package org.airlens.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's examples print what the README shows. */
class ReadmeIT {

  private static final Pattern CURL =
      Pattern.compile("curl -s 'localhost:8080/([^']*)'( \\| wc -l)?.*");
  private static final Pattern AIRLENS = Pattern.compile("\\./airlens (aqi .*)");

  @TempDir Path folder;

  /** A command and what it prints. */
  private record Example(String command, String output) {}

  @Test
  void printsWhatTheReadmeShows() throws Exception {
    List<Example> examples = examples();
    try (RunningAirLens airLens = RunningAirLens.up(folder, "--source", "sample")) {
      airLens.ready();
      for (Example example : examples) {
        assertThat(printed(airLens, example.command()))
            .as(example.command())
            .isEqualTo(example.output());
      }
    }
    assertThat(examples).hasSizeGreaterThanOrEqualTo(5);
  }

  private String printed(RunningAirLens airLens, String command) throws Exception {
    Matcher curl = CURL.matcher(command);
    if (curl.matches()) {
      String body = airLens.body(curl.group(1));
      return curl.group(2) == null ? body : Long.toString(body.lines().count());
    }
    Matcher typed = AIRLENS.matcher(command);
    assertThat(typed.matches()).as("an example that this test can run: %s", command).isTrue();
    try (RunningAirLens process = RunningAirLens.start(folder, typed.group(1).split(" "))) {
      assertThat(process.exit()).isZero();
      return process.out().strip();
    }
  }

  private static List<Example> examples() throws IOException {
    List<Example> examples = new ArrayList<>();
    List<String> lines = Files.readAllLines(Path.of("..", "README.md"));
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("$ ") && !lines.get(i).contains(" > ")) {
        List<String> output = new ArrayList<>();
        int next = i + 1;
        for (; !lines.get(next).startsWith("$ ") && !lines.get(next).startsWith("```"); next++) {
          output.add(lines.get(next));
        }
        examples.add(new Example(lines.get(i).substring(2), String.join("\n", output)));
      }
    }
    return examples;
  }
}
