package org.airlens.server;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Ends exchanges whose client has stopped taking the answer or sending its body, or does so at a
 * crawl: their thread, stuck in a read or a write, is interrupted, which closes the connection. The
 * time that counts is the time spent waiting for the client, so an answer may take as long as it
 * needs to be made, and an event stream may be silent for as long as it likes.
 */
final class StallWatch implements AutoCloseable {

  /** A client that is waited for must move this much on average, over the limit's time. */
  private static final long SLOWEST_BYTES_A_SECOND = 4_096;

  private static final ScopedValue<Watched> CURRENT = ScopedValue.newInstance();

  private final long limitNanos;
  private final long limitBytes;
  private final Set<Watched> watched = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("stall-watch").factory());

  StallWatch(Duration limit) {
    limitNanos = limit.toNanos();
    limitBytes = Math.max(1, SLOWEST_BYTES_A_SECOND * limit.toMillis() / 1_000);
    long period = Math.max(50, limit.toMillis() / 4);
    var _ = clock.scheduleAtFixedRate(this::look, period, period, TimeUnit.MILLISECONDS);
  }

  /** Runs an exchange; whatever it sends or receives through this class is watched. */
  void watch(Runnable exchange) {
    Watched one = new Watched(Thread.currentThread());
    watched.add(one);
    try {
      ScopedValue.where(CURRENT, one).run(exchange);
    } finally {
      watched.remove(one);
    }
  }

  /** Sends something in one go. */
  static void sending(int bytes, Runnable send) {
    Watched one = CURRENT.get();
    one.begin();
    send.run();
    one.end(bytes);
  }

  /** The stream, watched. */
  static OutputStream over(OutputStream out) {
    return new Sent(out, CURRENT.get());
  }

  /** The stream, watched. */
  static InputStream over(InputStream in) {
    return new Received(in, CURRENT.get());
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }

  private void look() {
    long now = System.nanoTime();
    for (Watched one : watched) {
      one.look(now);
    }
  }

  /** One exchange. */
  private final class Watched {

    private final Thread thread;
    private boolean waiting;
    private long waitingSince;

    /** Since the client last moved enough. */
    private long waitedNanos;

    private long movedBytes;

    Watched(Thread thread) {
      this.thread = thread;
    }

    synchronized void begin() {
      waiting = true;
      waitingSince = System.nanoTime();
    }

    synchronized void end(long bytes) {
      waiting = false;
      waitedNanos += System.nanoTime() - waitingSince;
      movedBytes += bytes;
      if (movedBytes >= limitBytes) {
        movedBytes = 0;
        waitedNanos = 0;
      }
    }

    synchronized void look(long now) {
      if (waiting && waitedNanos + (now - waitingSince) > limitNanos) {
        thread.interrupt();
      }
    }
  }

  private static final class Sent extends FilterOutputStream {

    private final Watched watched;

    Sent(OutputStream out, Watched watched) {
      super(out);
      this.watched = watched;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      watched.begin();
      out.write(bytes, offset, length);
      watched.end(length);
    }

    @Override
    public void flush() throws IOException {
      watched.begin();
      out.flush();
      watched.end(0);
    }
  }

  private static final class Received extends FilterInputStream {

    private final Watched watched;

    Received(InputStream in, Watched watched) {
      super(in);
      this.watched = watched;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      watched.begin();
      int read = in.read(bytes, offset, length);
      watched.end(Math.max(0, read));
      return read;
    }
  }
}
