package org.airlens.store.postgres;

import org.airlens.store.Store;
import org.airlens.store.StoreProvider;
import org.airlens.store.StoreSettings;

/** Opens {@code postgresql://user:password@host:port/database}. */
public final class PostgresStoreProvider implements StoreProvider {

  @Override
  public String scheme() {
    return PostgresAddress.SCHEME;
  }

  @Override
  public Store open(StoreSettings settings) {
    return PostgresStore.open(settings.uri(), settings.durability());
  }

  @Override
  public Store openForReading(StoreSettings settings) {
    return PostgresStore.openForReading(settings.uri());
  }
}
