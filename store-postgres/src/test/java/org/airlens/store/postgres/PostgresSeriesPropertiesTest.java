package org.airlens.store.postgres;

import org.airlens.store.contract.SeriesProperties;
import org.airlens.store.contract.StorePlace;

/** The PostgreSQL store answers as the reference does. */
class PostgresSeriesPropertiesTest extends SeriesProperties {

  @Override
  protected StorePlace newPlace() {
    return new PostgresPlace();
  }
}
