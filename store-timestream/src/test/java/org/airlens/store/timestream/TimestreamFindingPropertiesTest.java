package org.airlens.store.timestream;

import org.airlens.store.contract.FindingProperties;
import org.airlens.store.contract.StorePlace;

/** The Timestream store finds as the reference does. */
class TimestreamFindingPropertiesTest extends FindingProperties {

  @Override
  protected StorePlace newPlace() throws Exception {
    return new FakePlace();
  }
}
