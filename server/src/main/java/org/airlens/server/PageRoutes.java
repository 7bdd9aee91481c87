package org.airlens.server;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.zip.CRC32;
import org.airlens.aqi.AqiStandard;
import org.airlens.aqi.AqiStandards;
import org.airlens.aqi.Band;
import org.airlens.aqi.Pollutant;
import org.airlens.model.Reading;
import org.airlens.store.StoreException;
import org.airlens.store.StoreStatus;

/** {@code GET /}: a page with the node's status and the latest readings, and its style sheet. */
final class PageRoutes {

  private static final int ROWS = 200;
  private static final AqiStandard INDEX = AqiStandards.find("uk-daqi").orElseThrow();
  private static final String HTML = "text/html; charset=utf-8";
  private static final String CSS = "text/css; charset=utf-8";

  private final Services services;
  private final Readiness readiness;
  private final byte[] style;
  private final String stylePath;

  PageRoutes(Services services, Readiness readiness) {
    this.services = services;
    this.readiness = readiness;
    style = Resources.bytes("web/page.css");
    CRC32 crc = new CRC32();
    crc.update(style);
    stylePath = "/assets/page-" + Long.toHexString(crc.getValue()) + ".css";
  }

  List<Route> routes() {
    return List.of(
        Route.get(
            "/",
            "The page: status and latest readings",
            List.of(),
            Route.Content.text(HTML),
            this::answerPage),
        Route.get(
            stylePath,
            "The page's style sheet",
            List.of(),
            Route.Content.text(CSS),
            this::answerStyle));
  }

  private void answerStyle(Exchange exchange) {
    exchange.response().header("Cache-Control", "public, max-age=31536000, immutable");
    exchange.bytes(200, CSS, style);
  }

  private void answerPage(Exchange exchange) {
    exchange
        .response()
        .header(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none';"
                + " form-action 'none'; frame-ancestors 'none'");
    exchange.response().header("Cache-Control", "no-cache");
    exchange.bytes(200, HTML, page().getBytes(StandardCharsets.UTF_8));
  }

  private String page() {
    List<Reading> newest = new ArrayList<>(services.view().snapshot().all());
    newest.sort(Comparator.comparing(Reading::timestamp).reversed());
    StringBuilder rows = new StringBuilder();
    newest.stream().limit(ROWS).forEach(reading -> row(rows, reading));
    String template = Resources.text("web/page.html");
    return template
        .replace("${style}", stylePath)
        .replace("${status}", status())
        .replace("${facts}", facts(newest.size()))
        .replace("${shown}", Integer.toString(Math.min(ROWS, newest.size())))
        .replace("${sensors}", "%,d".formatted(newest.size()))
        .replace("${rows}", rows);
  }

  private String status() {
    List<String> reasons = readiness.reasons();
    if (reasons.isEmpty()) {
      return "<p class=\"status ready\">Ready</p>";
    }
    StringBuilder html = new StringBuilder("<ul class=\"status waiting\">");
    reasons.forEach(reason -> html.append("<li>").append(escaped(reason)).append("</li>"));
    return html.append("</ul>").toString();
  }

  private String facts(int sensors) {
    StringBuilder html = new StringBuilder();
    fact(html, "Sensors", "%,d".formatted(sensors));
    try {
      StoreStatus store = readiness.storeStatus();
      fact(html, "Readings kept", "%,d".formatted(store.readings()));
      fact(html, "On disk", "%,.1f MB".formatted(store.bytes() / 1e6));
    } catch (StoreException e) {
      fact(html, "Store", "can't answer");
    }
    fact(html, "Newest reading", services.newest().map(Instant::toString).orElse("none yet"));
    services
        .ingest()
        .map(supplier -> supplier.get())
        .ifPresent(ingest -> {
          for (IngestStatus.SourceStatus source : ingest.sources()) {
            fact(
                html,
                "Source " + source.name(),
                source.state() + source.problem().map(problem -> ": " + problem).orElse(""));
          }
        });
    fact(html, "Version", services.settings().version());
    return html.toString();
  }

  private static void fact(StringBuilder html, String name, String value) {
    html.append("<div><dt>")
        .append(escaped(name))
        .append("</dt><dd>")
        .append(escaped(value))
        .append("</dd></div>");
  }

  private static void row(StringBuilder html, Reading reading) {
    long id = reading.sensor().id();
    html.append("<tr><td>");
    if (reading.aqi().isPresent()) {
      int index = reading.aqi().getAsInt();
      html.append("<span class=\"aqi aqi-").append(index).append("\">").append(index);
      html.append("</span> ").append(escaped(label(index)));
    } else {
      html.append("<span class=\"none\">none</span>");
    }
    html.append("</td><td class=\"number\">").append(value(reading, "P2"));
    html.append("</td><td class=\"number\">").append(value(reading, "P1"));
    html.append("</td><td class=\"number\">").append(value(reading, "temperature"));
    html.append("</td><td class=\"number\">").append(value(reading, "humidity"));
    html.append("</td><td><a href=\"/api/v1/sensors/").append(id).append("\">").append(id);
    html.append("</a></td><td>").append(escaped(reading.sensor().type().name()));
    html.append("</td><td>").append(escaped(reading.location().country()));
    html.append("</td><td><time>").append(reading.timestamp()).append("</time></td></tr>\n");
  }

  private static String label(int index) {
    return INDEX.bands(Pollutant.PM25).stream()
        .filter(band -> index >= band.indexLower() && index <= band.indexUpper())
        .findFirst()
        .map(Band::label)
        .orElse("");
  }

  private static String value(Reading reading, String measure) {
    OptionalDouble value = reading.value(measure);
    return value.isPresent() ? "%.1f".formatted(value.getAsDouble()) : "";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
