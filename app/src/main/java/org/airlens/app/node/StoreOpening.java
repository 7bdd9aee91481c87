package org.airlens.app.node;

import java.util.OptionalInt;
import org.airlens.app.config.Setting;
import org.airlens.app.config.Settings;
import org.airlens.store.Durability;
import org.airlens.store.Store;
import org.airlens.store.StoreSettings;
import org.airlens.store.Stores;

/** Opens the store that the settings name. */
public final class StoreOpening {

  private StoreOpening() {}

  /**
   * Opens it, making it when it is not there; the caller closes it.
   *
   * @param sqlPort where SQL tools may look; empty for nowhere
   * @throws org.airlens.store.StoreException when it can't be opened
   */
  public static Store open(Settings settings, OptionalInt sqlPort) {
    return Stores.open(named(settings, sqlPort));
  }

  /**
   * Opens it to read only, beside the process that writes where the store can be shared; the caller
   * closes it.
   *
   * @param sqlPort where SQL tools may look; empty for nowhere
   * @throws org.airlens.store.StoreException when it can't be opened
   */
  public static Store openForReading(Settings settings, OptionalInt sqlPort) {
    return Stores.openForReading(named(settings, sqlPort));
  }

  private static StoreSettings named(Settings settings, OptionalInt sqlPort) {
    return new StoreSettings(
        settings.text(Setting.STORE),
        settings.path(Setting.DATA_DIR),
        settings.word(Setting.DURABILITY, Durability.class),
        sqlPort);
  }
}
