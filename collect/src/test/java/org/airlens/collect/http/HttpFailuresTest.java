package org.airlens.collect.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.airlens.collect.SourceException;
import org.airlens.collect.http.HttpSettings.Timeouts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One clear message for each way in which a server can have no feed. */
class HttpFailuresTest {

  private final MovableClock clock = new MovableClock();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401 | 1 | 401 Unauthorized; put the user and password into its address: https://user:password@…",
        "403 | 1 | 403 Forbidden: it refuses this client, as it does when asked too often; take a longer --interval and see that the User-Agent names your contact",
        "404 | 1 | 404 Not Found; check the address of --source",
        "410 | 1 | 410 Gone: it was given up; put its successor into --source",
        "429 | 1 | 429 Too Many Requests; take a longer --interval",
        "418 | 1 | 418 where 200 was expected; check the address of --source",
        "204 | 1 | 204 where 200 was expected; check the address of --source",
        "206 | 1 | 206 where 200 was expected; check the address of --source",
        "304 | 1 | 304 where 200 was expected; check the address of --source",
        "500 | 3 | 500 Internal Server Error: the server is in trouble; it will be asked again",
        "502 | 3 | 502 Bad Gateway: the server is in trouble; it will be asked again",
        "503 | 3 | 503 Service Unavailable: the server is in trouble; it will be asked again",
        "504 | 3 | 504 Gateway Timeout: the server is in trouble; it will be asked again",
        "521 | 3 | 521: the server is in trouble; it will be asked again",
      })
  void saysWhatAStatusMeans(int status, int requests, String problem) throws IOException {
    String body = status == 204 || status == 304 ? "" : "Content-Length: 5\r\n\r\nsorry";
    try (ScriptedServer server =
        ScriptedServer.start((out, self) ->
            ScriptedServer.write(
                out, "HTTP/1.1 %d Some\r\n%s".formatted(status, body.isEmpty() ? "\r\n" : body)))) {
      assertFails(server, "it answered " + problem);
      assertThat(server.requests()).hasSize(requests);
    }
  }

  @Test
  void waitsForNoErrorPageWithoutEnd() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.start((out, self) -> {
          ScriptedServer.write(out, "HTTP/1.1 404 Not Found\r\nContent-Length: 99\r\n\r\nHm");
          self.silence();
        })) {
      assertFails(server, "it answered 404 Not Found; check the address of --source");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/html        | an HTML page (text/html) where the feed should be: <!DOCTYPE html> <html><title>502 Bad Gateway</title>; check the address of --source, or log in to the network",
        "application/json | an HTML page (application/json) where the feed should be: <!DOCTYPE html> <html><title>502 Bad Gateway</title>; check the address of --source, or log in to the network",
      })
  void knowsAnHtmlPage(String type, String problem) throws IOException {
    String page = "\n  <!DOCTYPE html>\n<html><title>502 Bad Gateway</title>";
    try (ScriptedServer server =
        ScriptedServer.sending("Content-Type: " + type + "\r\n", page.getBytes(UTF_8))) {
      assertFails(server, "it answered 200 with " + problem);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void takesAFeedThatIsCalledHtml() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.sending("Content-Type: text/html\r\n", "[1]".getBytes(UTF_8));
        HttpSource source = new HttpSource(server.url(), TestSettings.usual(), clock)) {
      assertThat(TestSettings.read(source)).isEqualTo("[1]");
    }
  }

  @Test
  void knowsWhatIsNoArray() throws IOException {
    String text = "{\"error\":\"" + "long ".repeat(100) + "\"}";
    try (ScriptedServer server = ScriptedServer.sending("", text.getBytes(UTF_8))) {
      assertFails(
          server,
          "it answered 200 with something (without a Content-Type) that is no JSON array of readings: {\"error\":\"long long long long long long long long long long …; check the address of --source");
    }
  }

  @Test
  void knowsAnEmptyDocument() throws IOException {
    try (ScriptedServer server = ScriptedServer.sending("", new byte[0])) {
      assertFails(server, "it answered 200 with an empty document; it will be asked again");
      assertThat(server.requests()).hasSize(3);
    }
  }

  @Test
  void knowsAnEncodingThatItCanNotRead() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.sending("Content-Encoding: br\r\n", "[1]".getBytes(UTF_8))) {
      assertFails(server, "it answered with Content-Encoding br, though gzip was asked for");
    }
  }

  @Test
  void saysThatThereIsNoSuchHost() {
    assertFails(
        URI.create("https://me:pw@feed.invalid/data.json?key=1"),
        TestSettings.usual(),
        "can't read https://feed.invalid/data.json?key=***: there is no host feed.invalid; check the address, and this machine's network and DNS");
  }

  @Test
  void saysThatTheConnectionIsRefused() throws IOException {
    int port;
    try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = door.getLocalPort();
    }
    assertFails(
        URI.create("http://localhost:" + port),
        TestSettings.usual(),
        "can't read http://localhost:%d/: localhost:%d refuses the connection; check the port, or whether the server is down"
            .formatted(port, port));
  }

  @Test
  void saysThatNoConnectionCameAbout() throws IOException {
    // A full backlog: the kernel lets further connections wait.
    try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<Socket> waiting = new ArrayList<>();
      try {
        for (int i = 0; i < 4; i++) {
          Socket socket = new Socket();
          waiting.add(socket);
          fill(socket, door);
        }
        HttpSettings impatient =
            TestSettings.with(
                new Timeouts(
                    Duration.ofMillis(100),
                    TestSettings.AMPLE,
                    TestSettings.AMPLE,
                    TestSettings.AMPLE),
                1);
        int port = door.getLocalPort();
        assertFails(
            URI.create("http://localhost:" + port + "/"),
            impatient,
            "can't read http://localhost:%d/: no connection to localhost:%d within 100 ms; check this machine's network and firewall"
                .formatted(port, port));
      } finally {
        for (Socket socket : waiting) {
          socket.close();
        }
      }
    }
  }

  @Test
  void saysThatNoAnswerCame() throws IOException {
    HttpSettings impatient =
        TestSettings.with(
            new Timeouts(
                TestSettings.AMPLE, Duration.ofMillis(200), TestSettings.AMPLE, TestSettings.AMPLE),
            1);
    try (ScriptedServer server =
        ScriptedServer.start((out, self) -> {
          ScriptedServer.write(out, "HTTP/1.1 200 OK\r\nX-Slow: ");
          self.silence();
        })) {
      int port = server.url().getPort();
      assertFails(
          server.url(),
          impatient,
          "can't read %s: localhost:%d took the connection but did not answer within 200 ms; it will be asked again"
              .formatted(server.url(), port));
    }
  }

  @Test
  void saysThatTheServerHungUp() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.start((out, self) -> {
          throw new IOException("hang up");
        })) {
      assertThatThrownBy(() -> fetch(server.url(), TestSettings.usual()))
          .isInstanceOf(SourceException.class)
          .hasMessageStartingWith(
              "can't read %s: localhost:%d broke the connection off (",
              server.url(), server.url().getPort());
      // The JDK repeats a request of its own accord when nothing at all came back.
      assertThat(server.requests()).hasSizeBetween(3, 6);
    }
  }

  @Test
  void saysThatWhatAnswersIsNoHttp() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.start((out, self) -> {
          ScriptedServer.write(out, "220 mail.example.org ESMTP\r\n");
          throw new IOException("hang up");
        })) {
      assertThatThrownBy(() -> fetch(server.url(), TestSettings.usual()))
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("broke the connection off (Invalid status line");
    }
  }

  private void assertFails(ScriptedServer server, String problem) {
    assertFails(server.url(), TestSettings.usual(), "can't read " + server.url() + ": " + problem);
  }

  private void assertFails(URI url, HttpSettings settings, String message) {
    assertThatThrownBy(() -> fetch(url, settings))
        .isInstanceOf(SourceException.class)
        .hasMessage(message);
  }

  private void fetch(URI url, HttpSettings settings) throws SourceException {
    try (HttpSource source = new HttpSource(url, settings, clock)) {
      source.fetch();
    }
  }

  private static void fill(Socket socket, ServerSocket door) throws IOException {
    try {
      socket.connect(door.getLocalSocketAddress(), 50);
    } catch (SocketTimeoutException e) {
      // The backlog is full now, as wanted.
    }
  }
}
