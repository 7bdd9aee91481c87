package org.airlens.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.airlens.app.process.RunningAirLens.Run;
import org.airlens.store.postgres.RealPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One process collects into PostgreSQL, others serve from it. */
@SuppressWarnings("NullAway.Init") // Set before all tests.
class SharedStoreIT {

  private static RealPostgres server;

  private final String store = server.newDatabase();

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    server = RealPostgres.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void nodesServeTheSameAndFollowWhatIsCollected() throws Exception {
    Run nothing = run("serve", "--port", "0");
    assertThat(nothing.exit()).isEqualTo(1);
    assertThat(nothing.err())
        .contains("holds no AirLens tables yet; start airlens up or airlens collect on it first")
        .doesNotContain("s3cret");

    assertThat(run("collect", "--once", "--source", "sample").out())
        .isEqualTo("10760 new, 0 known, 0 rejected\n");
    assertThat(run("collect", "--once", "--source", "sample").out())
        .isEqualTo("0 new, 10760 known, 0 rejected\n");
    assertThat(run("export").out().lines()).hasSize(10_761);

    try (RunningAirLens one = start("serve", "--port", "0");
        RunningAirLens other = start("serve", "--port", "0")) {
      String latest = one.body("api/v1/latest");
      assertThat(latest).contains("\"sensor_id\"").isEqualTo(other.body("api/v1/latest"));
      for (String path :
          List.of(
              "api/v1/stats?measure=aqi",
              "api/v1/series?measure=P2&interval=30m",
              "api/v1/readings?measure=P2&sort=-P2&limit=5",
              "api/v1/sensors")) {
        assertThat(one.body(path)).as(path).isEqualTo(other.body(path));
      }
      assertThat(one.get("readyz").statusCode()).isEqualTo(200);

      ConcurrentLinkedQueue<String> events = new ConcurrentLinkedQueue<>();
      try (HttpClient client = HttpClient.newHttpClient();
          Stream<String> stream = stream(client, other)) {
        Thread.ofVirtual().start(() -> collect(stream, events));
        one.await("the stream", () -> !events.isEmpty() ? true : null);
        try (RunningAirLens up = start("up", "--port", "0", "--source", emptyCapture())) {
          assertThat(push(up.ready(), 4711)).isEqualTo(201);
          for (RunningAirLens node : List.of(one, other)) {
            node.await(
                "the pushed reading",
                () -> node.body("api/v1/latest").contains("4711") ? true : null);
          }
          one.await(
              "its event",
              () -> events.stream().anyMatch(line -> line.contains("4711")) ? true : null);

          Run second = run("collect", "--once", "--source", "sample");
          assertThat(second.exit()).isEqualTo(1);
          assertThat(second.err())
              .startsWith("airlens: another process writes to postgresql://airlens@127.0.0.1")
              .doesNotContain("s3cret");
        }
        // Who serves goes on without who collects.
        assertThat(one.body("api/v1/latest"))
            .contains("4711")
            .isEqualTo(other.body("api/v1/latest"));
      }
      assertThat(one.err() + other.err()).doesNotContain("ERROR", "s3cret");
    }
    assertThat(run("config").out()).contains("postgresql://airlens:***@").doesNotContain("s3cret");
  }

  @Test
  void aNodeOutlivesTheDatabaseAndShowsWhatWasCollectedMeanwhile() throws Exception {
    assertThat(run("collect", "--once", "--source", emptyCapture()).exit()).isZero();
    try (RunningAirLens node = start("serve", "--port", "0")) {
      assertThat(node.body("api/v1/latest")).contains("\"features\":[]");
      server.crash();
      node.await("trouble", () -> node.get("readyz").statusCode() == 503 ? true : null);
      assertThat(node.body("api/v1/latest")).contains("\"features\":[]");
      server.startAgain();
      assertThat(run("collect", "--once", "--source", "sample").exit()).isZero();
      node.await(
          "the sample",
          () -> node.body("api/v1/latest").contains("\"sensor_id\":7789") ? true : null);
      node.await("no trouble", () -> node.get("readyz").statusCode() == 200 ? true : null);
    }
  }

  private String emptyCapture() throws IOException {
    return Files.writeString(folder.resolve("empty.json"), "[]").toString();
  }

  private static Stream<String> stream(HttpClient client, RunningAirLens node) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(node.url().resolve("api/v1/stream")).build();
    return client.send(request, BodyHandlers.ofLines()).body();
  }

  private static void collect(Stream<String> stream, Queue<String> events) {
    try {
      stream.forEach(events::add);
    } catch (UncheckedIOException e) {
      // It was closed.
    }
  }

  private static int push(URI url, long value) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve("/v1/push-sensor-data/"))
            .header("X-Sensor", "esp8266-12345")
            .header("X-Pin", "15")
            .POST(
                BodyPublishers.ofString(
                    "{\"sensordatavalues\":[{\"value_type\":\"noise_LAeq\",\"value\":\"%d\"}]}"
                        .formatted(value)))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.discarding()).statusCode();
    }
  }

  private RunningAirLens start(String... arguments) throws IOException {
    return RunningAirLens.start(folder, onStore(arguments));
  }

  private Run run(String... arguments) throws Exception {
    return RunningAirLens.run(folder, onStore(arguments));
  }

  private String[] onStore(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--store", store));
    return all.toArray(String[]::new);
  }
}
