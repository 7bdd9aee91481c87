package org.airlens.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.airlens.model.Reading;
import org.airlens.model.TestReadings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Large downloads: whole, in bounded memory, and not held up by those who do not take theirs. */
class DownloadsTest {

  private static final int SENSORS = 25_000;
  private static final int CYCLES = 40;
  private static final String ALL = "/api/v1/readings?format=csv&sort=timestamp&from=2018-12-01";

  private static final long WATCHED = 999_999;

  private static final AtomicReference<Optional<String>> PROBLEM =
      new AtomicReference<>(Optional.empty());

  private static final FailingStore.Listings LISTINGS = new FailingStore.Listings(WATCHED);

  /** Drops clients that stall for half a second. */
  private static TestNode node;

  /** Serves the same and waits as long as usual. */
  private static TestNode patient;

  @BeforeAll
  static void start() {
    node =
        TestNode.setup()
            .limits(Limits.patience(Duration.ofMillis(500)))
            .around(store -> new FailingStore(store, PROBLEM::get, LISTINGS))
            .start();
    patient =
        TestNode.setup()
            .beside(node)
            .around(store -> new FailingStore(store, PROBLEM::get))
            .start();
    for (int cycle = 0; cycle < CYCLES; cycle++) {
      node.keep(Network.sensors(SENSORS, TestReadings.NOON.plusSeconds(150L * cycle)));
    }
  }

  @AfterAll
  static void stop() {
    patient.close();
    node.close();
  }

  @Test
  void aMillionRowsAreStreamedToTheLast() throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(patient.uri(ALL)).header("Accept-Encoding", "identity").build();
    HttpResponse<InputStream> answer = patient.send(request, BodyHandlers.ofInputStream());
    long rows = -1; // The header.
    String last = "";
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        rows++;
        last = line;
      }
    }
    assertThat(rows).isEqualTo((long) SENSORS * CYCLES);
    assertThat(last).startsWith(TestReadings.NOON.plusSeconds(150L * (CYCLES - 1)) + ",25000,");
  }

  @Test
  void noMoreIsReadThanTheClientTakesAndOneThatTakesNothingIsDropped() throws Exception {
    try (RawClient deaf = new RawClient(node)) {
      deaf.ask(ALL + "&limit=" + WATCHED).hearUntil("2018-12-20T12:00:00Z,9,");
      LISTINGS.closed.acquire();
      // What fills the buffers between the two, and a page of the store.
      assertThat(LISTINGS.taken.get()).isLessThan((long) SENSORS * CYCLES / 2);
      assertThat(deaf.hearToTheEnd()).doesNotEndWith("\r\n0\r\n\r\n");
    }
  }

  @Test
  void clientsThatDoNotReadDoNotKeepOthersFromDownloading() {
    List<RawClient> deaf = new ArrayList<>();
    try {
      for (int i = 0; i < Services.DOWNLOADS_AT_ONCE; i++) {
        RawClient client = new RawClient(node);
        client.ask(ALL).hearUntil("2018-12-20T12:00:00Z,1,");
        deaf.add(client);
      }
      assertThat(node.get("/api/v1/readings?format=csv&limit=1").statusCode()).isEqualTo(200);
    } finally {
      deaf.forEach(RawClient::close);
    }
  }

  @Test
  void aDownloadThatFailsMidwayDoesNotLookWhole() {
    HttpRequest request = HttpRequest.newBuilder(patient.uri(ALL)).build();
    HttpResponse<InputStream> answer = patient.send(request, BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    try {
      PROBLEM.set(Optional.of("the disk broke"));
      assertThatThrownBy(() -> answer.body().transferTo(OutputStream.nullOutputStream()))
          .isInstanceOf(IOException.class);
    } finally {
      PROBLEM.set(Optional.empty());
    }
    assertThat(patient.get("/livez").statusCode()).isEqualTo(200);
  }

  @Test
  void aCloseDoesNotWaitForWhoDoesNotRead() {
    List<Reading> readings = Network.sensors(20_000, Instant.parse("2018-12-20T00:00:00Z"));
    TestNode other = TestNode.setup().readings(readings).start();
    int port = other.port();
    try (RawClient deaf = new RawClient(other)) {
      deaf.ask("/api/v1/readings?format=csv").hearUntil("2018-12-20T00:00:00Z,1,");
      other.close();
      deaf.hearToTheEnd();
    }
    assertThatThrownBy(() -> new RawClient(port)).isInstanceOf(UncheckedIOException.class);
  }
}
