package org.airlens.app;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.airlens.aqi.AqiStandard;
import org.airlens.aqi.AqiStandards;
import org.airlens.model.BoundingBox;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Reads values that flags of several commands have; a wrong one is wrong usage of the command. */
record FlagValues(CommandSpec spec) {

  /** Countries' codes, in capitals. */
  Set<String> countries(String flag, List<String> codes) {
    return codes.stream().map(code -> country(flag, code)).collect(Collectors.toSet());
  }

  /** The corners of {@code W,S,E,N}. */
  BoundingBox box(String flag, String text) {
    return read(flag, text, BoundingBox::parse, "is no box: ");
  }

  /** The index standard with this id. */
  AqiStandard standard(String id) {
    return AqiStandards.find(id)
        .orElseThrow(() ->
            new ParameterException(
                spec.commandLine(),
                "unknown standard '%s'; there are %s"
                    .formatted(
                        id,
                        AqiStandards.all().stream()
                            .map(AqiStandard::id)
                            .collect(Collectors.joining(", ")))));
  }

  /**
   * What a reader makes of a value.
   *
   * @param reader throws an {@link IllegalArgumentException} that says what is wrong
   * @param complaint what to say before that
   */
  <T> T read(String flag, String text, Function<String, T> reader, String complaint) {
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException e) {
      throw wrong(flag, text, complaint + e.getMessage());
    }
  }

  /** The exception to throw for a value. */
  ParameterException wrong(String flag, String value, String complaint) {
    return new ParameterException(
        spec.commandLine(), "%s: '%s' %s".formatted(flag, value, complaint));
  }

  private String country(String flag, String code) {
    if (!code.matches("[A-Za-z]{2}")) {
      throw wrong(flag, code, "is no country's code, as in GB");
    }
    return code.toUpperCase(Locale.ROOT);
  }
}
