package org.airlens.collect.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.airlens.collect.FeedContent;
import org.airlens.collect.SourceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Closing ends what is under way; every timeout here is far longer than the test may take. */
@Timeout(20)
class HttpCloseTest {

  private final MovableClock clock = new MovableClock();

  @Test
  void abortsARequestThatIsNotAnswered() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (ScriptedServer server =
        ScriptedServer.start((out, self) -> {
          asked.countDown();
          self.silence();
        })) {
      HttpSource source = new HttpSource(server.url(), TestSettings.usual(), clock);
      CompletableFuture<Throwable> fetch = failureOf(source::fetch);
      asked.await();
      source.close();
      assertThat(fetch.get(5, TimeUnit.SECONDS))
          .isInstanceOf(SourceException.class)
          .hasMessage("can't read %s: AirLens is stopping", server.url());
    }
  }

  @Test
  void abortsABodyThatDoesNotEnd() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.streaming(
            "",
            (out, self) -> {
              out.write("[1, 2, 3, ".getBytes(UTF_8));
              out.flush();
              self.silence();
            })) {
      HttpSource source = new HttpSource(server.url(), TestSettings.usual(), clock);
      FeedContent feed = TestSettings.content(source);
      assertThat(feed.body().readNBytes(10)).hasSize(10);
      CompletableFuture<Throwable> read = failureOf(() -> feed.body().read());
      source.close();
      assertThat(read.get(5, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
      feed.close();
    }
  }

  @Test
  void abortsTheBeginningOfABody() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (ScriptedServer server =
        ScriptedServer.streaming(
            "",
            (out, self) -> {
              out.flush();
              asked.countDown();
              self.silence();
            })) {
      HttpSource source = new HttpSource(server.url(), TestSettings.usual(), clock);
      CompletableFuture<Throwable> fetch = failureOf(source::fetch);
      asked.await();
      source.close();
      assertThat(fetch.get(5, TimeUnit.SECONDS))
          .isInstanceOf(SourceException.class)
          .hasMessage("can't read %s: AirLens is stopping", server.url());
    }
  }

  @Test
  void endsAPauseBetweenTwoRequests() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    HttpSettings usual = TestSettings.usual();
    HttpSettings patient =
        new HttpSettings(
            usual.userAgent(),
            usual.maxBytes(),
            usual.maxTransferBytes(),
            usual.timeouts(),
            usual.pace(),
            new HttpSettings.Retrying(
                3,
                Duration.ofMinutes(5),
                Duration.ofHours(1),
                5,
                Duration.ofMinutes(1),
                Duration.ofMinutes(1)));
    try (ScriptedServer server =
        ScriptedServer.start((out, self) -> {
          ScriptedServer.write(out, "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
          asked.countDown();
        })) {
      HttpSource source = new HttpSource(server.url(), patient, clock);
      CompletableFuture<Throwable> fetch = failureOf(source::fetch);
      asked.await();
      source.close();
      assertThat(fetch.get(5, TimeUnit.SECONDS)).isInstanceOf(SourceException.class);
    }
  }

  @Test
  void endsAFetchWhoseThreadIsInterrupted() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (ScriptedServer server =
            ScriptedServer.start((out, self) -> {
              asked.countDown();
              self.silence();
            });
        HttpSource source = new HttpSource(server.url(), TestSettings.usual(), clock)) {
      CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
      Thread thread =
          Thread.ofVirtual()
              .start(() -> {
                assertThatThrownBy(source::fetch)
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("interrupted");
                interrupted.complete(Thread.currentThread().isInterrupted());
              });
      asked.await();
      thread.interrupt();
      assertThat(interrupted.get(5, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void fetchesNothingMoreOnceClosed() throws Exception {
    try (ScriptedServer server = ScriptedServer.sending("", "[1]".getBytes(UTF_8))) {
      HttpSource source = new HttpSource(server.url(), TestSettings.usual(), clock);
      source.close();
      source.close();
      assertThatThrownBy(source::fetch)
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("AirLens is stopping");
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void leavesNoThreadBehind() throws Exception {
    try (ScriptedServer server = ScriptedServer.sending("", "[1]".getBytes(UTF_8))) {
      for (int i = 0; i < 20; i++) {
        try (HttpSource source = new HttpSource(server.url(), TestSettings.usual(), clock)) {
          TestSettings.content(source).close();
        }
      }
      for (Thread thread : Thread.getAllStackTraces().keySet()) {
        if (thread.getName().startsWith("HttpClient-")) {
          assertThat(thread.join(Duration.ofSeconds(5))).as(thread.getName()).isTrue();
        }
      }
    }
  }

  private static CompletableFuture<Throwable> failureOf(Action action) {
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            action.run();
            failure.complete(new AssertionError("nothing failed"));
          } catch (Exception e) {
            failure.complete(e);
          }
        });
    return failure;
  }

  /** What fails. */
  private interface Action {
    void run() throws Exception;
  }
}
