package org.airlens.store.lake;

import java.util.Optional;
import org.airlens.store.Store;
import org.airlens.store.StoreException;
import org.airlens.store.StoreProvider;
import org.airlens.store.StoreSettings;

/** Opens {@code lake:DIR} for those who only read. */
public final class LakeStoreProvider implements StoreProvider {

  @Override
  public String scheme() {
    return LakeAddress.SCHEME;
  }

  /** Refuses: who opens a store so means to write. */
  @Override
  public Store open(StoreSettings settings) {
    throw LakeStore.readOnly(LakeAddress.parse(settings.uri()).description());
  }

  @Override
  public Store openForReading(StoreSettings settings) {
    if (settings.sqlPort().isPresent()) {
      throw new StoreException(
          "a lake has no SQL port; DuckDB and Spark read its files, as docs/spark.md says");
    }
    return LakeStore.open(settings.uri(), Optional.of(settings.dataDir()));
  }
}
