package org.airlens.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.airlens.aqi.DailyLimit;
import org.airlens.aqi.Pollutant;
import org.airlens.model.Measures;
import org.airlens.server.format.Json;
import org.airlens.server.format.ReadingFormat;
import tools.jackson.core.JsonGenerator;

/**
 * {@code GET /api/v1/analyses}, and a route below it for each table of {@code airlens analyze}: no
 * name that a client sends becomes one of a file.
 */
final class AnalysisRoutes {

  private static final String PATH = "/api/v1/analyses";

  private final Services services;
  private final Path folder;

  AnalysisRoutes(Services services) {
    this.services = services;
    folder = services.settings().analyses();
  }

  List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    routes.add(
        Route.get(
            PATH,
            "The analyses whose tables are here, and the limits of a day's mean that they know",
            List.of(),
            Route.Content.json("Analyses"),
            this::list));
    Arrays.stream(AnalysisTable.values()).map(this::route).forEach(routes::add);
    return List.copyOf(routes);
  }

  private Route route(AnalysisTable table) {
    List<Parameter> parameters = new ArrayList<>(table.filters());
    parameters.add(
        Parameter.query(
            "top",
            "string",
            "A column of numbers: only the rows that lie farthest from zero in it, these first"));
    parameters.add(
        Parameter.query(
            "limit",
            "integer",
            "At most so many rows: all unless given; with top 100 unless given, %d at most"
                .formatted(AnalysisRows.MOST_TOP)));
    parameters.add(
        Parameter.choice("format", "csv unless given; parquet comes whole", "csv", "parquet"));
    return new Route(
            "GET",
            PATH + "/" + table.label(),
            table.summary(),
            List.copyOf(parameters),
            List.of(
                Route.Answer.of(
                    200,
                    "The table, streamed",
                    Route.Content.text(ReadingFormat.CSV.contentType()),
                    new Route.Content(ReadingFormat.PARQUET.contentType(), "Parquet"))),
            exchange -> answer(exchange, table))
        .or(Route.Answer.of(304, "What If-None-Match names is still so"));
  }

  private void list(Exchange exchange) {
    exchange.response().header("Cache-Control", "no-cache");
    exchange.json(
        200,
        json -> {
          json.writeStartObject();
          json.writeArrayPropertyStart("analyses");
          for (AnalysisTable table : AnalysisTable.values()) {
            AnalysisFile.find(table.csv(folder)).ifPresent(csv -> write(json, table, csv));
          }
          json.writeEndArray();
          json.writeArrayPropertyStart("daily_limits");
          for (DailyLimit limit : DailyLimit.values()) {
            write(json, limit);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private void write(JsonGenerator json, AnalysisTable table, AnalysisFile csv) {
    Optional<AnalysisFile> parquet = AnalysisFile.find(table.parquet(folder));
    json.writeStartObject();
    json.writeStringProperty("name", table.label());
    json.writeStringProperty("made_at", csv.madeAt().toString());
    json.writeNumberProperty("csv_bytes", csv.bytes());
    if (parquet.isPresent()) {
      json.writeNumberProperty("parquet_bytes", parquet.get().bytes());
    } else {
      json.writeNullProperty("parquet_bytes");
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, DailyLimit limit) {
    json.writeStartObject();
    json.writeStringProperty("name", limit.name().toLowerCase(Locale.ROOT));
    json.writeNumberProperty("allowed_days", limit.allowedDays());
    Json.number(json, Measures.P1, limit.of(Pollutant.PM10).orElse(Double.NaN));
    Json.number(json, Measures.P2, limit.of(Pollutant.PM25).orElse(Double.NaN));
    json.writeEndObject();
  }

  private void answer(Exchange exchange, AnalysisTable table) {
    Query query = exchange.query();
    boolean isParquet = query.text("format").filter("parquet"::equals).isPresent();
    Optional<AnalysisRows> rows = AnalysisRows.of(query, table);
    if (isParquet && rows.isPresent()) {
      throw Query.wrong("format", "parquet comes whole; only csv has filters, top and limit");
    }
    ReadingFormat format = isParquet ? ReadingFormat.PARQUET : ReadingFormat.CSV;
    AnalysisFile file =
        AnalysisFile.find(isParquet ? table.parquet(folder) : table.csv(folder))
            .orElseThrow(() ->
                ProblemException.notFound(
                    "there is no such table here; airlens analyze %s makes it"
                        .formatted(table.label())));
    exchange.response().header("Cache-Control", "no-cache");
    exchange.response().header("Last-Modified", file.lastModified());
    if (exchange.isKnown(file.etag())) {
      return;
    }
    exchange
        .response()
        .header(
            "Content-Disposition",
            "attachment; filename=\"airlens-%s.%s\"".formatted(table.label(), format.label()));
    services
        .downloads()
        .through(() ->
            file.read(in -> {
              if (rows.isPresent()) {
                rows.get().send(exchange, in);
              } else {
                exchange.stream(format.contentType(), !isParquet, in::transferTo);
              }
            }));
  }
}
