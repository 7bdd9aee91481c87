package org.airlens.app.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The dashboard's files, as the product serves them. */
class DashboardFilesIT {

  private static final Pattern SCRIPT = Pattern.compile("src=\"(/assets/[^\"]+\\.js)\"");

  @TempDir static Path folder;

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static RunningAirLens airLens;
  private static String script;

  @BeforeAll
  static void start() throws Exception {
    airLens = RunningAirLens.up(folder, "--source", "sample");
    Matcher found = SCRIPT.matcher(airLens.body(""));
    assertThat(found.find()).as("the page has a script").isTrue();
    script = found.group(1);
  }

  @AfterAll
  static void stop() {
    airLens.close();
    CLIENT.shutdownNow();
  }

  @Test
  void thePageAsksEachTimeAndItsHashedFilesNever() throws Exception {
    HttpResponse<byte[]> page = get("/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-cache");
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
    HttpResponse<byte[]> hashed = get(script);
    assertThat(hashed.headers().firstValue("Cache-Control"))
        .hasValue("public, max-age=31536000, immutable");
    assertThat(hashed.headers().firstValue("Content-Type"))
        .hasValue("text/javascript; charset=utf-8");
    assertThat(get("/icon.svg").headers().firstValue("Cache-Control")).hasValue("no-cache");
  }

  @Test
  void theSmallestCodingThatTheClientTakesIsSent() throws Exception {
    byte[] plain = get(script).body();
    assertThat(get(script).headers().firstValue("Content-Encoding")).isEmpty();

    HttpResponse<byte[]> gzipped = get(script, "Accept-Encoding", "gzip");
    assertThat(gzipped.headers().firstValue("Content-Encoding")).hasValue("gzip");
    assertThat(gunzipped(gzipped.body())).isEqualTo(plain);

    HttpResponse<byte[]> brotli = get(script, "Accept-Encoding", "gzip, deflate, br");
    assertThat(brotli.headers().firstValue("Content-Encoding")).hasValue("br");
    assertThat(brotli.body()).hasSizeLessThan(gzipped.body().length);
    assertThat(brotli.headers().firstValue("Vary")).hasValue("Accept-Encoding");
  }

  @Test
  void aRefusedCodingIsNotSent() throws Exception {
    HttpResponse<byte[]> answer = get(script, "Accept-Encoding", "br;q=0, gzip");
    assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("gzip");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/icon.svg", "script"})
  void whoHasAFileIsNotSentItAgain(String path) throws Exception {
    String asked = path.equals("script") ? script : path;
    String etag = get(asked).headers().firstValue("ETag").orElseThrow();
    HttpResponse<byte[]> again = get(asked, "If-None-Match", etag, "Accept-Encoding", "br");
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(get(asked, "If-None-Match", "\"another\"").statusCode()).isEqualTo(200);
  }

  @Test
  void onlyTheHeadersAreSentToWhoAsksForThem() throws Exception {
    HttpResponse<byte[]> whole = get(script, "Accept-Encoding", "br");
    HttpResponse<byte[]> head = send("HEAD", script, "Accept-Encoding", "br");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("Content-Length"))
        .hasValue(Integer.toString(whole.body().length));
    assertThat(head.headers().firstValue("Content-Encoding")).hasValue("br");
    assertThat(head.headers().firstValue("ETag")).isEqualTo(whole.headers().firstValue("ETag"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/assets/no-such-file.js",
        "/assets/",
        "/assets",
        "/files.txt",
        "/org/airlens/web/index.html",
        "/index.html.gz",
        "/../../../../etc/passwd",
        "/assets/../files.txt",
        "/assets/..%2f..%2f..%2fetc%2fpasswd",
        "/assets/%2e%2e/%2e%2e/logback.xml",
        "/assets/..\\..\\files.txt",
        "//etc/passwd",
        "/assets/%00"
      })
  void nothingElseIsServed(String path) throws Exception {
    String answer = raw(path);
    assertThat(answer).matches("(?s)HTTP/1.1 (400|404) .*");
    assertThat(answer).doesNotContain("root:", "<html", "\tbr,gzip");
  }

  @Test
  void nothingInThePageItselfMayRun() throws Exception {
    String policy = policy("/");
    assertThat(policy)
        .contains("default-src 'none'", "script-src 'self'", "style-src 'self'")
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe", "http:", "https:", "img-src *");
    assertThat(policy("/?embed=map")).contains("frame-ancestors *").doesNotContain("unsafe");
    String page = airLens.body("");
    assertThat(page).doesNotContain("<style", " style=", " onload=", "<script>");
    assertThat(get("/").headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
  }

  @Test
  void aFileIsOnlyRead() throws Exception {
    HttpResponse<byte[]> answer = send("POST", script);
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow").orElse("")).contains("GET", "HEAD");
  }

  private static String policy(String path) throws Exception {
    return get(path).headers().firstValue("Content-Security-Policy").orElseThrow();
  }

  private static HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    return send("GET", path, headers);
  }

  private static HttpResponse<byte[]> send(String method, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(airLens.url().resolve(path)).method(method, BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
  }

  /** The answer to a path that goes out as it is written. */
  private static String raw(String path) throws IOException {
    int port = airLens.url().getPort();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private static byte[] gunzipped(byte[] bytes) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    }
  }
}
