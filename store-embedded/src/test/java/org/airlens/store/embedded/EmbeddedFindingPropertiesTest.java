package org.airlens.store.embedded;

import org.airlens.store.contract.FindingProperties;
import org.airlens.store.contract.StorePlace;

/** The embedded store finds what the reference finds. */
class EmbeddedFindingPropertiesTest extends FindingProperties {

  @Override
  protected StorePlace newPlace() throws Exception {
    return new EmbeddedPlace();
  }
}
