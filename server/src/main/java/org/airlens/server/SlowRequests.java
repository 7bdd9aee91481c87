package org.airlens.server;

import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes connections whose client has begun a request and does not come to the end of its headers.
 * The web server's own idle timeout reaches only connections that are before a request's first
 * line. It would not reach a silent connection at all if a second protocol were served, HTTP/2 in
 * clear text, say: the server would wait for its first byte before it counts the connection.
 */
final class SlowRequests implements Http1ConnectionListener, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SlowRequests.class);

  private final long limitNanos;
  private final Map<ConnectionContext, Long> begun = new ConcurrentHashMap<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("slow-requests").factory());

  SlowRequests(Duration limit) {
    limitNanos = limit.toNanos();
    long period = Math.max(50, limit.toMillis() / 4);
    var _ = clock.scheduleAtFixedRate(this::look, period, period, TimeUnit.MILLISECONDS);
  }

  @Override
  public void prologue(ConnectionContext connection, HttpPrologue prologue) {
    begun.put(connection, System.nanoTime());
  }

  @Override
  public void headers(ConnectionContext connection, Headers headers) {
    begun.remove(connection);
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }

  private void look() {
    long now = System.nanoTime();
    begun.forEach((connection, since) -> {
      if (now - since > limitNanos && begun.remove(connection, since)) {
        try {
          connection.serverSocket().close();
        } catch (UncheckedIOException e) {
          LOG.trace("a slow connection was closed already", e);
        }
      }
    });
  }
}
