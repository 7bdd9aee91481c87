package org.airlens.collect.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import java.net.URI;
import java.time.Duration;
import org.airlens.collect.FeedContent;
import org.airlens.collect.Fetch;
import org.airlens.collect.SourceException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How often and how the server is asked. */
class HttpMannersTest {

  private static final Duration FLOOR = Duration.ofSeconds(30);

  private final WireMockServer server = new WireMockServer(options().dynamicPort());
  private final MovableClock clock = new MovableClock();
  private HttpSource source =
      new HttpSource(URI.create("http://unused"), TestSettings.usual(), clock);

  @BeforeEach
  void start() {
    server.start();
    source.close();
    source = source("/data.json");
  }

  @AfterEach
  void stop() {
    source.close();
    server.stop();
  }

  @Test
  void saysWhoAsksAndThatGzipWillDo() throws Exception {
    answer(ok("[1]"));
    assertThat(TestSettings.read(source)).isEqualTo("[1]");
    server.verify(
        getRequestedFor(urlEqualTo("/data.json"))
            .withHeader("User-Agent", equalTo(TestSettings.USER_AGENT))
            .withHeader("Accept-Encoding", equalTo("gzip"))
            .withoutHeader("If-None-Match")
            .withoutHeader("If-Modified-Since"));
  }

  @Test
  void asksOnlyForWhatIsNewAfterAnAcknowledgement() throws Exception {
    answer(versioned(ok("[1]")));
    TestSettings.read(source);
    answer(aResponse().withStatus(304));
    clock.pass(FLOOR);
    assertThat(source.fetch()).isEqualTo(new Fetch.Unchanged());
    server.verify(
        1,
        getRequestedFor(urlEqualTo("/data.json"))
            .withHeader("If-None-Match", equalTo("\"v1\""))
            .withHeader("If-Modified-Since", equalTo("Sun, 01 Mar 2026 11:59:00 GMT")));
  }

  @Test
  void asksForTheVersionThatWasAcknowledgedLast() throws Exception {
    answer(ok("[1]").withHeader("ETag", "\"v1\""));
    TestSettings.read(source);
    clock.pass(FLOOR);
    answer(ok("[2]").withHeader("ETag", "\"v2\""));
    TestSettings.read(source);
    clock.pass(FLOOR);
    answer(ok("[3]"));
    TestSettings.read(source);
    clock.pass(FLOOR);
    TestSettings.read(source);
    assertThat(
            server.getAllServeEvents().reversed().stream()
                .map(event -> String.valueOf(event.getRequest().getHeader("If-None-Match"))))
        .containsExactly("null", "\"v1\"", "\"v2\"", "null");
  }

  @Test
  void fetchesAgainWhatWasNotAcknowledged() throws Exception {
    answer(versioned(ok("[1]")).withHeader("Cache-Control", "max-age=240"));
    try (FeedContent feed = TestSettings.content(source)) {
      assertThat(feed.body().readAllBytes()).hasSize(3);
    }
    clock.pass(FLOOR);
    assertThat(TestSettings.read(source)).isEqualTo("[1]");
    server.verify(2, getRequestedFor(urlEqualTo("/data.json")).withoutHeader("If-None-Match"));
  }

  @Test
  void fetchesAgainWhatWasAbandoned() throws Exception {
    answer(versioned(ok("[1]")));
    try (FeedContent feed = TestSettings.content(source)) {
      feed.abandon();
    }
    clock.pass(FLOOR);
    assertThat(TestSettings.read(source)).isEqualTo("[1]");
  }

  @Test
  void asksNoFasterThanTheFeedIsRegenerated() throws Exception {
    answer(versioned(ok("[1]")));
    TestSettings.read(source);
    answer(aResponse().withStatus(304));
    for (int cycle = 0; cycle < 30; cycle++) {
      clock.pass(Duration.ofSeconds(10));
      Fetch fetch = source.fetch();
      assertThat(fetch).isInstanceOfAny(Fetch.Fresh.class, Fetch.Unchanged.class);
    }
    server.verify(11, getRequestedFor(urlEqualTo("/data.json")));
  }

  @Test
  void waitsAsLongAsTheAnswerHolds() throws Exception {
    answer(ok("[1]").withHeader("Cache-Control", "max-age=90").withHeader("Age", "20"));
    TestSettings.read(source);
    clock.pass(Duration.ofSeconds(10));
    assertThat(source.fetch()).isEqualTo(new Fetch.Fresh(Duration.ofSeconds(60)));
    clock.pass(Duration.ofSeconds(60));
    assertThat(TestSettings.read(source)).isEqualTo("[1]");
  }

  @Test
  void takesTheLifeTimeOfA304() throws Exception {
    answer(versioned(ok("[1]")));
    TestSettings.read(source);
    clock.pass(FLOOR);
    answer(aResponse().withStatus(304).withHeader("Cache-Control", "max-age=120"));
    assertThat(source.fetch()).isEqualTo(new Fetch.Unchanged());
    clock.pass(Duration.ofSeconds(119));
    assertThat(source.fetch()).isEqualTo(new Fetch.Fresh(Duration.ofSeconds(1)));
    clock.pass(Duration.ofSeconds(1));
    assertThat(source.fetch()).isEqualTo(new Fetch.Unchanged());
  }

  @Test
  void readsExpiresByTheServersClock() throws Exception {
    answer(
        ok("[1]")
            .withHeader("Date", "Sun, 01 Mar 2020 00:00:00 GMT")
            .withHeader("Expires", "Sun, 01 Mar 2020 00:01:00 GMT"));
    TestSettings.read(source);
    assertThat(source.fetch()).isEqualTo(new Fetch.Fresh(Duration.ofSeconds(60)));
  }

  @ParameterizedTest
  @CsvSource({"max-age=31536000,300", "max-age=1,30", "no-store,30"})
  void boundsAbsurdLifeTimes(String cacheControl, long seconds) throws Exception {
    answer(ok("[1]").withHeader("Cache-Control", cacheControl));
    TestSettings.read(source);
    assertThat(source.fetch()).isEqualTo(new Fetch.Fresh(Duration.ofSeconds(seconds)));
  }

  @Test
  void asksAgainWhenTheClockWasSetBack() throws Exception {
    answer(ok("[1]"));
    TestSettings.read(source);
    clock.pass(Duration.ofDays(-1));
    assertThat(TestSettings.read(source)).isEqualTo("[1]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "503 | 120                           | 120",
        "429 | 120                           | 120",
        "403 | 600                           | 600",
        "503 | Sun, 01 Mar 2026 12:02:00 GMT | 120",
        "503 | 1                             | 30",
        "503 | 31536000                      | 3600",
      })
  void leavesTheServerAloneForAsLongAsItSays(int status, String retryAfter, long seconds)
      throws Exception {
    answer(
        aResponse()
            .withStatus(status)
            .withHeader("Date", "Sun, 01 Mar 2026 12:00:00 GMT")
            .withHeader("Retry-After", retryAfter));
    assertThat(source.fetch())
        .isInstanceOfSatisfying(
            Fetch.Wait.class,
            wait -> {
              assertThat(wait.pause()).isEqualTo(Duration.ofSeconds(seconds));
              assertThat(wait.reason()).startsWith("it answered " + status);
            });
    clock.pass(Duration.ofSeconds(seconds - 1));
    assertThat(source.fetch()).isInstanceOf(Fetch.Wait.class);
    server.verify(1, getRequestedFor(urlEqualTo("/data.json")));
    answer(ok("[1]"));
    clock.pass(Duration.ofSeconds(1));
    assertThat(TestSettings.read(source)).isEqualTo("[1]");
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 429})
  void leavesTheServerAloneThatRefusesThisClient(int status) throws Exception {
    answer(aResponse().withStatus(status));
    assertThatThrownBy(source::fetch).isInstanceOf(SourceException.class);
    assertThat(source.fetch())
        .isInstanceOfSatisfying(
            Fetch.Wait.class,
            wait -> {
              assertThat(wait.pause()).isEqualTo(Duration.ofMinutes(5));
              assertThat(wait.reason()).startsWith("it answered " + status);
            });
    server.verify(1, getRequestedFor(urlEqualTo("/data.json")));
  }

  @Test
  void sendsUserAndPasswordAndShowsThemNowhere() throws Exception {
    source.close();
    source =
        new HttpSource(
            URI.create("http://me:open%20sesame@localhost:" + server.port() + "/data.json?token=t"),
            TestSettings.usual(),
            clock);
    server.stubFor(
        get(urlEqualTo("/data.json?token=t"))
            .withBasicAuth("me", "open sesame")
            .willReturn(ok("[1]")));
    String shown = "http://localhost:%d/data.json?token=***".formatted(server.port());
    assertThat(source.name()).isEqualTo(shown);
    try (FeedContent feed = TestSettings.content(source)) {
      assertThat(feed.name()).isEqualTo(shown);
    }
  }

  private void answer(ResponseDefinitionBuilder response) {
    server.stubFor(get(urlEqualTo("/data.json")).willReturn(response));
  }

  private HttpSource source(String path) {
    return new HttpSource(URI.create(server.baseUrl() + path), TestSettings.usual(), clock);
  }

  private static ResponseDefinitionBuilder versioned(ResponseDefinitionBuilder response) {
    return response
        .withHeader("ETag", "\"v1\"")
        .withHeader("Last-Modified", "Sun, 01 Mar 2026 11:59:00 GMT");
  }
}
