package org.airlens.store.timestream;

import java.time.Clock;
import org.airlens.store.Store;
import org.airlens.store.StoreException;
import org.airlens.store.StoreProvider;
import org.airlens.store.StoreSettings;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/**
 * Opens {@code timestream://REGION/DATABASE/TABLE} with the credentials that AWS's own tools would
 * take: environment, profile, container or instance role.
 */
public final class TimestreamStoreProvider implements StoreProvider {

  @Override
  public String scheme() {
    return TimestreamAddress.SCHEME;
  }

  /**
   * Opens it; the service acknowledges when data is on disks of several zones, so that any {@link
   * org.airlens.store.Durability} is given.
   */
  @Override
  public Store open(StoreSettings settings) {
    if (settings.sqlPort().isPresent()) {
      throw new StoreException(
          "a Timestream store has no SQL port; query it where it is, with AWS's drivers");
    }
    TimestreamAddress address = TimestreamAddress.parse(settings.uri());
    Service service = Service.connect(address, DefaultCredentialsProvider.builder().build());
    return TimestreamStore.open(address, service, Clock.systemUTC());
  }
}
