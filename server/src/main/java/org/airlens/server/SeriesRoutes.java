package org.airlens.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.airlens.model.Identifiers;
import org.airlens.model.Measure;
import org.airlens.model.Measures;
import org.airlens.server.format.Json;
import org.airlens.server.format.ReadingFormat;
import org.airlens.store.Aggregate;
import org.airlens.store.Distribution;
import org.airlens.store.ReadingFilter;
import org.airlens.store.SensorSeries;
import org.airlens.store.SeriesPage;
import org.airlens.store.SeriesQuery;
import tools.jackson.core.JsonGenerator;

/** {@code GET /api/v1/series} and {@code /api/v1/stats}: readings over time, aggregated. */
final class SeriesRoutes {

  private static final int AUTO_POINTS = 500;
  private static final int MAX_POINTS = 200_000;
  private static final int MAX_POINTS_OF_A_SERIES = 50_000;
  private static final int MOST_BINS = 200;
  private static final Duration LONGEST_RAW = Duration.ofDays(7);

  /** Widths that people find on a clock and a calendar. */
  private static final long[] AUTO_SECONDS = {
    1, 2, 3, 5, 10, 15, 20, 30, 60, 120, 180, 300, 600, 900, 1_200, 1_800, 3_600, 7_200, 10_800,
    14_400, 21_600, 43_200, 86_400, 172_800, 345_600, 604_800, 1_209_600, 2_592_000
  };

  private final Services services;

  SeriesRoutes(Services services) {
    this.services = services;
  }

  Route series() {
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(Parameter.REQUIRED_MEASURE);
    parameters.addAll(Parameter.FILTERS);
    parameters.add(Parameter.FROM);
    parameters.add(Parameter.TO);
    parameters.add(
        Parameter.query(
            "interval",
            "string",
            "Width of the buckets: 5m, 1h; auto fits about 500 points; raw gives the readings"));
    parameters.add(
        Parameter.choice(
            "agg",
            "How a bucket becomes a value",
            "mean",
            "min",
            "max",
            "sum",
            "count",
            "first",
            "last",
            "p95"));
    parameters.add(Parameter.CURSOR);
    parameters.add(
        Parameter.choice(
            "format", "json unless given; csv has a line a point and streams all", "json", "csv"));
    return new Route(
        "GET",
        "/api/v1/series",
        "Time series of a measure, one a sensor",
        List.copyOf(parameters),
        List.of(
            Route.Answer.of(
                200,
                "Series, a page of them as json, all as csv",
                Route.Content.json("Series"),
                Route.Content.text(ReadingFormat.CSV.contentType()))),
        this::answerSeries);
  }

  Route stats() {
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(Parameter.REQUIRED_MEASURE);
    parameters.addAll(Parameter.FILTERS);
    parameters.add(Parameter.FROM);
    parameters.add(Parameter.TO);
    parameters.add(
        Parameter.query(
            "bins",
            "integer",
            "A histogram, too, of so many bins at most, 2 to 200, with round edges"));
    return Route.get(
        "/api/v1/stats",
        "Statistics of a measure's values",
        List.copyOf(parameters),
        Route.Content.json("Stats"),
        this::answerStats);
  }

  private void answerSeries(Exchange exchange) {
    Query query = exchange.query();
    ReadingFilter conditions = Filters.conditions(query);
    Filters.Window window = Filters.window(query, services.newest(), services.clock().instant());
    Optional<Duration> interval = interval(query, window);
    Aggregate aggregate =
        Aggregate.valueOf(query.text("agg").orElse("mean").toUpperCase(Locale.ROOT));
    if (interval.isEmpty() && query.has("agg")) {
      throw Query.wrong("agg", "with interval=raw nothing is aggregated; leave one of them out");
    }
    SeriesQuery asked =
        new SeriesQuery(
            conditions.between(window.from(), window.to()),
            interval,
            aggregate,
            after(query),
            MAX_POINTS);
    if (query.text("format").filter("csv"::equals).isPresent()) {
      if (query.has("cursor")) {
        throw Query.wrong("cursor", "csv streams everything and has no pages");
      }
      SeriesCsv.stream(exchange, services, asked);
      return;
    }
    SeriesPage page = services.queries().query(() -> services.store().series().series(asked));
    exchange.stream(
        Exchange.JSON,
        true,
        out -> {
          try (JsonGenerator json = Json.generator(out)) {
            write(json, query, interval, page);
          }
        });
  }

  private static void write(
      JsonGenerator json, Query query, Optional<Duration> interval, SeriesPage page) {
    json.writeStartObject();
    String measure = query.text("measure").orElseThrow();
    json.writeStringProperty("measure", measure);
    unit(json, measure);
    json.writeStringProperty("interval", interval.isPresent() ? Times.text(interval.get()) : "raw");
    json.writeArrayPropertyStart("series");
    for (SensorSeries series : page.series()) {
      json.writeStartObject();
      json.writeNumberProperty("sensor_id", series.sensorId());
      json.writeNumberProperty("location_id", series.locationId());
      json.writeArrayPropertyStart("points");
      for (int i = 0; i < series.values().length; i++) {
        json.writeStartArray();
        json.writeNumber(series.epochSeconds()[i] * 1_000);
        json.writeNumber(series.values()[i]);
        json.writeEndArray();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    if (page.nextAfterSensor().isPresent()) {
      json.writeStringProperty("next_cursor", Long.toString(page.nextAfterSensor().getAsLong()));
    } else {
      json.writeNullProperty("next_cursor");
    }
    json.writeEndObject();
  }

  private void answerStats(Exchange exchange) {
    Query query = exchange.query();
    ReadingFilter conditions = Filters.conditions(query);
    Filters.Window window = Filters.window(query, services.newest(), services.clock().instant());
    Distribution distribution =
        services
            .queries()
            .query(() ->
                services
                    .store()
                    .series()
                    .distribution(conditions.between(window.from(), window.to())));
    String measure = query.text("measure").orElseThrow();
    OptionalLong bins = query.whole("bins", 2, MOST_BINS);
    exchange.json(
        200,
        json -> {
          json.writeStartObject();
          json.writeStringProperty("measure", measure);
          unit(json, measure);
          json.writeStringProperty("from", window.from().toString());
          json.writeStringProperty("to", window.to().toString());
          write(json, distribution);
          if (measure.equals(Measures.AQI)) {
            bands(json, distribution);
          } else {
            json.writeNullProperty("bands");
          }
          if (bins.isPresent()) {
            histogram(json, Histogram.of(distribution, (int) bins.getAsLong()));
          }
          json.writeEndObject();
        });
  }

  private static void write(JsonGenerator json, Distribution values) {
    json.writeNumberProperty("count", values.count());
    json.writeNumberProperty("sensors", values.sensors());
    json.writeName("min");
    orNull(json, values.min().orElse(Double.NaN));
    json.writeName("mean");
    orNull(json, values.mean().orElse(Double.NaN));
    json.writeName("max");
    orNull(json, values.max().orElse(Double.NaN));
    json.writeName("p50");
    orNull(json, values.quantile(0.5).orElse(Double.NaN));
    json.writeName("p95");
    orNull(json, values.quantile(0.95).orElse(Double.NaN));
  }

  private static void bands(JsonGenerator json, Distribution values) {
    long[] counts = new long[11];
    for (int i = 0; i < values.values().length; i++) {
      int index = (int) values.values()[i];
      if (index >= 1 && index <= 10) {
        counts[index] += values.counts()[i];
      }
    }
    json.writeObjectPropertyStart("bands");
    for (int index = 1; index <= 10; index++) {
      json.writeNumberProperty(Integer.toString(index), counts[index]);
    }
    json.writeEndObject();
  }

  private static void histogram(JsonGenerator json, List<Histogram.Bin> bins) {
    json.writeArrayPropertyStart("histogram");
    for (Histogram.Bin bin : bins) {
      json.writeStartArray();
      json.writeNumber(bin.from());
      json.writeNumber(bin.to());
      json.writeNumber(bin.count());
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private static void orNull(JsonGenerator json, double value) {
    if (Double.isNaN(value)) {
      json.writeNull();
    } else {
      json.writeNumber(value);
    }
  }

  private static void unit(JsonGenerator json, String measure) {
    Optional<Measure> known = Measures.find(measure);
    if (known.isPresent()) {
      json.writeStringProperty("unit", known.get().unit());
    } else {
      json.writeNullProperty("unit");
    }
  }

  private static OptionalLong after(Query query) {
    return query.whole("cursor", 1, Identifiers.MAX_ID);
  }

  private static Optional<Duration> interval(Query query, Filters.Window window) {
    String text = query.text("interval").orElse("auto");
    if (text.equals("raw")) {
      if (window.length().compareTo(LONGEST_RAW) > 0) {
        throw Query.wrong("interval", "raw reaches over at most 7 days; narrow from and to");
      }
      return Optional.empty();
    }
    if (text.equals("auto")) {
      return Optional.of(auto(window));
    }
    Optional<Duration> interval = Times.duration(text);
    if (interval.isEmpty()
        || interval.get().toSeconds() < 1
        || interval.get().toMillis() % 1_000 != 0) {
      throw Query.wrong(
          "interval",
          "'%s' is no interval; write 30s, 5m, 1h, 1d, auto or raw".formatted(Query.shown(text)));
    }
    if (window.length().dividedBy(interval.get()) > MAX_POINTS_OF_A_SERIES) {
      throw Query.wrong(
          "interval",
          "it makes more than %,d points of a series; widen it, or narrow from and to"
              .formatted(MAX_POINTS_OF_A_SERIES));
    }
    return interval;
  }

  /** The width whose number of points comes nearest to the wanted one. */
  private static Duration auto(Filters.Window window) {
    double wanted = (double) window.length().toSeconds() / AUTO_POINTS;
    long nearest = AUTO_SECONDS[0];
    for (long seconds : AUTO_SECONDS) {
      if (Math.max(seconds / wanted, wanted / seconds)
          < Math.max(nearest / wanted, wanted / nearest)) {
        nearest = seconds;
      }
    }
    return Duration.ofSeconds(nearest);
  }
}
