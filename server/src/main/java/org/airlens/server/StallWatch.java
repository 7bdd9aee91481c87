package org.airlens.server;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Ends answers whose client has stopped reading: their thread, stuck in a write, is interrupted,
 * which closes the connection.
 */
final class StallWatch implements AutoCloseable {

  private final long limitNanos;
  private final Set<Watched> watched = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("stall-watch").factory());

  StallWatch(Duration limit) {
    limitNanos = limit.toNanos();
    long period = Math.max(50, limit.toMillis() / 4);
    var _ = clock.scheduleAtFixedRate(this::look, period, period, TimeUnit.MILLISECONDS);
  }

  /** Watches what the current thread writes until closed. */
  Watched watch() {
    Watched one = new Watched(Thread.currentThread());
    watched.add(one);
    return one;
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }

  private void look() {
    long now = System.nanoTime();
    for (Watched one : watched) {
      if (one.writingSince != 0 && now - one.writingSince > limitNanos) {
        one.thread.interrupt();
      }
    }
  }

  /** One answer. */
  final class Watched implements AutoCloseable {

    private final Thread thread;
    private volatile long writingSince;

    private Watched(Thread thread) {
      this.thread = thread;
    }

    /** The stream, its writes watched. */
    OutputStream over(OutputStream out) {
      return new FilterOutputStream(out) {
        @Override
        public void write(int b) throws IOException {
          write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          begin();
          out.write(bytes, offset, length);
          end();
        }

        @Override
        public void flush() throws IOException {
          begin();
          out.flush();
          end();
        }
      };
    }

    private void begin() {
      writingSince = System.nanoTime();
    }

    private void end() {
      writingSince = 0;
    }

    @Override
    public void close() {
      watched.remove(this);
    }
  }
}
