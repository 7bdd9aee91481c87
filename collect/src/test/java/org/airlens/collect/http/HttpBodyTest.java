package org.airlens.collect.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.airlens.collect.FeedContent;
import org.airlens.collect.Fetch;
import org.airlens.collect.SourceException;
import org.airlens.collect.http.HttpSettings.Timeouts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be wrong with the body of an answer. */
class HttpBodyTest {

  private static final String GZIPPED = "Content-Encoding: gzip\r\n";
  private static final byte[] FEED = ("[\"" + "a".repeat(50_000) + "\"]").getBytes(UTF_8);

  private final MovableClock clock = new MovableClock();

  @ParameterizedTest
  @ValueSource(strings = {"Content-Encoding: gzip\r\n", "Content-Encoding: X-GZIP\r\n", ""})
  void readsGzipWhateverItIsCalled(String header) throws Exception {
    try (ScriptedServer server = ScriptedServer.sending(header, ScriptedServer.gzip(FEED));
        HttpSource source = source(server, TestSettings.usual())) {
      assertThat(TestSettings.read(source)).isEqualTo(new String(FEED, UTF_8));
    }
  }

  @Test
  void readsPlainTextThatClaimsToBeGzip() throws Exception {
    try (ScriptedServer server = ScriptedServer.sending(GZIPPED, FEED);
        HttpSource source = source(server, TestSettings.usual())) {
      assertThat(TestSettings.read(source)).isEqualTo(new String(FEED, UTF_8));
    }
  }

  @Test
  void readsAFeedAfterAByteOrderMarkAndSpacesThatArrivesByteByByte() throws Exception {
    String text = "\uFEFF \r\n [1]";
    try (ScriptedServer server =
            ScriptedServer.streaming(
                "",
                (out, self) -> {
                  for (byte b : text.getBytes(UTF_8)) {
                    out.write(b);
                    out.flush();
                  }
                });
        HttpSource source = source(server, TestSettings.usual())) {
      assertThat(TestSettings.read(source)).isEqualTo(text);
    }
  }

  @Test
  void usesOneConnectionForManyRequests() throws Exception {
    try (ScriptedServer server = ScriptedServer.sending("", "[1]".getBytes(UTF_8));
        HttpSource source = source(server, TestSettings.usual())) {
      for (int i = 0; i < 3; i++) {
        assertThat(TestSettings.read(source)).isEqualTo("[1]");
        clock.pass(Duration.ofSeconds(30));
      }
      assertThat(server.requests()).hasSize(3);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void stopsAtTheSizeLimitAndHandsOverWhatCameBefore() throws Exception {
    byte[] large = "[".concat(" ".repeat(3_000_000)).getBytes(UTF_8);
    try (ScriptedServer server = ScriptedServer.sending("", large);
        HttpSource source = source(server, TestSettings.usual());
        FeedContent feed = TestSettings.content(source)) {
      assertThat(feed.body().readNBytes(1 << 20)).hasSize(1 << 20);
      assertThatThrownBy(() -> feed.body().read())
          .isInstanceOf(IOException.class)
          .hasMessage("it is larger than the limit of 1 MiB; raise the limit if it should be");
    }
  }

  @Test
  void stopsAGzipBombAtTheSizeLimit() throws Exception {
    byte[] bomb = ScriptedServer.gzip("[".concat(" ".repeat(50_000_000)).getBytes(UTF_8));
    try (ScriptedServer server = ScriptedServer.sending(GZIPPED, bomb);
        HttpSource source = source(server, TestSettings.usual());
        FeedContent feed = TestSettings.content(source)) {
      assertThat(feed.body().readNBytes(1 << 20)).hasSize(1 << 20);
      assertThatThrownBy(() -> feed.body().readAllBytes())
          .isInstanceOf(IOException.class)
          .hasMessage("it is larger than the limit of 1 MiB; raise the limit if it should be");
    }
  }

  @Test
  void stopsAGzipWhoseHeaderNeverEnds() throws Exception {
    byte[] head = {0x1F, (byte) 0x8B, 8, 8, 0, 0, 0, 0, 0, 0};
    try (ScriptedServer server = endless(head, "a".repeat(10_000).getBytes(UTF_8));
        HttpSource source = source(server, TestSettings.withoutRetries())) {
      assertThatThrownBy(source::fetch)
          .isInstanceOf(SourceException.class)
          .hasMessage(
              "can't read %s: it breaks off at its beginning: it is larger than the limit of 1 MiB; raise the limit if it should be",
              server.url());
    }
  }

  @Test
  void stopsAGzipOfEmptyMembersWithoutEnd() throws Exception {
    byte[] first = ScriptedServer.gzip("[".getBytes(UTF_8));
    ByteArrayOutputStream empty = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(empty)) {
      gzip.flush();
    }
    try (ScriptedServer server = endless(first, empty.toByteArray());
        HttpSource source = source(server, TestSettings.withoutRetries())) {
      assertThatThrownBy(() -> TestSettings.read(source))
          .hasMessageContaining("it is larger than the limit of 1 MiB");
    }
  }

  @Test
  void saysThatGzipEndsTooEarly() throws Exception {
    byte[] whole = ScriptedServer.gzip(FEED);
    byte[] cut = Arrays.copyOf(whole, whole.length - 12);
    try (ScriptedServer server = ScriptedServer.sending(GZIPPED, cut);
        HttpSource source = source(server, TestSettings.usual());
        FeedContent feed = TestSettings.content(source)) {
      assertThatThrownBy(() -> feed.body().readAllBytes())
          .isInstanceOf(IOException.class)
          .hasMessage("its gzip ends too early");
    }
  }

  @Test
  void saysThatGzipIsBroken() throws Exception {
    byte[] broken = ScriptedServer.gzip(FEED);
    broken[2] = 99;
    try (ScriptedServer server = ScriptedServer.sending(GZIPPED, broken);
        HttpSource source = source(server, TestSettings.usual())) {
      assertThatThrownBy(source::fetch)
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("its gzip is broken");
    }
  }

  @Test
  void saysThatTheConnectionBroke() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.streaming(
                "",
                (out, self) -> {
                  out.write(FEED);
                  out.flush();
                  self.hangUp();
                });
        HttpSource source = source(server, TestSettings.usual());
        FeedContent feed = TestSettings.content(source)) {
      assertThat(feed.body().readNBytes(FEED.length)).isEqualTo(FEED);
      server.nowHangUp();
      assertThatThrownBy(() -> feed.body().read())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("(after 50,004 bytes)");
    }
  }

  @Test
  void saysThatLessCameThanWasPromised() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.start((out, self) -> {
              ScriptedServer.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n[1]");
              self.hangUp();
            });
        HttpSource source = source(server, TestSettings.usual());
        FeedContent feed = TestSettings.content(source)) {
      server.nowHangUp();
      assertThatThrownBy(() -> feed.body().readAllBytes())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("(after 3 bytes)");
    }
  }

  @Test
  void givesUpABodyThatStops() throws Exception {
    Timeouts impatient = timeouts(Duration.ofMillis(200), TestSettings.AMPLE);
    try (ScriptedServer server =
            ScriptedServer.streaming(
                "",
                (out, self) -> {
                  out.write(FEED);
                  out.flush();
                  self.silence();
                });
        HttpSource source = source(server, TestSettings.with(impatient, 3));
        FeedContent feed = TestSettings.content(source)) {
      assertThat(feed.body().readNBytes(FEED.length)).isEqualTo(FEED);
      assertThatThrownBy(() -> feed.body().read())
          .isInstanceOf(IOException.class)
          .hasMessage("the server sent nothing more for 0.2 s (after 50,004 bytes)");
    }
  }

  @Test
  void givesUpABodyThatDrips() throws Exception {
    Timeouts impatient = timeouts(TestSettings.AMPLE, Duration.ofMillis(300));
    try (ScriptedServer server =
            ScriptedServer.streaming(
                "",
                (out, self) -> {
                  out.write("[    ".getBytes(UTF_8));
                  while (true) {
                    out.write(' ');
                    out.flush();
                    self.rest();
                  }
                });
        HttpSource source = source(server, TestSettings.with(impatient, 3));
        FeedContent feed = TestSettings.content(source)) {
      assertThatThrownBy(() -> feed.body().readAllBytes())
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("the server took more than 0.3 s over it (after ");
    }
  }

  @Test
  void fetchesAgainAfterABodyBrokeOff() throws Exception {
    byte[] good = "[       1]".getBytes(UTF_8);
    try (ScriptedServer server =
            ScriptedServer.start((out, self) -> {
              ScriptedServer.write(
                  out, "HTTP/1.1 200 OK\r\nETag: \"v1\"\r\nContent-Length: 10\r\n\r\n");
              out.write(good, 0, self.requests().size() == 1 ? 5 : 10);
              if (self.requests().size() == 1) {
                self.hangUp();
              }
            });
        HttpSource source = source(server, TestSettings.usual())) {
      try (FeedContent feed = TestSettings.content(source)) {
        server.nowHangUp();
        assertThatThrownBy(() -> feed.body().readAllBytes()).isInstanceOf(IOException.class);
        feed.abandon();
      }
      assertThat(source.fetch()).isInstanceOf(Fetch.Wait.class);
      clock.pass(Duration.ofSeconds(30));
      assertThat(TestSettings.read(source)).isEqualTo("[       1]");
      assertThat(server.requests().getLast()).noneMatch(line -> line.startsWith("If-None-Match"));
    }
  }

  private static ScriptedServer endless(byte[] first, byte[] again) throws IOException {
    return ScriptedServer.streaming(
        GZIPPED,
        (out, self) -> {
          out.write(first);
          while (true) {
            out.write(again);
          }
        });
  }

  private HttpSource source(ScriptedServer server, HttpSettings settings) {
    return new HttpSource(server.url(), settings, clock);
  }

  private static Timeouts timeouts(Duration stall, Duration body) {
    return new Timeouts(TestSettings.AMPLE, TestSettings.AMPLE, stall, body);
  }
}
