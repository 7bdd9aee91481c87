package org.airlens.store;

import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * Which store to open, and how.
 *
 * @param uri {@code embedded:}, {@code embedded:DIR}, {@code postgresql://…}
 * @param dataDir the data directory, where {@code embedded:} keeps its files
 * @param durability what acknowledged readings survive
 * @param sqlPort port of the read-only PostgreSQL wire, where the store can offer one
 */
public record StoreSettings(String uri, Path dataDir, Durability durability, OptionalInt sqlPort) {

  /** The scheme of the URI, empty when it has none. */
  public String scheme() {
    int colon = uri.indexOf(':');
    return colon < 0 ? "" : uri.substring(0, colon);
  }
}
