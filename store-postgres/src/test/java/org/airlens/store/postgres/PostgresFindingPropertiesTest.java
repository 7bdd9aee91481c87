package org.airlens.store.postgres;

import org.airlens.store.contract.FindingProperties;
import org.airlens.store.contract.StorePlace;

/** The PostgreSQL store answers as the reference does. */
class PostgresFindingPropertiesTest extends FindingProperties {

  @Override
  protected StorePlace newPlace() {
    return new PostgresPlace();
  }
}
