package org.airlens.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StallWatchTest {

  @Test
  void aWriteThatNobodyTakesIsInterrupted() {
    try (StallWatch watch = new StallWatch(Duration.ofMillis(100))) {
      assertThatThrownBy(() -> watch.watch(() -> write(new Taking(Long.MAX_VALUE), 1)))
          .hasCauseInstanceOf(InterruptedIOException.class);
    }
  }

  @Test
  void manyWritesThatAreTakenAtACrawlAreInterruptedThoughEachIsShort() {
    try (StallWatch watch = new StallWatch(Duration.ofMillis(200))) {
      Taking crawling = new Taking(20);
      assertThatThrownBy(() -> watch.watch(() -> write(crawling, 10_000)))
          .hasCauseInstanceOf(InterruptedIOException.class);
      assertThat(crawling.writes).isGreaterThan(1);
    }
  }

  @Test
  void anExchangeMayTakeLongerThanTheLimitWhenTheClientIsQuick() {
    try (StallWatch watch = new StallWatch(Duration.ofMillis(50))) {
      watch.watch(() -> {
        Taking quick = new Taking(0);
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < TimeUnit.MILLISECONDS.toNanos(300)) {
          write(quick, 1);
        }
      });
      assertThat(Thread.interrupted()).isFalse();
    }
  }

  private static void write(OutputStream out, int times) {
    try (OutputStream watched = StallWatch.over(out)) {
      for (int i = 0; i < times; i++) {
        watched.write(1);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A client that takes so many milliseconds over each write. */
  private static final class Taking extends OutputStream {

    private final long millis;
    private int writes;

    Taking(long millis) {
      this.millis = millis;
    }

    @Override
    public void write(int b) throws IOException {
      writes++;
      try {
        if (millis > 0 && new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS)) {
          throw new AssertionError("nobody counts it down");
        }
      } catch (InterruptedException e) {
        throw new InterruptedIOException();
      }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      write(bytes[offset]);
    }
  }
}
