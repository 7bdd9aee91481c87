package org.airlens.store;

import java.util.HashMap;
import java.util.Map;

/** What stands behind the question mark of a store's address: {@code name=value&name=value}. */
public final class AddressOptions {

  private AddressOptions() {}

  /**
   * The options by name, in a map of the caller's own; of a name that stands twice, the last.
   *
   * @param query without the question mark; may be empty
   * @throws StoreException when it is something else
   */
  public static Map<String, String> of(String query) {
    Map<String, String> values = new HashMap<>();
    for (String option : query.isEmpty() ? new String[0] : query.split("&", -1)) {
      int equals = option.indexOf('=');
      if (equals <= 0) {
        throw new StoreException("an option of the store's address is name=value");
      }
      values.put(option.substring(0, equals), option.substring(equals + 1));
    }
    return values;
  }
}
