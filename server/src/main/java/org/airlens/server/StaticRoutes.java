package org.airlens.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The dashboard's files, when its jar is on the class path. Its build lists them, with what their
 * contents hash to and the encodings they were compressed to: nothing outside that list is served.
 */
final class StaticRoutes {

  /**
   * Scripts and styles come from here alone, none from the page's own text. The map draws images
   * that it makes, and works in a worker; a worker keeps the policy that it was served with.
   */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
          + " connect-src 'self'; worker-src 'self' blob:; font-src 'self'; base-uri 'none';"
          + " form-action 'none'; frame-ancestors ";

  private static final String ROOT = "/org/airlens/web/";
  private static final String LIST = "files.txt";
  private static final String INDEX = "index.html";

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("geojson", "application/geo+json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("webp", "image/webp"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("pbf", "application/x-protobuf"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("webmanifest", "application/manifest+json"));

  /** By their path below the root. */
  private final Map<String, Asset> assets;

  private StaticRoutes(Map<String, Asset> assets) {
    this.assets = assets;
  }

  /** What the class path holds: nothing when this node has no dashboard. */
  static StaticRoutes ofInstallation() {
    Map<String, Asset> assets = new LinkedHashMap<>();
    read(LIST)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .ifPresent(text -> text.lines().map(Asset::parse).forEach(a -> assets.put(a.path(), a)));
    return new StaticRoutes(assets);
  }

  /** The dashboard itself, for {@code GET /}. */
  Optional<Route.Handler> index() {
    return Optional.ofNullable(assets.get(INDEX)).map(index -> exchange -> answer(exchange, index));
  }

  /** A route for each file. */
  List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (Asset asset : assets.values()) {
      if (!asset.path().equals(INDEX)) {
        routes.add(
            Route.get(
                "/" + asset.path(),
                "A file of the dashboard",
                List.of(),
                Route.Content.text(asset.type()),
                exchange -> answer(exchange, asset)));
      }
    }
    return routes;
  }

  private static void answer(Exchange exchange, Asset asset) {
    boolean embedded = exchange.request().query().contains("embed");
    exchange.response().header("Content-Security-Policy", POLICY + (embedded ? "*" : "'none'"));
    exchange
        .response()
        .header(
            "Cache-Control", asset.isHashed() ? "public, max-age=31536000, immutable" : "no-cache");
    Optional<String> coding = asset.codings().stream().filter(exchange::takes).findFirst();
    String file = asset.path() + coding.map(StaticRoutes::suffix).orElse("");
    exchange.encoded(
        asset.type(),
        "W/\"%s\"".formatted(asset.hash()),
        coding,
        () -> read(file).orElseThrow(() -> new IllegalStateException(file + " is missing")));
  }

  private static String suffix(String coding) {
    return coding.equals("gzip") ? ".gz" : "." + coding;
  }

  private static Optional<byte[]> read(String path) {
    try (InputStream in = StaticRoutes.class.getResourceAsStream(ROOT + path)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A file of the dashboard.
   *
   * @param path below the root
   * @param hash of its contents
   * @param codings what it is also there in, the smallest first
   */
  private record Asset(String path, String hash, List<String> codings) {

    /** Folders whose files carry a hash of their contents in their names. */
    private static final Set<String> HASHED = Set.of("assets");

    /** Reads a line of the list: path, hash and codings, with tabs between them. */
    static Asset parse(String line) {
      String[] parts = line.split("\t", -1);
      if (parts.length != 3) {
        throw new IllegalStateException("the dashboard's " + LIST + " has a broken line: " + line);
      }
      return new Asset(
          parts[0], parts[1], parts[2].isEmpty() ? List.of() : List.of(parts[2].split(",", -1)));
    }

    boolean isHashed() {
      int slash = path.indexOf('/');
      return slash > 0 && HASHED.contains(path.substring(0, slash));
    }

    String type() {
      String extension = path.substring(path.lastIndexOf('.') + 1);
      return TYPES.getOrDefault(extension, "application/octet-stream");
    }
  }
}
