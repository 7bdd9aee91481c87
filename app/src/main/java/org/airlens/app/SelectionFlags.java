package org.airlens.app;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.airlens.collect.archive.Days;
import org.airlens.pipeline.backfill.Selection;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The flags of commands that take a part of history. */
final class SelectionFlags {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--from",
      paramLabel = "DATE",
      description = "Only readings of this day (UTC) or later, as in 2018-03-24")
  private @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "DATE",
      description = "Only readings before this day: for all of March write 2018-04-01")
  private @Nullable String to;

  @Option(
      names = "--sensor-type",
      paramLabel = "NAME",
      split = ",",
      description = "Only these types, as in SDS011,BME280")
  private List<String> sensorTypes = List.of();

  @Option(
      names = "--country",
      paramLabel = "CODE",
      split = ",",
      description = {
        "Only readings from these countries, as in GB,DE.",
        "The archive itself does not tell countries: a backfill knows those of locations that the"
            + " store has from a live feed; without live readings take --bbox"
      })
  private List<String> countries = List.of();

  @Option(
      names = "--bbox",
      paramLabel = "W,S,E,N",
      description = "Only readings from inside this box, in degrees")
  private @Nullable String bbox;

  /** What the flags say. */
  Selection selection() {
    LocalDate first = date("--from", from).orElse(LocalDate.MIN);
    LocalDate end = date("--to", to).orElse(LocalDate.MAX);
    if (!first.isBefore(end)) {
      throw flags()
          .wrong(
              "--from",
              String.valueOf(from),
              "lies not before --to, which is the day after the last");
    }
    return new Selection(
        new Days(first, end),
        Set.copyOf(sensorTypes),
        flags().countries("--country", countries),
        Optional.ofNullable(bbox).map(text -> flags().box("--bbox", text)));
  }

  private Optional<LocalDate> date(String name, @Nullable String text) {
    try {
      return Optional.ofNullable(text).map(LocalDate::parse);
    } catch (DateTimeParseException e) {
      throw flags().wrong(name, String.valueOf(text), "is no date; write 2018-03-24");
    }
  }

  private FlagValues flags() {
    return new FlagValues(spec);
  }
}
