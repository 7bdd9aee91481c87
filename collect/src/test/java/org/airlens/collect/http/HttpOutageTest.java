package org.airlens.collect.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.airlens.collect.FeedContent;
import org.airlens.collect.Fetch;
import org.airlens.collect.SourceException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Failures in passing, and failures that last. */
class HttpOutageTest {

  private static final Duration CYCLE = Duration.ofSeconds(10);

  private final WireMockServer server = new WireMockServer(options().dynamicPort());
  private final MovableClock clock = new MovableClock();

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"EMPTY_RESPONSE", "CONNECTION_RESET_BY_PEER", "RANDOM_DATA_THEN_CLOSE"})
  void asksAgainWithinTheFetchAfterAFailureInPassing(Fault fault) throws Exception {
    server.stubFor(
        get(anyUrl())
            .inScenario("passing")
            .whenScenarioStateIs(STARTED)
            .willReturn(aResponse().withFault(fault))
            .willSetStateTo("over"));
    server.stubFor(
        get(anyUrl()).inScenario("passing").whenScenarioStateIs("over").willReturn(ok("[1]")));
    try (HttpSource source = source(TestSettings.usual())) {
      assertThat(TestSettings.read(source)).isEqualTo("[1]");
    }
  }

  @Test
  void asksNoMoreThanThreeTimesWithinAFetch() {
    server.stubFor(get(anyUrl()).willReturn(aResponse().withStatus(503)));
    try (HttpSource source = source(TestSettings.usual())) {
      assertThatThrownBy(source::fetch).isInstanceOf(SourceException.class);
    }
    assertThat(requests()).isEqualTo(3);
  }

  @Test
  void asksNoFurtherWhenTheFetchHasTakenTooLong() {
    server.stubFor(get(anyUrl()).willReturn(aResponse().withStatus(503)));
    HttpSettings usual = TestSettings.usual();
    HttpSettings.Retrying retrying = usual.retrying();
    HttpSettings hurried =
        new HttpSettings(
            usual.userAgent(),
            usual.maxBytes(),
            usual.maxTransferBytes(),
            usual.timeouts(),
            usual.pace(),
            new HttpSettings.Retrying(
                retrying.attempts(),
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                retrying.failures(),
                retrying.firstProbe(),
                retrying.slowestProbe()));
    try (HttpSource source = source(hurried)) {
      assertThatThrownBy(source::fetch).isInstanceOf(SourceException.class);
    }
    assertThat(requests()).isEqualTo(1);
  }

  @Test
  void survivesAFeedThatIsGoneForAnHour() throws Exception {
    server.stubFor(get(anyUrl()).willReturn(ok("[1]")));
    try (HttpSource source = source(TestSettings.withoutRetries())) {
      assertThat(TestSettings.read(source)).isEqualTo("[1]");
      server.resetAll();
      server.stubFor(get(anyUrl()).willReturn(aResponse().withStatus(503)));
      List<Fetch.Wait> waits = new ArrayList<>();
      int failures = 0;
      for (int cycle = 0; cycle < 360; cycle++) {
        clock.pass(CYCLE);
        try {
          switch (source.fetch()) {
            case Fetch.Wait wait -> waits.add(wait);
            case Fetch other -> assertThat(other).isInstanceOf(Fetch.Fresh.class);
          }
        } catch (SourceException e) {
          failures++;
          assertThat(e).hasMessageContaining("it answered 503 Service Unavailable");
        }
      }
      // Five failures make the outage; then it is probed after 30 s, 1, 2, 4 min, and each 5 min.
      assertThat(failures).isBetween(5 + 4 + 9, 5 + 4 + 11).isEqualTo(requests());
      assertThat(waits.getLast().reason())
          .isEqualTo(
              "failing since 2026-03-01T12:00:00Z, last: it answered 503 Service Unavailable: the server is in trouble; it will be asked again");
      assertThat(waits)
          .allSatisfy(
              wait -> assertThat(wait.pause()).isBetween(Duration.ZERO, Duration.ofMinutes(5)));

      server.resetAll();
      server.stubFor(get(anyUrl()).willReturn(ok("[2]")));
      Duration gone = Duration.ZERO;
      while (source.fetch() instanceof Fetch.Wait) {
        clock.pass(CYCLE);
        gone = gone.plus(CYCLE);
      }
      assertThat(gone).isLessThanOrEqualTo(Duration.ofMinutes(5).plus(CYCLE));
      clock.pass(Duration.ofSeconds(30));
      assertThat(TestSettings.read(source)).isEqualTo("[2]");
    }
  }

  @Test
  void endsTheOutageWithTheFirstContentThatIsAcknowledged() throws Exception {
    server.stubFor(get(anyUrl()).willReturn(aResponse().withStatus(503)));
    try (HttpSource source = source(TestSettings.withoutRetries())) {
      beginOutage(source);
      server.resetAll();
      server.stubFor(get(anyUrl()).willReturn(ok("[1]")));
      clock.pass(Duration.ofSeconds(31));
      assertThat(TestSettings.read(source)).isEqualTo("[1]");
      server.resetAll();
      server.stubFor(get(anyUrl()).willReturn(aResponse().withStatus(503)));
      for (int i = 0; i < 4; i++) {
        clock.pass(Duration.ofSeconds(30));
        assertThatThrownBy(source::fetch).isInstanceOf(SourceException.class);
      }
    }
  }

  @Test
  void countsBodiesThatBreakOff() throws Exception {
    try (ScriptedServer breaking =
            ScriptedServer.start((out, self) -> {
              ScriptedServer.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n[1, 2, 3, 4");
              self.hangUp();
            });
        HttpSource source = new HttpSource(breaking.url(), TestSettings.withoutRetries(), clock)) {
      for (int i = 0; i < 5; i++) {
        try (FeedContent feed = TestSettings.content(source)) {
          breaking.nowHangUp();
          assertThatThrownBy(() -> feed.body().readAllBytes()).isInstanceOf(IOException.class);
          feed.abandon();
        }
        clock.pass(Duration.ofSeconds(30));
      }
      assertThat(source.fetch())
          .isInstanceOfSatisfying(
              Fetch.Wait.class,
              wait -> assertThat(wait.reason()).contains("last: it breaks off: "));
    }
  }

  @Test
  void blamesNoFeedForContentThatCouldNotBeStored() throws Exception {
    server.stubFor(get(anyUrl()).willReturn(ok("[1]")));
    try (HttpSource source = source(TestSettings.withoutRetries())) {
      for (int i = 0; i < 20; i++) {
        try (FeedContent feed = TestSettings.content(source)) {
          assertThat(feed.body().readAllBytes()).hasSize(3);
        }
        clock.pass(Duration.ofSeconds(30));
      }
      assertThat(TestSettings.read(source)).isEqualTo("[1]");
    }
  }

  @Test
  void probesAnOutageAgainWhenWhatCameCouldNotBeStored() throws Exception {
    server.stubFor(get(anyUrl()).willReturn(aResponse().withStatus(503)));
    try (HttpSource source = source(TestSettings.withoutRetries())) {
      beginOutage(source);
      server.resetAll();
      server.stubFor(get(anyUrl()).willReturn(ok("[1]")));
      clock.pass(Duration.ofSeconds(31));
      TestSettings.content(source).close();
      clock.pass(Duration.ofSeconds(30));
      assertThat(TestSettings.read(source)).isEqualTo("[1]");
    }
  }

  private static void beginOutage(HttpSource source) throws SourceException {
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(source::fetch).isInstanceOf(SourceException.class);
    }
    assertThat(source.fetch()).isInstanceOf(Fetch.Wait.class);
  }

  private int requests() {
    return server.getAllServeEvents().size();
  }

  private HttpSource source(HttpSettings settings) {
    return new HttpSource(URI.create(server.baseUrl() + "/data.json"), settings, clock);
  }
}
