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

  /**
   * Opens the store for a process that only reads, beside others that read and one that writes.
   * Where a store belongs to one process alone, there is no difference.
   *
   * @throws StoreException when it can't be opened, or is not there
   */
  default Store openForReading(StoreSettings settings) {
    return open(settings);
  }
}
