package org.airlens.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.airlens.store.Durability;
import org.airlens.store.Store;
import org.airlens.store.StoreException;
import org.airlens.store.StoreSettings;
import org.airlens.store.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Days are rolled up in the background, whatever fails meanwhile. */
class RollUpsTest {

  private static final Duration AT_ONCE = Duration.ofMillis(1);

  @TempDir Path dataDir;

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final AtomicInteger asked = new AtomicInteger();
  private Optional<Store> opened = Optional.empty();

  @AfterEach
  void close() {
    opened.ifPresent(Store::close);
  }

  @Test
  void asksUntilNoDayIsLeftAndLooksAgainLater() {
    try (RollUps _ = start(() -> asked.incrementAndGet() % 4 != 0)) {
      Await.until("it looked twice", () -> asked.get() >= 8);
    }
    assertThat(metrics.get("airlens.store.rollup").timer().count()).isGreaterThanOrEqualTo(6);
  }

  @Test
  void aFailureIsToldOnceAndTriedAgain() {
    try (HeardLog log = HeardLog.of(RollUps.class);
        RollUps _ =
            start(() -> {
              asked.incrementAndGet();
              throw new StoreException("the disk is full");
            })) {
      Await.until("it tried again", () -> asked.get() >= 3);
      assertThat(log.warnings())
          .hasSize(1)
          .first()
          .asString()
          .contains("not rolled up")
          .contains("the disk is full");
    }
  }

  @Test
  void goesOnAfterWhatNobodyExpected() {
    try (RollUps _ =
        start(() -> {
          if (asked.incrementAndGet() == 1) {
            throw new IllegalStateException("a mistake");
          }
          return false;
        })) {
      Await.until("it looked again", () -> asked.get() >= 2);
    }
  }

  private RollUps start(BooleanSupplier rollUp) {
    FaultyStore store =
        new FaultyStore(
            Stores.open(
                new StoreSettings("embedded:", dataDir, Durability.PROCESS, OptionalInt.empty())));
    opened = Optional.of(store);
    store.rollsUp(rollUp);
    return RollUps.start(store, metrics, AT_ONCE, Duration.ZERO);
  }
}
