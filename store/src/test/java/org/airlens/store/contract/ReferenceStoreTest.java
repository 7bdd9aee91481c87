package org.airlens.store.contract;

import org.airlens.store.Store;
import org.junit.jupiter.api.Nested;

/** The reference keeps the contract itself: so the examples and the model say the same. */
class ReferenceStoreTest {

  @Nested
  class Writing extends WritingContract {
    @Override
    protected StorePlace newPlace() {
      return new Memory();
    }
  }

  @Nested
  class Finding extends FindingContract {
    @Override
    protected StorePlace newPlace() {
      return new Memory();
    }
  }

  @Nested
  class Series extends SeriesContract {
    @Override
    protected StorePlace newPlace() {
      return new Memory();
    }
  }

  @Nested
  class Sensors extends SensorsContract {
    @Override
    protected StorePlace newPlace() {
      return new Memory();
    }
  }

  @Nested
  class Retention extends RetentionContract {
    @Override
    protected StorePlace newPlace() {
      return new Memory();
    }
  }

  @Nested
  class Concurrency extends ConcurrencyContract {
    @Override
    protected StorePlace newPlace() {
      return new Memory();
    }
  }

  /** The last store opened hands its readings on. */
  private static final class Memory implements StorePlace {

    private ReferenceStore last = new ReferenceStore();

    @Override
    public Store open() {
      last = new ReferenceStore(last);
      return last;
    }

    @Override
    public void close() {}
  }
}
