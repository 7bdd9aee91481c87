package org.airlens.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.airlens.aqi.AqiStandard;
import org.airlens.aqi.Assessment;
import org.airlens.aqi.Pollutant;
import org.airlens.server.format.CsvRows;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code airlens aqi}: an index from the shell, of one concentration or of each row of a CSV. */
@Command(
    name = "aqi",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the air-quality index of a concentration, its band and its colour.",
      "With - it reads CSV with a header row on stdin and writes the same rows with the columns"
          + " index, band and colour added. Columns named by pollutants (pm25, pm10, …) count, or"
          + " one named value with --pollutant; the index is that of the row's worst pollutant."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the index was printed; of CSV, also when some rows have none",
      "1:the concentration has no index, or the CSV can't be read",
      "2:wrong usage"
    })
final class AqiCommand implements Callable<Integer> {

  private enum Format {
    TEXT,
    JSON
  }

  private static final String STDIN = "-";
  private static final int DONE = 0;
  private static final int FAILED = 1;

  private final InputStream in;
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--standard",
      paramLabel = "ID",
      defaultValue = "uk-daqi",
      description = "uk-daqi (the default), us-epa, eu-eaqi, eu-eaqi-2024, who-2021 or in-naqi")
  private String standardId;

  @Option(names = "--pollutant", paramLabel = "ID", description = "pm25, pm10, o3, no2 or so2")
  private @Nullable String pollutantId;

  @Option(
      names = "--format",
      defaultValue = "text",
      description = "text (the default) or json, for one concentration")
  private Format format;

  @Parameters(
      paramLabel = "CONCENTRATION",
      description = "µg/m³, averaged as the standard asks; or - for CSV on stdin")
  private String concentration;

  AqiCommand() {
    this(System.in);
  }

  AqiCommand(InputStream in) {
    this.in = in;
  }

  /** Takes a negative number for what it is, and not for an option. */
  @Spec
  void setSpec(CommandSpec newSpec) {
    spec = newSpec;
    spec.parser().unmatchedOptionsArePositionalParams(true).caseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public Integer call() throws IOException {
    AqiStandard standard = new FlagValues(spec).standard(standardId);
    Optional<Pollutant> pollutant = pollutant(standard);
    if (concentration.equals(STDIN)) {
      return annotate(standard, pollutant);
    }
    return print(
        standard,
        pollutant.orElseThrow(() ->
            usage(
                "--pollutant is missing; "
                    + standard.id()
                    + " has "
                    + known(standard.pollutants().stream().map(Pollutant::id)))));
  }

  private Optional<Pollutant> pollutant(AqiStandard standard) {
    if (pollutantId == null) {
      return Optional.empty();
    }
    Optional<Pollutant> found = Pollutant.find(pollutantId).filter(standard.pollutants()::contains);
    if (found.isEmpty()) {
      throw usage(
          "unknown pollutant '"
              + pollutantId
              + "'; "
              + standard.id()
              + " has "
              + known(standard.pollutants().stream().map(Pollutant::id)));
    }
    return found;
  }

  private int print(AqiStandard standard, Pollutant pollutant) {
    double value =
        Concentrations.parse(concentration)
            .orElseThrow(() -> usage("'" + concentration + "' is no number"));
    Optional<Assessment> assessment = standard.assess(pollutant, value);
    PrintWriter out = spec.commandLine().getOut();
    if (format == Format.JSON) {
      out.println(
          assessment
              .map(found -> IndexText.json(standard, found))
              .orElseGet(() -> IndexText.noIndexJson(standard, pollutant, value)));
    } else if (assessment.isPresent()) {
      out.println(IndexText.line(standard, assessment.get()));
    } else {
      spec.commandLine().getErr().println("no index: " + Concentrations.whyNoIndex(value));
    }
    out.flush();
    return assessment.isPresent() ? DONE : FAILED;
  }

  private int annotate(AqiStandard standard, Optional<Pollutant> pollutant) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try {
      CsvAnnotator annotator = new CsvAnnotator(standard, pollutant);
      annotator.annotate(new InputStreamReader(in, StandardCharsets.UTF_8), out);
      annotator.warning().ifPresent(err::println);
      return DONE;
    } catch (CsvAnnotator.UnusableCsvException | CsvRows.EndlessRowException e) {
      err.println(e.getMessage());
      return FAILED;
    } finally {
      out.flush();
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private static String known(Stream<String> ids) {
    return ids.collect(Collectors.joining(", "));
  }
}
