package org.airlens.store.postgres;

import org.airlens.store.contract.ConcurrencyContract;
import org.airlens.store.contract.FindingContract;
import org.airlens.store.contract.RetentionContract;
import org.airlens.store.contract.RollUpContract;
import org.airlens.store.contract.SensorsContract;
import org.airlens.store.contract.SeriesContract;
import org.airlens.store.contract.StorePlace;
import org.airlens.store.contract.WritingContract;
import org.junit.jupiter.api.Nested;

/** The PostgreSQL store keeps the contract of every role. */
class PostgresStoreContractTest {

  @Nested
  class Writing extends WritingContract {
    @Override
    protected StorePlace newPlace() {
      return new PostgresPlace();
    }
  }

  @Nested
  class Finding extends FindingContract {
    @Override
    protected StorePlace newPlace() {
      return new PostgresPlace();
    }
  }

  @Nested
  class Series extends SeriesContract {
    @Override
    protected StorePlace newPlace() {
      return new PostgresPlace();
    }
  }

  @Nested
  class RollUps extends RollUpContract {
    @Override
    protected StorePlace newPlace() {
      return new PostgresPlace();
    }
  }

  @Nested
  class Sensors extends SensorsContract {
    @Override
    protected StorePlace newPlace() {
      return new PostgresPlace();
    }
  }

  @Nested
  class Retention extends RetentionContract {
    @Override
    protected StorePlace newPlace() {
      return new PostgresPlace();
    }
  }

  @Nested
  class Concurrency extends ConcurrencyContract {
    @Override
    protected StorePlace newPlace() {
      return new PostgresPlace();
    }
  }
}
