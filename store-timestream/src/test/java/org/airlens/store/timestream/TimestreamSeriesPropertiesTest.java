package org.airlens.store.timestream;

import org.airlens.store.contract.SeriesProperties;
import org.airlens.store.contract.StorePlace;

/** The Timestream store aggregates as the reference does. */
class TimestreamSeriesPropertiesTest extends SeriesProperties {

  @Override
  protected StorePlace newPlace() throws Exception {
    return new FakePlace();
  }
}
