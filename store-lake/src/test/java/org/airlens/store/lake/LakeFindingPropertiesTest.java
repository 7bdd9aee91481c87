package org.airlens.store.lake;

import org.airlens.store.contract.FindingProperties;
import org.airlens.store.contract.StorePlace;

/** The lake finds as the reference does. */
class LakeFindingPropertiesTest extends FindingProperties {

  @Override
  protected StorePlace newPlace() throws Exception {
    return new LakePlace();
  }
}
