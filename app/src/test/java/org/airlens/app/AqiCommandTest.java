package org.airlens.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class AqiCommandTest {

  /** What a run printed and its exit code. */
  record Run(int exit, String out, String err) {}

  private static Run run(String stdin, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        new CommandLine(
                new AqiCommand(new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8))))
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Run(
        exit, out.toString().replace(System.lineSeparator(), "\n"), err.toString().strip());
  }

  @Test
  void printsIndexBandAndColourOnOneLine() {
    Run run = run("", "--standard", "uk-daqi", "--pollutant", "pm25", "39");
    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .isEqualTo(
            "4 Moderate #FFFF00 (UK Daily Air Quality Index, PM2.5 39 µg/m³ as 24-hour running"
                + " mean)\n");
    assertThat(run.err()).isEmpty();
  }

  @ParameterizedTest(name = "{0} {1} {2} → {3}")
  @CsvSource({
    "us-epa, pm25, 9.1, 51 Moderate #FFFF00",
    "eu-eaqi, no2, 10.5, 2 Fair #50CCAA",
    "eu-eaqi-2024, no2, 10.5, 1 Good #50F0E6",
    "who-2021, pm25, 37.5, 2.5 Interim target 3 #FFFFBF",
    "who-2021, pm25, 1, 0.0667 Guideline met #2C7BB6",
    "in-naqi, pm10, 175, 150 Moderately polluted #FFFF00",
    "UK-DAQI, PM10, 1e2, 9 High #990000"
  })
  void knowsEveryStandard(String standard, String pollutant, String value, String expected) {
    Run run = run("", "--standard", standard, "--pollutant", pollutant, value);
    assertThat(run.exit()).isZero();
    assertThat(run.out()).startsWith(expected + " (");
  }

  @Test
  void takesTheUkIndexWhenNoStandardIsNamed() {
    assertThat(run("", "--pollutant", "pm10", "36").out()).startsWith("3 Low #31CF00");
  }

  @Test
  void printsJsonWhenAsked() {
    Run run = run("", "--pollutant", "pm25", "--format", "json", "39");
    assertThat(run.out())
        .isEqualTo(
            "{\"standard\":\"uk-daqi\",\"pollutant\":\"pm25\",\"concentration\":39,\"index\":4,"
                + "\"band\":\"Moderate\",\"colour\":\"#FFFF00\"}\n");
    Run none = run("", "--pollutant", "pm25", "--format", "json", "NaN");
    assertThat(none.exit()).isEqualTo(1);
    assertThat(none.out()).contains("\"concentration\":null,\"index\":null,\"reason\":");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "-0.4, no index: the concentration is negative",
    "-1, no index: the concentration is negative",
    "NaN, no index: the concentration is not a number",
    "nan, no index: the concentration is not a number",
    "Infinity, no index: the concentration is not finite",
    "-Infinity, no index: the concentration is negative",
    "1e400, no index: the concentration is not finite"
  })
  void failsWithTheReasonWhenThereIsNoIndex(String value, String message) {
    Run run = run("", "--pollutant", "pm25", value);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEqualTo(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "", "39f", "0x1p3", "3,9", "--unknown"})
  void callsWhatIsNoNumberWrongUsage(String value) {
    Run run = run("", "--pollutant", "pm25", value);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).startsWith("'" + value + "' is no number");
  }

  @Test
  void listsWhatThereIsWhenAStandardOrPollutantIsUnknown() {
    Run standard = run("", "--standard", "uk", "--pollutant", "pm25", "39");
    assertThat(standard.exit()).isEqualTo(2);
    assertThat(standard.err())
        .startsWith(
            "unknown standard 'uk'; there are uk-daqi, us-epa, eu-eaqi, eu-eaqi-2024, who-2021,"
                + " in-naqi");
    Run pollutant = run("", "--standard", "us-epa", "--pollutant", "o3", "39");
    assertThat(pollutant.exit()).isEqualTo(2);
    assertThat(pollutant.err()).startsWith("unknown pollutant 'o3'; us-epa has pm25, pm10");
    Run missing = run("", "39");
    assertThat(missing.exit()).isEqualTo(2);
    assertThat(missing.err())
        .startsWith("--pollutant is missing; uk-daqi has pm25, pm10, o3, no2, so2");
  }

  @Test
  void addsTheWorstPollutantsIndexToEachRow() {
    Run run = run("place,pm10,pm25\nA,36,39\n\"B, north\",,5\nC,101,\n", "-");
    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .isEqualTo(
"""
place,pm10,pm25,index,band,colour
A,36,39,4,Moderate,#FFFF00
"B, north",,5,1,Low,#9CFF9C
C,101,,10,Very High,#CE30FF
""");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void readsAColumnNamedValueAsThePollutantNamed() {
    assertThat(run("value\n39\n", "--pollutant", "pm25", "-").out())
        .isEqualTo("value,index,band,colour\n39,4,Moderate,#FFFF00\n");
  }

  @Test
  void readsOnlyTheColumnOfThePollutantNamed() {
    assertThat(run("pm10,pm25\n101,39\n", "--pollutant", "pm25", "-").out())
        .endsWith("101,39,4,Moderate,#FFFF00\n");
  }

  @Test
  void countsRowsWithoutIndexAndNamesTheFirst() {
    Run run = run("pm25,pm10\n39,x\nabc,\n-1,NaN\n,\n\n5\n7,8,9\n", "-");
    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .isEqualTo(
"""
pm25,pm10,index,band,colour
39,x,4,Moderate,#FFFF00
abc,,,,
-1,NaN,,,
,,,,

5,,,,
7,8,9,,,
""");
    assertThat(run.err())
        .isEqualTo("5 of 6 rows have no index, first in line 3: 'abc' is no number");
  }

  @Test
  void keepsSemicolonsLineEndsAndQuotedLineBreaks() {
    assertThat(run("\uFEFFPM25;note\r\n39;\"a;\n\"\"b\"\"\"\r\n", "-").out())
        .isEqualTo(
            "\uFEFFPM25;note;index;band;colour\r\n"
                + "39;\"a;\n\"\"b\"\"\";4;Moderate;#FFFF00\r\n");
  }

  @Test
  void refusesCsvWithoutAUsableColumn() {
    Run empty = run("", "-");
    assertThat(empty.exit()).isEqualTo(1);
    assertThat(empty.err()).isEqualTo("the CSV is empty; its first row must name the columns");
    Run unnamed = run("a,value\n1,2\n", "--standard", "us-epa", "-");
    assertThat(unnamed.exit()).isEqualTo(1);
    assertThat(unnamed.err())
        .isEqualTo(
            "the CSV's first row names no column pm25, pm10, nor --pollutant what its column value"
                + " holds");
    assertThat(run("a\n1\n", "--pollutant", "pm25", "-").err())
        .isEqualTo("the CSV's first row names no column pm25 or value");
  }

  @Test
  void refusesAQuoteThatIsNeverClosed() {
    Run run = run("pm25\n\"" + "9\n".repeat(1 << 20), "-");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).isEqualTo("the row from line 2 on is too long; is a quote not closed?");
  }
}
