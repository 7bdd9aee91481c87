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

  @SuppressWarnings("ArrayRecordComponent") // Sent as it is, never compared.
  private record Description(String etag, byte[] plain, byte[] gzipped) {
    static Description of(byte[] plain) {
      CRC32 crc = new CRC32();
      crc.update(plain);
      return new Description(
          "W/\"%s\"".formatted(Long.toHexString(crc.getValue())), plain, Exchange.gzip(plain));
    }
  }
}
