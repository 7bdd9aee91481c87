package org.airlens.store.postgres;

import org.airlens.store.contract.RolledUpProperties;
import org.airlens.store.contract.StorePlace;

/** The PostgreSQL store answers as the reference does where days are rolled up. */
class PostgresRolledUpPropertiesTest extends RolledUpProperties {

  @Override
  protected StorePlace newPlace() {
    return new PostgresPlace();
  }
}
