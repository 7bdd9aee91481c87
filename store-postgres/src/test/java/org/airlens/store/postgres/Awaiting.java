package org.airlens.store.postgres;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for what happens elsewhere. */
final class Awaiting {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private Awaiting() {}

  /** Returns once the condition holds; fails when it does not within a minute. */
  static void until(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.call()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("in vain: " + what);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }
}
