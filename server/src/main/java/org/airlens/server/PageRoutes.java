package org.airlens.server;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * {@code GET /}: the dashboard. A node without it has a plain page with its status and the latest
 * readings, and that page's style sheet.
 */
final class PageRoutes {

  private static final String HTML = "text/html; charset=utf-8";
  private static final String CSS = "text/css; charset=utf-8";

  private final StaticRoutes files;
  private final Page page;
  private final byte[] style;
  private final String stylePath;

  PageRoutes(Services services, Readiness readiness, StaticRoutes files) {
    this.files = files;
    style = Resources.bytes("web/page.css");
    CRC32 crc = new CRC32();
    crc.update(style);
    stylePath = "/assets/page-" + Long.toHexString(crc.getValue()) + ".css";
    page = new Page(services, readiness, stylePath);
  }

  List<Route> routes() {
    Optional<Route.Handler> dashboard = files.index();
    if (dashboard.isPresent()) {
      return List.of(
          Route.get(
              "/",
              "The dashboard; its address holds the view, so any parameter is taken",
              List.of(Parameter.ANYTHING),
              Route.Content.text(HTML),
              dashboard.get()));
    }
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
            "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none';"
                + " form-action 'none'; frame-ancestors 'none'");
    exchange.response().header("Cache-Control", "no-cache");
    exchange.bytes(200, HTML, page.html().getBytes(StandardCharsets.UTF_8));
  }
}
