package org.airlens.app;

import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.airlens.pipeline.backfill.Progress;

/**
 * Shows how far a backfill is, on standard error: a bar with the rate and the time left on a
 * terminal, else a line from time to time.
 */
final class ProgressDisplay implements AutoCloseable {

  private static final Duration BAR_EVERY = Duration.ofMillis(250);
  private static final Duration LINE_EVERY = Duration.ofSeconds(10);

  private final Progress progress;
  private final PrintWriter lines;
  private final boolean terminal;
  private final CountDownLatch done = new CountDownLatch(1);
  private final long begin = System.nanoTime();
  private final Thread thread;

  private ProgressDisplay(Progress progress, PrintWriter lines, boolean terminal) {
    this.progress = progress;
    this.lines = lines;
    this.terminal = terminal;
    thread = Thread.ofVirtual().name("progress").unstarted(this::run);
  }

  /** Shows it from now on, until closed. */
  static ProgressDisplay of(Progress progress, PrintWriter lines) {
    boolean terminal =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    ProgressDisplay display = new ProgressDisplay(progress, lines, terminal);
    display.thread.start();
    return display;
  }

  @Override
  public void close() {
    done.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      if (terminal) {
        bar();
      } else {
        lines();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void bar() throws InterruptedException {
    try (ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName("backfill")
            .setInitialMax(-1)
            .setUnit(" days", Progress.STEPS)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis((int) BAR_EVERY.toMillis())
            .setConsumer(new ConsoleProgressBarConsumer(System.err))
            .build()) {
      boolean ended = false;
      while (!ended) {
        ended = done.await(BAR_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        Progress.State state = progress.state();
        if (state.folders() > 0) {
          bar.maxHint(state.folders() * Progress.STEPS);
          bar.stepTo(state.steps());
          bar.setExtraMessage(
              " %s, %,d rows, %,.0f/s".formatted(state.at(), state.rows(), rate(state)));
        }
      }
    }
  }

  private void lines() throws InterruptedException {
    while (!done.await(LINE_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
      lines.println(line());
      lines.flush();
    }
  }

  /** Such as {@code 2018-03-24: 120 of 549 days, 1,234,567 rows, 350,000 rows/s, 1:20 left}. */
  private String line() {
    Progress.State state = progress.state();
    double share = state.steps() / Math.max(1.0, state.folders() * (double) Progress.STEPS);
    String left = "";
    if (share > 0) {
      long seconds = Math.round(elapsedSeconds() * (1 - share) / share);
      left = ", %d:%02d left".formatted(seconds / 60, seconds % 60);
    }
    return "%s: %,d of %,d days, %,d files, %,d rows, %,.0f rows/s%s"
        .formatted(
            state.at().isEmpty() ? "begins" : state.at(),
            state.steps() / Progress.STEPS,
            state.folders(),
            state.files(),
            state.rows(),
            rate(state),
            left);
  }

  private double rate(Progress.State state) {
    return state.rows() / elapsedSeconds();
  }

  private double elapsedSeconds() {
    return Math.max(0.001, (System.nanoTime() - begin) / 1e9);
  }
}
