package org.airlens.store.lake;

import org.airlens.store.contract.SeriesProperties;
import org.airlens.store.contract.StorePlace;

/** The lake's series and distributions are the reference's. */
class LakeSeriesPropertiesTest extends SeriesProperties {

  @Override
  protected StorePlace newPlace() throws Exception {
    return new LakePlace();
  }
}
