package org.airlens.store.embedded;

import java.nio.file.Path;
import org.airlens.store.Store;
import org.airlens.store.StoreProvider;
import org.airlens.store.StoreSettings;

/** Opens {@code embedded:}, in the data directory, and {@code embedded:DIR}. */
public final class EmbeddedStoreProvider implements StoreProvider {

  private static final String SCHEME = "embedded";

  @Override
  public String scheme() {
    return SCHEME;
  }

  @Override
  public Store open(StoreSettings settings) {
    String folder = settings.uri().substring(SCHEME.length() + 1);
    Path root = folder.isEmpty() ? settings.dataDir().resolve("store") : Path.of(folder);
    return EmbeddedStore.open(root.toAbsolutePath(), settings.durability(), settings.sqlPort());
  }
}
