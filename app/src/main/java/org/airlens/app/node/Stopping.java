package org.airlens.app.node;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Waits for Ctrl-C or a signal to end, and lets the process end in order: what was opened after
 * this is closed before it, within 5 s, and the exit code is 0 unless work was left undone.
 */
public final class Stopping implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMillis(4_500);

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread hook = Thread.ofPlatform().name("stopping").unstarted(this::stop);

  private volatile int exitCode;

  private Stopping() {}

  /** Listens from now on. */
  public static Stopping listen() {
    Stopping stopping = new Stopping();
    Runtime.getRuntime().addShutdownHook(stopping.hook);
    return stopping;
  }

  /** Waits until the process is told to end. */
  public void await() throws InterruptedException {
    asked.await();
  }

  /** Waits until the process is told to end, but no longer than this; true when it was told. */
  public boolean await(Duration most) throws InterruptedException {
    return asked.await(most.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Whether the process was told to end. */
  public boolean isAsked() {
    return asked.getCount() == 0;
  }

  /** The exit code of a process that is told to end before its work is done. */
  public void endWith(int code) {
    exitCode = code;
  }

  /** Tells that everything is closed. */
  @Override
  public void close() {
    finished.countDown();
    if (asked.getCount() > 0) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // It was told to end this very moment.
      }
    }
  }

  private void stop() {
    asked.countDown();
    boolean inOrder = false;
    try {
      inOrder = finished.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!inOrder) {
      System.err.println("airlens: stopped while work was under way; nothing acknowledged is lost");
    }
    // The exit code of a process that a signal ended would say that it failed.
    Runtime.getRuntime().halt(exitCode);
  }
}
