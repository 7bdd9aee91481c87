package org.airlens.app;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.airlens.app.config.Setting;
import org.airlens.app.config.Settings;
import org.airlens.app.node.Logs;
import org.airlens.app.node.NodeException;
import org.airlens.app.node.StoreOpening;
import org.airlens.model.Identifiers;
import org.airlens.model.Measures;
import org.airlens.model.Reading;
import org.airlens.server.ConditionText;
import org.airlens.server.Times;
import org.airlens.server.format.ReadingFormat;
import org.airlens.server.format.ReadingOutput;
import org.airlens.store.Condition;
import org.airlens.store.ReadingFilter;
import org.airlens.store.ReadingQuery;
import org.airlens.store.ReadingSort;
import org.airlens.store.Store;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;

/** {@code airlens export}. */
@Command(
    name = "export",
    description = {
      "Writes readings, oldest first: everything in the store unless narrowed.",
      "A file appears whole or not at all. While airlens up runs on an embedded store, take"
          + " /api/v1/readings?format=csv from it instead."
    })
final class ExportCommand implements Callable<Integer> {

  private static final String STDOUT = "-";
  private static final String UNUSABLE = "can't be used: ";
  private static final long LARGEST_GEOJSON = 1_000_000;

  private final Shell shell;

  @Spec private CommandSpec spec;

  @Option(names = "--measure", paramLabel = "NAME", description = "Only readings that have it")
  private @Nullable String measure;

  @Option(
      names = "--location",
      paramLabel = "ID",
      split = ",",
      description = "Only these locations' ids, separated by commas")
  private List<String> locations = List.of();

  @Option(
      names = "--sensor",
      paramLabel = "ID",
      split = ",",
      description = "Only these sensors' ids, separated by commas")
  private List<String> sensors = List.of();

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
      description = "Only these countries, as in GB,DE")
  private List<String> countries = List.of();

  @Option(names = "--bbox", paramLabel = "W,S,E,N", description = "Only inside, in degrees")
  private @Nullable String bbox;

  @Option(
      names = "--circle",
      paramLabel = "LON,LAT,METRES",
      description = "Only within this distance of the point")
  private @Nullable String circle;

  @Option(
      names = "--polygon",
      paramLabel = "FILE|GEOJSON",
      description = "Only inside a GeoJSON Polygon, MultiPolygon or a Feature that has one")
  private @Nullable String polygon;

  @Option(
      names = "--range",
      paramLabel = "QUANTITY:MIN..MAX",
      split = ",",
      description =
          "Only where a measure, altitude, latitude or longitude lies there, as in P2:10..50")
  private List<String> ranges = List.of();

  @Option(
      names = "--quality",
      paramLabel = "QUALITY",
      defaultValue = "any",
      description = "any (unless given) or plausible: only what a working sensor can have sent")
  private String quality;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "At or after: 2026-11-23T10:00:00Z, 2026-11-23 or -24h")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Before, written as --from")
  private @Nullable String to;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "csv",
      description = "csv (unless given), json, parquet or geojson")
  private String format;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      defaultValue = STDOUT,
      description = "Where to; - (unless given) is standard output")
  private String out;

  ExportCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    ReadingFormat kind =
        ReadingFormat.find(format)
            .orElseThrow(
                () -> flags().wrong("--format", format, "is none of csv, json, parquet, geojson"));
    ReadingQuery query =
        new ReadingQuery(
            filter(Instant.now()),
            ReadingSort.OLDEST_FIRST,
            Optional.empty(),
            OptionalLong.empty());
    Settings settings = shell.settings(spec);
    Logs.begin(settings);
    checkThatThereIsAStore(settings);
    try (Store store = StoreOpening.openForReading(settings, OptionalInt.empty())) {
      if (out.equals(STDOUT)) {
        toStandardOutput(store, query, kind);
      } else {
        toFile(store, query, kind, Path.of(out));
      }
    }
    return 0;
  }

  /** Reading from nothing makes no store. */
  private static void checkThatThereIsAStore(Settings settings) {
    String uri = settings.text(Setting.STORE);
    Path folder =
        uri.equals("embedded:")
            ? settings.path(Setting.DATA_DIR)
            : uri.startsWith("embedded:") ? Path.of(uri.substring("embedded:".length())) : null;
    if (folder != null && !Files.exists(folder)) {
      throw new NodeException(
          "there is no store in %s; name its folder with --data-dir or --store".formatted(folder));
    }
  }

  private void toStandardOutput(Store store, ReadingQuery query, ReadingFormat kind) {
    Pipe pipe = new Pipe(shell.out());
    try {
      write(store, query, kind, new BufferedOutputStream(pipe, 1 << 16));
    } catch (UncheckedIOException | JacksonException e) {
      if (!pipe.broken) { // Nobody reads on, as behind | head: that is no failure.
        throw new NodeException("can't write to standard output: " + e.getMessage());
      }
    }
  }

  private void toFile(Store store, ReadingQuery query, ReadingFormat kind, Path file) {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16)) {
        long written = write(store, query, kind, stream);
        spec.commandLine().getErr().printf("%,d readings to %s%n", written, file);
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | UncheckedIOException | JacksonException e) {
      throw new NodeException("can't write %s: %s".formatted(file, reason(e)));
    } finally {
      delete(part);
    }
  }

  private static long write(
      Store store, ReadingQuery query, ReadingFormat kind, OutputStream stream) {
    long written = 0;
    try (Stream<Reading> readings = store.readings().find(query);
        ReadingOutput document = kind.begin(stream, store.readings().measures(), query)) {
      for (Iterator<Reading> each = readings.iterator(); each.hasNext(); written++) {
        document.write(each.next());
      }
      document.finish();
    }
    try {
      stream.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return written;
  }

  private ReadingFilter filter(Instant now) {
    ReadingFilter filter =
        ReadingFilter.all()
            .withLocationIds(ids("--location", locations))
            .withSensorIds(ids("--sensor", sensors))
            .withSensorTypes(Set.copyOf(sensorTypes))
            .withCountries(flags().countries("--country", countries));
    if (measure != null) {
      if (!measure.equals(Measures.AQI) && !Measures.isAcceptableName(measure)) {
        throw flags().wrong("--measure", measure, "can't be a measure's name");
      }
      filter = filter.withMeasure(measure);
    }
    if (bbox != null) {
      filter = filter.withBbox(flags().box("--bbox", bbox));
    }
    for (Condition condition : conditions()) {
      filter = filter.with(condition);
    }
    Optional<Instant> start = instant("--from", from, now);
    Optional<Instant> end = instant("--to", to, now);
    if (start.isPresent() && end.isPresent() && !start.get().isBefore(end.get())) {
      throw flags().wrong("--from", String.valueOf(from), "lies not before --to");
    }
    return start.isEmpty() && end.isEmpty()
        ? filter
        : filter.between(start.orElse(Instant.EPOCH), end.orElse(Times.LATEST));
  }

  private List<Condition> conditions() {
    FlagValues flags = flags();
    List<Condition> conditions = new ArrayList<>();
    if (circle != null) {
      conditions.add(flags.read("--circle", circle, ConditionText::circle, UNUSABLE));
    }
    if (polygon != null) {
      conditions.add(
          flags.read("--polygon", polygon, text -> ConditionText.polygon(geoJson(text)), UNUSABLE));
    }
    for (String range : ranges) {
      conditions.add(flags.read("--range", range, ConditionText::range, UNUSABLE));
    }
    switch (quality) {
      case "any" -> {}
      case "plausible" -> conditions.add(new Condition.Plausible());
      default -> throw flags().wrong("--quality", quality, "is neither any nor plausible");
    }
    return conditions;
  }

  /** The document that stands there or in the file of that name. */
  private static String geoJson(String text) {
    if (text.stripLeading().startsWith("{")) {
      return text;
    }
    try {
      Path file = Path.of(text);
      if (Files.size(file) > LARGEST_GEOJSON) {
        throw new IllegalArgumentException("the file is larger than 1 MB; simplify the outline");
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalArgumentException("the file can't be read: " + reason(e), e);
    }
  }

  private Set<Long> ids(String name, List<String> texts) {
    return texts.stream().map(text -> id(name, text)).collect(Collectors.toSet());
  }

  private long id(String name, String text) {
    try {
      long id = Long.parseLong(text);
      if (Identifiers.isValid(id)) {
        return id;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw flags().wrong(name, text, "is no id");
  }

  private Optional<Instant> instant(String name, @Nullable String text, Instant now) {
    if (text == null) {
      return Optional.empty();
    }
    Optional<Instant> instant = Times.instant(text, now);
    if (instant.isEmpty()) {
      throw flags().wrong(name, text, "is no time; write 2026-11-23T10:00:00Z, 2026-11-23 or -24h");
    }
    return instant;
  }

  private FlagValues flags() {
    return new FlagValues(spec);
  }

  private static String reason(Exception e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return switch (cause) {
      case FileSystemException file when file.getReason() != null -> file.getReason();
      case FileSystemException file -> file.getClass().getSimpleName().replace("Exception", "");
      default -> String.valueOf(cause.getMessage());
    };
  }

  private static void delete(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      // It could not be written either, which is told.
    }
  }

  /** Notices that nobody reads any more. */
  private static final class Pipe extends FilterOutputStream {

    private boolean broken;

    Pipe(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        broken = String.valueOf(e.getMessage()).contains("Broken pipe");
        throw e;
      }
    }
  }
}
