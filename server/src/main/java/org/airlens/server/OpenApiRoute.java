package org.airlens.server;

import java.util.List;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** {@code GET /openapi.json}: what is served, told by the table that serves it. */
final class OpenApiRoute {

  private final String version;
  private final Supplier<List<Route>> table;
  private volatile @Nullable Description made;

  /**
   * The route.
   *
   * @param table all routes, this one among them; asked on the first request
   */
  OpenApiRoute(String version, Supplier<List<Route>> table) {
    this.version = version;
    this.table = table;
  }

  Route route() {
    return Route.get(
        "/openapi.json",
        "This description",
        List.of(),
        Route.Content.json("OpenApi"),
        this::answer);
  }

  private void answer(Exchange exchange) {
    Description description = made;
    if (description == null) {
      description = Description.of(OpenApi.describe(table.get(), version));
      made = description;
    }
    exchange.response().header("Cache-Control", "no-cache");
    exchange.cached(Exchange.JSON, description.etag(), description.plain(), description.gzipped());
  }

  private record Description(String etag, Segments plain, Segments gzipped) {
    static Description of(byte[] bytes) {
      CRC32 crc = new CRC32();
      crc.update(bytes);
      Segments plain = new Segments();
      plain.write(bytes, 0, bytes.length);
      plain.close();
      String etag = "W/\"%s\"".formatted(Long.toHexString(crc.getValue()));
      return new Description(etag, plain, Exchange.gzip(plain));
    }
  }
}
