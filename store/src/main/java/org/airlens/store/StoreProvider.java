package org.airlens.store;

/** Opens stores of one URI scheme; found through {@link java.util.ServiceLoader}. */
public interface StoreProvider {

  /** The URI scheme without its colon: {@code embedded}. */
  String scheme();

  /**
   * Opens the store, making it when it is not there.
   *
   * @throws StoreException when it can't be opened; the message says why and what would mend it
   */
  Store open(StoreSettings settings);
}
