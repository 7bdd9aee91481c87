package org.airlens.store;

import java.util.ServiceLoader;
import java.util.TreeSet;

/** Opens the store of a URI. */
public final class Stores {

  private static final String LAKE =
      "; what reads a lake, ./airlens adds when --store, AIRLENS_STORE or a line 'store: lake:DIR'"
          + " of the settings file says so";

  private Stores() {}

  /**
   * Opens a store with the provider of its scheme.
   *
   * @throws StoreException when no provider knows the scheme, or the store can't be opened
   */
  public static Store open(StoreSettings settings) {
    return provider(settings).open(settings);
  }

  /**
   * Opens a store with the provider of its scheme, to read only.
   *
   * @throws StoreException when no provider knows the scheme, or the store can't be opened
   */
  public static Store openForReading(StoreSettings settings) {
    return provider(settings).openForReading(settings);
  }

  private static StoreProvider provider(StoreSettings settings) {
    TreeSet<String> known = new TreeSet<>();
    for (StoreProvider provider : ServiceLoader.load(StoreProvider.class)) {
      if (provider.scheme().equals(settings.scheme())) {
        return provider;
      }
      known.add(provider.scheme() + ":");
    }
    // Not the whole URI: the password in it would be told.
    throw new StoreException(
        "no store for '"
            + (settings.scheme().isEmpty() ? settings.uri() : settings.scheme() + ":")
            + "'; this installation knows "
            + String.join(", ", known)
            + (settings.scheme().equals("lake") ? LAKE : ""));
  }
}
