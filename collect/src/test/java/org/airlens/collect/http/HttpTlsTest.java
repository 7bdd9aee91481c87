package org.airlens.collect.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.net.URI;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.airlens.collect.SourceException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Encryption, HTTP/2 and redirects. */
@TestInstance(Lifecycle.PER_CLASS)
class HttpTlsTest {

  private final MovableClock clock = new MovableClock();
  private WireMockServer server;
  private SSLContext trusting;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    TestCertificate certificate = TestCertificate.make(folder);
    trusting = certificate.trust();
    server = server(certificate);
  }

  @BeforeEach
  void reset() {
    server.resetAll();
  }

  @AfterAll
  void stop() {
    server.stop();
  }

  @Test
  void speaksHttp2() throws Exception {
    server.stubFor(get(urlEqualTo("/data.json")).willReturn(ok("[1]").withHeader("ETag", "\"1\"")));
    try (HttpSource source = trusting("/data.json")) {
      assertThat(TestSettings.read(source)).isEqualTo("[1]");
    }
    assertThat(server.getAllServeEvents().getFirst().getRequest().getProtocol())
        .isEqualTo("HTTP/2.0");
  }

  @Test
  void readsAGzippedFeedOfMegabytesOverHttp2() throws Exception {
    String large = "[" + "1,".repeat(500_000) + "1]";
    server.stubFor(get(urlEqualTo("/data.json")).willReturn(ok(large)));
    try (HttpSource source = trusting("/data.json")) {
      assertThat(TestSettings.read(source)).isEqualTo(large);
    }
  }

  @Test
  void followsRedirectsFromTlsToTls() throws Exception {
    redirect("/data.json", "/moved.json?x=1#there");
    server.stubFor(get(urlEqualTo("/moved.json?x=1")).willReturn(ok("[1]")));
    try (HttpSource source = trusting("/data.json")) {
      assertThat(TestSettings.read(source)).isEqualTo("[1]");
    }
  }

  @Test
  void followsRedirectsToTls() throws Exception {
    redirect("/data.json", server.url("/moved.json").replace("http:", "https:"));
    server.stubFor(get(urlEqualTo("/moved.json")).willReturn(ok("[1]")));
    URI plain = URI.create("http://localhost:%d/data.json".formatted(server.port()));
    try (HttpSource source = new HttpSource(plain, TestSettings.usual(), clock, trusting)) {
      assertThat(TestSettings.read(source)).isEqualTo("[1]");
    }
  }

  @Test
  void keepsUserAndPasswordFromOtherServers() throws Exception {
    redirect("/data.json", "https://localhost:%d/moved.json".formatted(server.httpsPort()));
    server.stubFor(get(urlEqualTo("/moved.json")).willReturn(ok("[1]")));
    URI plain = URI.create("http://me:pw@localhost:%d/data.json".formatted(server.port()));
    try (HttpSource source = new HttpSource(plain, TestSettings.usual(), clock, trusting)) {
      assertThat(TestSettings.read(source)).isEqualTo("[1]");
    }
    server.verify(getRequestedFor(urlEqualTo("/moved.json")).withHeader("Authorization", absent()));
  }

  @Test
  void followsNoRedirectAwayFromTls() {
    redirect("/data.json", "http://me:pw@localhost:%d/a?token=t".formatted(server.port()));
    assertFails(
        "/data.json",
        "it redirects to http://localhost:%d/a?token=***, which is not encrypted and so not followed; if that is right, put it into --source"
            .formatted(server.port()));
    server.verify(0, getRequestedFor(urlEqualTo("/a?token=t")));
  }

  @Test
  void followsNoRedirectWithoutEnd() {
    redirect("/data.json", "/data.json");
    assertFails(
        "/data.json",
        "it redirects more than 5 times, last to %s; put its own address into --source"
            .formatted(https("/data.json")));
    server.verify(6, getRequestedFor(urlEqualTo("/data.json")));
  }

  @Test
  void followsNoRedirectToNowhere() {
    for (String location : new String[] {"", "https://", "file:///etc/passwd", "https://a b/"}) {
      redirect("/data.json", location);
      assertFails(
          "/data.json",
          "it answered 302 without an address to go on to; check the address of --source");
    }
  }

  @Test
  void saysThatACertificateIsNotTrusted() {
    try (HttpSource source = new HttpSource(https("/"), TestSettings.usual(), clock)) {
      assertThatThrownBy(source::fetch)
          .isInstanceOf(SourceException.class)
          .hasMessageMatching(
              "can't read https://localhost:\\d+/: the certificate of localhost:\\d+ is not to be trusted \\(.+\\); check this machine's clock and CA certificates, and what stands between");
    }
  }

  @Test
  void saysThatACertificateIsForAnotherHost() {
    URI byNumber = URI.create("https://127.0.0.1:%d/".formatted(server.httpsPort()));
    try (HttpSource source = new HttpSource(byNumber, TestSettings.usual(), clock, trusting)) {
      assertThatThrownBy(source::fetch)
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("the certificate of 127.0.0.1:")
          .hasMessageContaining("No subject alternative names");
    }
  }

  @Test
  void saysThatTheServerDoesNotSpeakTls() {
    URI wrong = URI.create("https://localhost:%d/".formatted(server.port()));
    try (HttpSource source = new HttpSource(wrong, TestSettings.usual(), clock)) {
      assertThatThrownBy(source::fetch)
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("check whether it speaks https on that port");
    }
  }

  private void assertFails(String path, String problem) {
    try (HttpSource source = trusting(path)) {
      assertThatThrownBy(source::fetch)
          .isInstanceOf(SourceException.class)
          .hasMessage("can't read " + https(path) + ": " + problem);
    }
  }

  private void redirect(String from, String to) {
    server.stubFor(
        get(urlEqualTo(from)).willReturn(aResponse().withStatus(302).withHeader("Location", to)));
  }

  private HttpSource trusting(String path) {
    return new HttpSource(https(path), TestSettings.usual(), clock, trusting);
  }

  private URI https(String path) {
    return URI.create("https://localhost:" + server.httpsPort() + path);
  }

  private static WireMockServer server(TestCertificate certificate) {
    WireMockServer server =
        new WireMockServer(
            options()
                .dynamicPort()
                .dynamicHttpsPort()
                .keystorePath(certificate.keyStore().toString())
                .keystoreType("PKCS12")
                .keystorePassword(TestCertificate.PASSWORD)
                .keyManagerPassword(TestCertificate.PASSWORD));
    server.start();
    return server;
  }
}
