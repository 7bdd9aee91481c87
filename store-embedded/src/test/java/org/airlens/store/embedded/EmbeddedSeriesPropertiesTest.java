package org.airlens.store.embedded;

import org.airlens.store.contract.SeriesProperties;
import org.airlens.store.contract.StorePlace;

/** The embedded store aggregates as the reference does. */
class EmbeddedSeriesPropertiesTest extends SeriesProperties {

  @Override
  protected StorePlace newPlace() throws Exception {
    return new EmbeddedPlace();
  }
}
