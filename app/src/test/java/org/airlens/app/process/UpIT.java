package org.airlens.app.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code airlens up}, as its users run it. */
class UpIT {

  private static final String FEED =
      """
      [{"id":1,"timestamp":"2026-03-01 12:00:00","location":{"id":7,"latitude":"57.1",\
      "longitude":"-2.1","altitude":"","country":"GB"},"sensor":{"id":%d,"pin":"1",\
      "sensor_type":{"id":14,"name":"SDS011","manufacturer":"Nova Fitness"}},\
      "sensordatavalues":[{"value_type":"P1","value":"36"},{"value_type":"P2","value":"39"}]}]
      """;

  @TempDir Path folder;

  @Test
  void servesTheBundledSampleWithItsIndex() throws Exception {
    try (RunningAirLens airLens = up("--source", "sample")) {
      airLens.ready();
      assertThat(airLens.body("api/v1/latest")).contains("\"aqi\":", "\"P2\":");
      airLens.await(
          "the store's count in status, which is a moment old",
          () -> airLens.body("api/v1/status").contains("\"readings\":10760") ? true : null);
      assertThat(airLens.body("api/v1/stats?measure=aqi")).contains("\"bands\":{\"1\":");
      assertThat(airLens.body("")).contains("<title>AirLens");
      assertThat(airLens.body("metrics"))
          .contains(
              "airlens_readings_total{outcome=\"stored\"}",
              "airlens_store_queries_seconds_bucket{kind=\"query\"",
              "jvm_memory_used_bytes");
      assertThat(airLens.err()).contains("10,760 new").doesNotContain("ERROR", "Exception");
    }
  }

  @Test
  void computesTheWorkedExampleOfTheStandard() throws Exception {
    try (RunningAirLens airLens = up("--source", feed(3).toString())) {
      airLens.ready();
      assertThat(airLens.body("api/v1/latest")).contains("\"aqi\":4,\"P1\":36.0,\"P2\":39.0");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void stopsInOrderOnASignalInTheMiddleOfWork(String signal) throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        RunningAirLens airLens =
            up("--source", "sample", "--source", "http://localhost:" + mute.getLocalPort() + "/f");
        Socket asked = mute.accept()) {
      // The feed accepts and then says nothing: the cycle is under way.
      assertThat(asked.isConnected()).isTrue();
      assertThat(airLens.body("livez")).contains("live");
      long begin = System.nanoTime();
      airLens.signal(signal);
      assertThat(airLens.exit()).isZero();
      assertThat(System.nanoTime() - begin)
          .as("the promised five seconds")
          .isLessThan(5_500_000_000L);
      assertThat(airLens.err()).doesNotContain("ERROR", "Exception");
    }
  }

  @Test
  void opensItsStoreAgainAndKnowsTheLatestAtOnce() throws Exception {
    try (RunningAirLens first = up("--source", feed(3).toString())) {
      first.ready();
      first.signal("TERM");
      assertThat(first.exit()).isZero();
    }
    try (RunningAirLens second = serve()) {
      assertThat(second.body("api/v1/latest")).contains("\"sensor_id\":3");
      assertThat(second.body("readyz")).contains("ready");
    }
  }

  @Test
  void saysThatThePortIsInUse() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        RunningAirLens airLens =
            RunningAirLens.start(
                folder, "up", "--source", "sample", "--port", "" + taken.getLocalPort())) {
      assertThat(airLens.exit()).isEqualTo(1);
      assertThat(airLens.err())
          .contains(
              "airlens: port %d on 127.0.0.1 is in use; choose another with --port"
                  .formatted(taken.getLocalPort()));
    }
  }

  @Test
  void saysThatTheDataDirectoryCanNotBeWritten() throws Exception {
    Path file = Files.writeString(folder.resolve("occupied"), "a file");
    try (RunningAirLens airLens = up("--data-dir", file.toString(), "--source", "sample")) {
      assertThat(airLens.exit()).isEqualTo(1);
      assertThat(airLens.err().lines()).hasSize(1);
      assertThat(airLens.err()).startsWith("airlens: ").contains("--data-dir");
    }
  }

  @Test
  void saysThatAnotherProcessHasTheStore() throws Exception {
    try (RunningAirLens first = up("--source", feed(3).toString())) {
      first.ready();
      try (RunningAirLens second = up("--source", "sample")) {
        assertThat(second.exit()).isEqualTo(1);
        assertThat(second.err().lines()).hasSize(1);
        assertThat(second.err()).contains("is in use by process");
      }
      assertThat(first.body("api/v1/latest")).contains("\"sensor_id\":3");
    }
  }

  @Test
  void goesOnWhenTheFeedIsGoneAndWhenItComesBack() throws Exception {
    AtomicReference<String> body = new AtomicReference<>("<html>Bad gateway</html>");
    HttpServer feed =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    feed.createContext(
        "/",
        exchange -> {
          byte[] bytes = body.get().getBytes(UTF_8);
          boolean html = body.get().startsWith("<");
          exchange
              .getResponseHeaders()
              .add("Content-Type", html ? "text/html" : "application/json");
          exchange.getResponseHeaders().add("Cache-Control", "max-age=0");
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    feed.start();
    try (RunningAirLens airLens =
        up(
            "--source",
            "http://localhost:" + feed.getAddress().getPort() + "/data.json",
            "--source",
            feed(3).toString(),
            "--interval",
            "100ms")) {
      airLens.ready();
      airLens.await(
          "the failure in status",
          () -> airLens.body("api/v1/status").contains("\"failing\"") ? true : null);
      assertThat(airLens.body("api/v1/latest")).contains("\"sensor_id\":3");
      body.set(FEED.formatted(4));
      airLens.await(
          "the recovered feed's reading",
          () -> airLens.body("api/v1/latest").contains("\"sensor_id\":4") ? true : null);
    } finally {
      feed.stop(0);
    }
  }

  @Test
  void countsWhatItRejectsAndKeepsItAsADeadLetter() throws Exception {
    Path feed = folder.resolve("bad.json");
    Files.writeString(feed, "[17," + FEED.formatted(5).strip().substring(1));
    try (RunningAirLens airLens = up("--source", feed.toString())) {
      airLens.ready();
      assertThat(airLens.body("api/v1/status")).contains("\"rejected\":{\"not_an_object\":1}");
      assertThat(airLens.body("api/v1/latest")).contains("\"sensor_id\":5");
      assertThat(Files.readString(folder.resolve("data/dead-letters/rejected.jsonl")))
          .contains("\"reason\":\"not_an_object\"", "\"offset\":1");
    }
  }

  @Test
  void logsAsJson() throws Exception {
    try (RunningAirLens airLens = up("--source", feed(3).toString(), "--log-format", "json")) {
      airLens.ready();
      airLens.await("a log line", () -> airLens.err().contains("\n") ? true : null);
      assertThat(airLens.err().lines())
          .allMatch(line -> line.startsWith("{\"") && line.endsWith("}"));
    }
  }

  private RunningAirLens up(String... arguments) throws IOException {
    return RunningAirLens.up(folder, arguments);
  }

  private RunningAirLens serve() throws IOException {
    return RunningAirLens.start(folder, "serve", "--port", "0");
  }

  private Path feed(long sensorId) throws IOException {
    return Files.writeString(folder.resolve("feed.json"), FEED.formatted(sensorId));
  }
}
