package org.airlens.store.postgres;

import org.airlens.store.Store;
import org.airlens.store.StoreProvider;
import org.airlens.store.StoreSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens {@code postgresql://user:password@host:port/database}. */
public final class PostgresStoreProvider implements StoreProvider {

  @Override
  public String scheme() {
    return PostgresAddress.SCHEME;
  }

  private static final Logger LOG = LoggerFactory.getLogger(PostgresStoreProvider.class);

  @Override
  public Store open(StoreSettings settings) {
    tellAboutThePort(settings);
    return PostgresStore.open(settings.uri(), settings.durability());
  }

  @Override
  public Store openForReading(StoreSettings settings) {
    tellAboutThePort(settings);
    return PostgresStore.openForReading(settings.uri());
  }

  private static void tellAboutThePort(StoreSettings settings) {
    if (settings.sqlPort().isPresent()) {
      LOG.warn("SQL tools connect to the PostgreSQL server itself; --pg-port opens nothing here");
    }
  }
}
