package org.airlens.store.lake;

import org.airlens.store.contract.ConcurrencyContract;
import org.airlens.store.contract.FindingContract;
import org.airlens.store.contract.SensorsContract;
import org.airlens.store.contract.SeriesContract;
import org.airlens.store.contract.StorePlace;
import org.airlens.store.contract.WritingContract;
import org.junit.jupiter.api.Nested;

/**
 * The lake answers as every store does, whatever a writer beside it makes of it meanwhile: what the
 * facts write, {@link LakeWriter} does.
 */
class LakeStoreContractTest {

  @Nested
  class Writing extends WritingContract {
    @Override
    protected StorePlace newPlace() throws Exception {
      return new LakePlace();
    }
  }

  @Nested
  class Finding extends FindingContract {
    @Override
    protected StorePlace newPlace() throws Exception {
      return new LakePlace();
    }
  }

  @Nested
  class Series extends SeriesContract {
    @Override
    protected StorePlace newPlace() throws Exception {
      return new LakePlace();
    }
  }

  @Nested
  class Sensors extends SensorsContract {
    @Override
    protected StorePlace newPlace() throws Exception {
      return new LakePlace();
    }
  }

  @Nested
  class Concurrency extends ConcurrencyContract {
    @Override
    protected StorePlace newPlace() throws Exception {
      return new LakePlace();
    }
  }
}
