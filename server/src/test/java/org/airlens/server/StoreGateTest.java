package org.airlens.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.airlens.store.StoreException;
import org.junit.jupiter.api.Test;

class StoreGateTest {

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

  @Test
  void noMoreThanSoManyAreInside() throws Exception {
    StoreGate gate = new StoreGate("query", 2, metrics);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger visits = new AtomicInteger();
    Thread[] askers = new Thread[20];
    for (int i = 0; i < askers.length; i++) {
      boolean query = i % 2 == 0;
      askers[i] =
          Thread.ofVirtual()
              .start(() -> {
                if (query) {
                  gate.query(() -> visit(inside, most, visits));
                } else {
                  gate.through(() -> visit(inside, most, visits));
                }
              });
    }
    for (Thread asker : askers) {
      asker.join();
    }
    assertThat(visits).hasValue(askers.length);
    assertThat(inside).hasValue(0);
    assertThat(most.get()).isBetween(1, 2);
  }

  @Test
  void whatFailsInsideFailsOutsideAndLeaves() {
    StoreGate gate = new StoreGate("query", 1, metrics);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() ->
              gate.query(() -> {
                throw new StoreException("no");
              }))
          .isInstanceOf(StoreException.class);
      assertThatThrownBy(() ->
              gate.through(() -> {
                throw new StoreException("no");
              }))
          .isInstanceOf(StoreException.class);
    }
    assertThat(gate.query(() -> "still open")).isEqualTo("still open");
  }

  @Test
  void aQueryIsComputedOnAThreadOfTheSystems() {
    StoreGate gate = new StoreGate("query", 1, metrics);
    assertThat(gate.query(() -> Thread.currentThread().isVirtual())).isFalse();
  }

  @Test
  void closingWaitsForThoseInsideAndLetsNobodyIn() throws Exception {
    StoreGate gate = new StoreGate("query", 2, metrics);
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    Thread inside =
        Thread.ofVirtual()
            .start(() ->
                gate.through(() -> {
                  entered.countDown();
                  await(leave);
                }));
    entered.await();
    Thread closing = Thread.ofPlatform().start(() -> gate.close(Duration.ofMinutes(1)));
    while (closing.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    assertThatThrownBy(() -> gate.query(() -> "too late"))
        .isInstanceOfSatisfying(
            ProblemException.class, refusal -> assertThat(refusal.status()).isEqualTo(503));
    leave.countDown();
    closing.join();
    inside.join();
  }

  @Test
  void timesWorkThatFailsToo() {
    StoreGate gate = new StoreGate("query", 1, metrics);
    gate.query(() -> "an answer");
    assertThatThrownBy(() ->
            gate.through(() -> {
              throw new StoreException("no");
            }))
        .isInstanceOf(StoreException.class);
    assertThat(metrics.get("airlens.store.queries").tag("kind", "query").timer().count())
        .isEqualTo(2);
    assertThat(metrics.get("airlens.store.queries.wait").timer().count()).isEqualTo(2);
  }

  private static int visit(AtomicInteger inside, AtomicInteger most, AtomicInteger visits) {
    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
    Thread.onSpinWait();
    inside.decrementAndGet();
    return visits.incrementAndGet();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
