package org.airlens.store.postgres;

import java.nio.file.Path;
import java.util.OptionalInt;
import org.airlens.store.Durability;
import org.airlens.store.Store;
import org.airlens.store.StoreSettings;
import org.airlens.store.Stores;
import org.airlens.store.contract.StorePlace;

/** A database of its own, removed in the end; opened as the product does, by URI. */
final class PostgresPlace implements StorePlace {

  private final String uri = RealPostgres.shared().newDatabase();

  @Override
  public Store open() {
    return Stores.open(settings(uri));
  }

  static StoreSettings settings(String uri) {
    return new StoreSettings(uri, Path.of("unused"), Durability.POWER, OptionalInt.empty());
  }

  @Override
  public void close() {
    RealPostgres.shared().execute("postgres", "DROP DATABASE " + RealPostgres.database(uri));
  }
}
