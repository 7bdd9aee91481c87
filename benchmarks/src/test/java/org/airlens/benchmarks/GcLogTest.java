package org.airlens.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GcLogTest {

  private static final GcLog LOG =
      GcLog.of(
          List.of(
              "[0.004s][info][gc] Using G1",
              "[1.214s][info][gc] GC(0) Pause Young (Normal) (G1 Evacuation Pause) 23M->9M(32M)"
                  + " 4.125ms",
              "[2.000s][info][gc] GC(1) Concurrent Mark Cycle 12.345ms",
              "[2.001s][info][gc] GC(1) Pause Remark 310M->290M(512M) 12.001ms",
              "[9.125s][info][gc] GC(2) Pause Full (System.gc()) 301M->88M(512M) 151.750ms"));

  @Test
  void readsThePausesAndPassesTheRest() {
    assertThat(LOG.pauses())
        .containsExactly(
            new GcLog.Pause(false, 9, 4.125),
            new GcLog.Pause(false, 290, 12.001),
            new GcLog.Pause(true, 88, 151.75));
  }

  @Test
  void whatLivesIsWhatAFullCollectionLeaves() {
    assertThat(LOG.liveMiB()).isEqualTo(88);
    assertThat(LOG.largestAfterMiB()).isEqualTo(290);
  }

  @Test
  void aFullCollectionAskedForIsNoPauseOfTheProduct() {
    assertThat(LOG.longestMillis()).isEqualTo(12.001);
  }

  @Test
  void anEmptyLogHasNothing() {
    GcLog empty = GcLog.of(List.of());
    assertThat(empty.liveMiB()).isZero();
    assertThat(empty.largestAfterMiB()).isZero();
    assertThat(empty.longestMillis()).isZero();
  }
}
