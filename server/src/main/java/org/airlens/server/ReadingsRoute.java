package org.airlens.server;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.airlens.model.Measures;
import org.airlens.model.Reading;
import org.airlens.server.format.GeoJsonReadings;
import org.airlens.server.format.JsonReadings;
import org.airlens.server.format.ReadingFormat;
import org.airlens.server.format.ReadingOutput;
import org.airlens.store.PageKey;
import org.airlens.store.ReadingFilter;
import org.airlens.store.ReadingQuery;
import org.airlens.store.ReadingSort;

/** {@code GET /api/v1/readings}: the IoT table. */
final class ReadingsRoute {

  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 10_000;

  /**
   * After so many rows, other requests get their turn: as many threads as there are processors run
   * all of them, and a group of a Parquet file's rows is a second's work before anything is sent.
   */
  private static final int ROWS_A_TURN = 1_000;

  private final Services services;

  ReadingsRoute(Services services) {
    this.services = services;
  }

  Route route() {
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(Parameter.MEASURE);
    parameters.addAll(Parameter.FILTERS);
    parameters.add(Parameter.FROM);
    parameters.add(Parameter.TO);
    parameters.add(
        Parameter.query(
            "sort",
            "string",
            "timestamp, sensor_id, location_id, sensor_type_id, latitude, longitude, altitude or a"
                + " measure; - in front for descending; -timestamp unless given"));
    parameters.add(
        Parameter.query(
            "limit",
            "integer",
            "At most so many: 100 unless given, 10000 at most; csv and parquet stream all unless"
                + " given"));
    parameters.add(Parameter.CURSOR);
    parameters.add(
        Parameter.choice("format", "json unless given", "json", "csv", "parquet", "geojson"));
    parameters.add(
        Parameter.choice(
            "all",
            "true: the whole document, streamed, where there would be a page of it: json, geojson",
            "true",
            "false"));
    return new Route(
        "GET",
        "/api/v1/readings",
        "Readings as a table",
        List.copyOf(parameters),
        List.of(
            Route.Answer.of(
                200,
                "A page of readings; with csv and parquet all of them",
                Route.Content.json("Readings"),
                Route.Content.text(ReadingFormat.CSV.contentType()),
                new Route.Content(ReadingFormat.PARQUET.contentType(), "Parquet"),
                new Route.Content(ReadingFormat.GEOJSON.contentType(), "FeatureCollection"))),
        this::answer);
  }

  private void answer(Exchange exchange) {
    Query query = exchange.query();
    ReadingFormat format = ReadingFormat.find(query.text("format").orElse("json")).orElseThrow();
    ReadingFilter conditions = Filters.conditions(query);
    ReadingSort sort = sort(query);
    boolean isWhole = query.text("all").filter("true"::equals).isPresent();
    if (format.isFile() || isWhole) {
      if (query.has("cursor")) {
        throw Query.wrong(
            "cursor", (isWhole ? "all=true" : format.label()) + " streams everything, in no pages");
      }
      Filters.Window window = Filters.window(query, services.newest(), services.clock().instant());
      OptionalLong limit = query.whole("limit", 1, Long.MAX_VALUE);
      ReadingQuery all =
          new ReadingQuery(
              conditions.between(window.from(), window.to()), sort, Optional.empty(), limit);
      download(exchange, format, all);
      return;
    }
    page(exchange, format, conditions, sort);
  }

  private void page(
      Exchange exchange, ReadingFormat format, ReadingFilter conditions, ReadingSort sort) {
    Query query = exchange.query();
    int limit = (int) query.whole("limit", 1, MAX_LIMIT).orElse(DEFAULT_LIMIT);
    long question = ReadingCursor.question(sort, query);
    Optional<ReadingCursor> cursor = query.text("cursor").map(ReadingCursor::parse);
    if (cursor.isPresent() && cursor.get().question() != question) {
      throw Query.wrong("cursor", "it belongs to other filters or another sort");
    }
    if (cursor.isPresent() && (query.has("from") || query.has("to"))) {
      Filters.Window asked = Filters.window(query, services.newest(), services.clock().instant());
      boolean fits =
          (!query.has("from") || isNear(asked.from(), cursor.get().window().from(), query, "from"))
              && (!query.has("to") || isNear(asked.to(), cursor.get().window().to(), query, "to"));
      if (!fits) {
        throw Query.wrong("cursor", "it belongs to another time window");
      }
    }
    Filters.Window window =
        cursor.isPresent()
            ? cursor.get().window()
            : Filters.window(query, services.newest(), services.clock().instant());
    ReadingQuery asked =
        new ReadingQuery(
            conditions.between(window.from(), window.to()),
            sort,
            cursor.map(ReadingCursor::after),
            OptionalLong.of(limit + 1L));
    List<Reading> found =
        services
            .queries()
            .query(() -> {
              try (Stream<Reading> readings = services.store().readings().find(asked)) {
                return readings.toList();
              }
            });
    Optional<String> next =
        found.size() > limit
            ? Optional.of(
                new ReadingCursor(PageKey.of(found.get(limit - 1), sort), window, question).text())
            : Optional.empty();
    List<Reading> shown = found.subList(0, Math.min(limit, found.size()));
    exchange.bytes(200, format.contentType(), document(format, asked, shown, next));
  }

  private static boolean isNear(Instant asked, Instant given, Query query, String name) {
    // Relative times move while someone pages; fixed ones must be the same.
    boolean relative = query.text(name).orElseThrow().matches("-.*|now");
    return relative || asked.equals(given);
  }

  private static byte[] document(
      ReadingFormat format, ReadingQuery asked, List<Reading> readings, Optional<String> next) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 14);
    try (ReadingOutput document = format.begin(out, List.of(), asked)) {
      readings.forEach(document::write);
      switch (document) {
        case JsonReadings json -> json.nextCursor(next);
        case GeoJsonReadings geoJson -> geoJson.nextCursor(next);
        default -> throw new IllegalStateException("no pages in " + format);
      }
      document.finish();
    }
    return out.toByteArray();
  }

  private void download(Exchange exchange, ReadingFormat format, ReadingQuery asked) {
    services.downloads().through(() -> stream(exchange, format, asked));
  }

  private void stream(Exchange exchange, ReadingFormat format, ReadingQuery asked) {
    List<String> measures = services.store().readings().measures();
    try (Stream<Reading> readings = services.store().readings().find(asked)) {
      Iterator<Reading> each = readings.iterator();
      boolean any = each.hasNext(); // What fails at once fails before the answer has begun.
      exchange
          .response()
          .header(
              "Content-Disposition",
              "attachment; filename=\"airlens-readings." + format.label() + "\"");
      exchange.stream(
          format.contentType(),
          format != ReadingFormat.PARQUET, // Which is compressed already.
          out -> {
            try (ReadingOutput document = format.begin(out, measures, asked)) {
              for (long row = 0; any && each.hasNext(); row++) {
                document.write(each.next());
                if (row % ROWS_A_TURN == 0) {
                  StoreGate.stepAside();
                }
              }
              document.finish();
            }
          });
    }
  }

  private static ReadingSort sort(Query query) {
    Optional<String> text = query.text("sort");
    if (text.isEmpty()) {
      return ReadingSort.NEWEST_FIRST;
    }
    boolean descending = text.get().startsWith("-");
    String key = descending ? text.get().substring(1) : text.get();
    boolean known =
        key.equals(ReadingSort.TIMESTAMP)
            || ReadingSort.FIELDS.contains(key)
            || key.equals(Measures.AQI)
            || Measures.isAcceptableName(key);
    if (!known) {
      throw Query.wrong(
          "sort",
          "'%s' is no measure and none of timestamp, %s"
              .formatted(
                  Query.shown(key),
                  ReadingSort.FIELDS.stream().sorted().collect(Collectors.joining(", "))));
    }
    return new ReadingSort(key, descending);
  }
}
