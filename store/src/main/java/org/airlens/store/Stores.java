package org.airlens.store;

import java.util.ServiceLoader;
import java.util.TreeSet;

/** Opens the store of a URI. */
public final class Stores {

  private Stores() {}

  /**
   * Opens a store with the provider of its scheme.
   *
   * @throws StoreException when no provider knows the scheme, or the store can't be opened
   */
  public static Store open(StoreSettings settings) {
    TreeSet<String> known = new TreeSet<>();
    for (StoreProvider provider : ServiceLoader.load(StoreProvider.class)) {
      if (provider.scheme().equals(settings.scheme())) {
        return provider.open(settings);
      }
      known.add(provider.scheme() + ":");
    }
    throw new StoreException(
        "no store for '"
            + settings.uri()
            + "'; this installation knows "
            + String.join(", ", known));
  }
}
