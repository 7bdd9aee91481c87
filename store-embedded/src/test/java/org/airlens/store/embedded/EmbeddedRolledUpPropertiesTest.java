package org.airlens.store.embedded;

import org.airlens.store.contract.RolledUpProperties;
import org.airlens.store.contract.StorePlace;

/** The embedded store answers out of roll-ups as the reference does out of readings. */
class EmbeddedRolledUpPropertiesTest extends RolledUpProperties {

  @Override
  protected StorePlace newPlace() throws Exception {
    return new EmbeddedPlace();
  }
}
