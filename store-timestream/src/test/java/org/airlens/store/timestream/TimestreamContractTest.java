package org.airlens.store.timestream;

import java.lang.reflect.Method;
import org.airlens.store.contract.ConcurrencyContract;
import org.airlens.store.contract.FindingContract;
import org.airlens.store.contract.SensorsContract;
import org.airlens.store.contract.SeriesContract;
import org.airlens.store.contract.StorePlace;
import org.airlens.store.contract.WritingContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The Timestream store keeps the contract of every role but one: {@code dropBefore} drops nothing,
 * because the service can't. Hence no RetentionContract here, and of the others not the one fact
 * about dropping; RetentionTest says what happens instead.
 */
class TimestreamContractTest {

  @Nested
  class Writing extends WritingContract {
    @Override
    protected StorePlace newPlace() throws Exception {
      return new FakePlace();
    }
  }

  @Nested
  class Finding extends FindingContract {
    @Override
    protected StorePlace newPlace() throws Exception {
      return new FakePlace();
    }
  }

  @Nested
  class Series extends SeriesContract {
    @Override
    protected StorePlace newPlace() throws Exception {
      return new FakePlace();
    }
  }

  @Nested
  class Sensors extends SensorsContract {
    @Override
    protected StorePlace newPlace() throws Exception {
      return new FakePlace();
    }
  }

  @Nested
  @ExtendWith(NothingIsDropped.class)
  class Concurrency extends ConcurrencyContract {
    @Override
    protected StorePlace newPlace() throws Exception {
      return new FakePlace();
    }
  }

  /** Leaves out what the service can't do. */
  static final class NothingIsDropped implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return context
              .getTestMethod()
              .map(Method::getName)
              .filter("latestIsWholeWhileOldDaysAreDropped"::equals)
              .isPresent()
          ? ConditionEvaluationResult.disabled("Timestream forgets by itself, not when asked")
          : ConditionEvaluationResult.enabled("the service can");
    }
  }
}
