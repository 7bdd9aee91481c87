package org.airlens.store.embedded;

import org.airlens.store.contract.ConcurrencyContract;
import org.airlens.store.contract.FindingContract;
import org.airlens.store.contract.RetentionContract;
import org.airlens.store.contract.RollUpContract;
import org.airlens.store.contract.SensorsContract;
import org.airlens.store.contract.SeriesContract;
import org.airlens.store.contract.StorePlace;
import org.airlens.store.contract.WritingContract;
import org.junit.jupiter.api.Nested;

/** The embedded store keeps the contract of every role. */
class EmbeddedStoreContractTest {

  @Nested
  class Writing extends WritingContract {
    @Override
    protected StorePlace newPlace() throws Exception {
      return new EmbeddedPlace();
    }
  }

  @Nested
  class Finding extends FindingContract {
    @Override
    protected StorePlace newPlace() throws Exception {
      return new EmbeddedPlace();
    }
  }

  @Nested
  class Series extends SeriesContract {
    @Override
    protected StorePlace newPlace() throws Exception {
      return new EmbeddedPlace();
    }
  }

  @Nested
  class RollingUp extends RollUpContract {
    @Override
    protected StorePlace newPlace() throws Exception {
      return new EmbeddedPlace();
    }
  }

  @Nested
  class Sensors extends SensorsContract {
    @Override
    protected StorePlace newPlace() throws Exception {
      return new EmbeddedPlace();
    }
  }

  @Nested
  class Retention extends RetentionContract {
    @Override
    protected StorePlace newPlace() throws Exception {
      return new EmbeddedPlace();
    }
  }

  @Nested
  class Concurrency extends ConcurrencyContract {
    @Override
    protected StorePlace newPlace() throws Exception {
      return new EmbeddedPlace();
    }
  }
}
