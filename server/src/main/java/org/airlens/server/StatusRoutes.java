package org.airlens.server;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.airlens.store.StoreException;
import org.airlens.store.StoreStatus;
import tools.jackson.core.JsonGenerator;

/** {@code /api/v1/status}, {@code /livez}, {@code /readyz} and {@code /metrics}. */
final class StatusRoutes {

  private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

  private final Services services;
  private final Readiness readiness;
  private final ReadingRate rate;
  private final Instant startedAt;

  StatusRoutes(Services services, Readiness readiness, ReadingRate rate) {
    this.services = services;
    this.readiness = readiness;
    this.rate = rate;
    startedAt = services.clock().instant();
  }

  List<Route> routes() {
    return List.of(
        Route.get(
            "/api/v1/status",
            "How this node does: sources, last cycle, store, lag, version",
            List.of(),
            Route.Content.json("Status"),
            this::answerStatus),
        Route.get(
            "/livez",
            "Whether the process lives",
            List.of(),
            Route.Content.json("Liveness"),
            this::answerLive),
        Route.get(
                "/readyz",
                "Whether this node can do its work",
                List.of(),
                Route.Content.json("Readiness"),
                this::answerReady)
            .or(
                Route.Answer.of(
                    503, "It can't, and for these reasons", Route.Content.json("Readiness"))),
        Route.get(
            "/metrics",
            "Metrics in Prometheus's text format",
            List.of(),
            Route.Content.text(METRICS),
            this::answerMetrics));
  }

  private void answerLive(Exchange exchange) {
    exchange.json(
        200,
        json -> {
          json.writeStartObject();
          json.writeStringProperty("status", "live");
          json.writeEndObject();
        });
  }

  private void answerReady(Exchange exchange) {
    List<String> reasons = readiness.reasons();
    exchange.response().header("Cache-Control", "no-store");
    exchange.json(
        reasons.isEmpty() ? 200 : 503,
        json -> {
          json.writeStartObject();
          json.writeStringProperty("status", reasons.isEmpty() ? "ready" : "not ready");
          json.writeArrayPropertyStart("reasons");
          reasons.forEach(json::writeString);
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private void answerMetrics(Exchange exchange) {
    exchange.response().header("Cache-Control", "no-cache");
    exchange.bytes(200, METRICS, services.metrics().scrape().getBytes(StandardCharsets.UTF_8));
  }

  private void answerStatus(Exchange exchange) {
    Optional<IngestStatus> ingest = services.ingest().map(supplier -> supplier.get());
    Instant now = services.clock().instant();
    exchange.response().header("Cache-Control", "no-cache");
    exchange.json(
        200,
        json -> {
          json.writeStartObject();
          json.writeStringProperty("version", services.settings().version());
          json.writeStringProperty("started_at", startedAt.toString());
          json.writeArrayPropertyStart("sources");
          ingest.ifPresent(status -> status.sources().forEach(source -> source(json, source)));
          json.writeEndArray();
          json.writeName("last_cycle");
          Optional<IngestStatus.CycleStatus> cycle = ingest.flatMap(IngestStatus::lastCycle);
          if (cycle.isPresent()) {
            cycle(json, cycle.get());
          } else {
            json.writeNull();
          }
          json.writeNumberProperty("cycles", ingest.map(IngestStatus::cycles).orElse(0L));
          Optional<Instant> newest = store(json);
          json.writeNumberProperty("sensors", services.view().snapshot().size());
          json.writeNumberProperty("readings_per_minute", Math.round(rate.aMinute() * 10) / 10.0);
          json.writeName("lag_seconds");
          if (newest.isPresent()) {
            json.writeNumber(Duration.between(newest.get(), now).toSeconds());
          } else {
            json.writeNull();
          }
          json.writeEndObject();
        });
  }

  /** Writes how the store does, also when it does badly, and tells its newest instant. */
  private Optional<Instant> store(JsonGenerator json) {
    json.writeObjectPropertyStart("store");
    try {
      StoreStatus store = readiness.storeStatus();
      Optional<Instant> newest = services.newest();
      store(json, store, newest);
      return newest;
    } catch (StoreException e) {
      text(json, "problem", Optional.of(String.valueOf(e.getMessage())));
      return services.view().snapshot().newest();
    } finally {
      json.writeEndObject();
    }
  }

  private static void source(JsonGenerator json, IngestStatus.SourceStatus source) {
    json.writeStartObject();
    json.writeStringProperty("name", source.name());
    json.writeStringProperty("state", source.state());
    text(json, "last_success", source.lastSuccess().map(Instant::toString));
    text(json, "problem", source.problem());
    json.writeEndObject();
  }

  private static void cycle(JsonGenerator json, IngestStatus.CycleStatus cycle) {
    json.writeStartObject();
    json.writeStringProperty("time", cycle.startedAt().toString());
    json.writeNumberProperty("duration_ms", cycle.duration().toMillis());
    json.writeNumberProperty("bytes", cycle.bytes());
    json.writeNumberProperty("seen", cycle.seen());
    json.writeNumberProperty("new", cycle.stored());
    json.writeNumberProperty("duplicate", cycle.duplicate());
    json.writeObjectPropertyStart("rejected");
    cycle.rejected().forEach(json::writeNumberProperty);
    json.writeEndObject();
    text(json, "problem", cycle.problem());
    json.writeEndObject();
  }

  /** The newest instant is asked apart: a client takes its window from it, which can't wait. */
  private static void store(JsonGenerator json, StoreStatus store, Optional<Instant> newest) {
    json.writeStringProperty("kind", store.kind());
    json.writeStringProperty("description", store.description());
    json.writeNumberProperty("readings", store.readings());
    json.writeNumberProperty("bytes", store.bytes());
    text(json, "oldest", store.oldest().map(Instant::toString));
    text(json, "newest", newest.map(Instant::toString));
    text(json, "problem", store.problem());
  }

  private static void text(JsonGenerator json, String name, Optional<String> value) {
    if (value.isPresent()) {
      json.writeStringProperty(name, value.get());
    } else {
      json.writeNullProperty(name);
    }
  }
}
